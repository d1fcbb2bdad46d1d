//! The screen recorder's own paths: eight endpoints below `/api/v1/screen-recordings`, with its names and its words. Every one
//! of them does what its counterpart below `/api/v1/films` does.
//!
//! A demo site was a row of its own there. Here the order carries the address in `url`, and `demo_site_id` and `lead_id` are
//! kept and answered as they were sent.

mod config;
mod order;
mod told;

use axum::extract::{DefaultBodyLimit, State};
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Json, Router};
use http::{HeaderMap, StatusCode};
use ids::FilmId;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use store::{FilmFilter, FilmStatus, Page};

use self::told::ScreenRecording;

use crate::api::film::FilmFile;
use crate::app::App;
use crate::auth::Owner;
use crate::error::ApiError;
use crate::extract::{OptionalBody, PathId, QueryOf};
use crate::files::Showing;
use crate::films;

pub(crate) fn router() -> Router<App> {
    const ROOT: &str = "/api/v1/screen-recordings";
    let at = |path: &str| format!("{ROOT}{path}");
    Router::new()
        .route(&at("/record"), post(record))
        .route(ROOT, get(list))
        .route(&at("/"), get(list))
        .route(&at("/{id}"), get(detail).delete(delete))
        .route(&at("/{id}/download"), get(download))
        .route(&at("/{id}/preview"), get(preview))
        .route(&at("/{id}/regenerate"), post(regenerate))
        .route(&at("/demo/{id}"), get(of_demo))
        .layer(DefaultBodyLimit::max(films::BODY_LIMIT))
}

/// `POST /record`: 202, and the film is made in the background.
async fn record(
    State(app): State<App>,
    owner: Owner,
    OptionalBody(sent): OptionalBody<Map<String, Value>>,
) -> Result<(StatusCode, Json<ScreenRecording>), ApiError> {
    let request = order::request(sent)?;
    let asked = app.films().ask(request, Some(owner.user.id)).await;
    let film = asked.map_err(order::refused)?;
    Ok((StatusCode::ACCEPTED, Json(film.into())))
}

/// `GET /{id}`
async fn detail(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<FilmId>,
) -> Result<Json<ScreenRecording>, ApiError> {
    Ok(Json(app.store().films().get(id).await?.into()))
}

/// `DELETE /{id}`: one that is being made is cancelled. It can be brought back.
async fn delete(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<FilmId>,
) -> Result<Json<Value>, ApiError> {
    films::cancel_and_delete(&app, id).await?;
    let message = format!("Screen recording {id} was deleted");
    Ok(Json(json!({ "message": message })))
}

/// `GET /{id}/download`: the film as a file; 400 before it is there.
async fn download(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<FilmId>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let film = app.store().films().get(id).await?;
    if film.status != FilmStatus::Done {
        return Err(ApiError::new(
            StatusCode::BAD_REQUEST,
            "not_completed",
            format!(
                "The screen recording is not completed: it is {}.",
                told::word(film.status)
            ),
        ));
    }
    films::file(&app, &film, FilmFile::Video, (&headers, Showing::Saved)).await
}

/// `GET /{id}/preview`: the picture at a quarter.
async fn preview(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<FilmId>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let film = app.store().films().get(id).await?;
    films::file(&app, &film, FilmFile::Poster, (&headers, Showing::Inline)).await
}

/// `POST /{id}/regenerate` `{recording_config?, interactions?}`: another film, with the settings that are sent in place of its own; 202.
async fn regenerate(
    State(app): State<App>,
    owner: Owner,
    PathId(id): PathId<FilmId>,
    OptionalBody(sent): OptionalBody<Map<String, Value>>,
) -> Result<(StatusCode, Json<ScreenRecording>), ApiError> {
    let film = app.store().films().get(id).await?;
    let kept = app.store().blobs().read(&film.document_key).await?;
    let kept = serde_json::from_slice(&kept).map_err(|error| ApiError::internal(&error))?;
    let changes = order::changes(sent, &film.url, &kept)?;
    let asked = app
        .films()
        .ask_again(&film, changes, Some(owner.user.id))
        .await;
    let again = asked.map_err(order::refused)?;
    Ok((StatusCode::ACCEPTED, Json(again.into())))
}

/// Which ones, in its words.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Filter {
    page: Option<u64>,
    page_size: Option<u64>,
    status: Option<String>,
    lead_id: Option<String>,
}

#[derive(Debug, Serialize)]
struct Listing {
    recordings: Vec<ScreenRecording>,
    total: u64,
    page: u64,
    page_size: u64,
}

/// `GET /`
async fn list(
    State(app): State<App>,
    _: Owner,
    QueryOf(filter): QueryOf<Filter>,
) -> Result<Json<Listing>, ApiError> {
    listing(&app, filter, None).await
}

/// `GET /demo/{demo_id}`
async fn of_demo(
    State(app): State<App>,
    _: Owner,
    PathId(demo): PathId<String>,
    QueryOf(filter): QueryOf<Filter>,
) -> Result<Json<Listing>, ApiError> {
    listing(&app, filter, Some(demo)).await
}

async fn listing(
    app: &App,
    filter: Filter,
    demo: Option<String>,
) -> Result<Json<Listing>, ApiError> {
    let status = match &filter.status {
        Some(word) => told::statuses(word)?,
        None => Vec::new(),
    };
    let page = filter.page.unwrap_or(1).max(1);
    let page_size = filter.page_size.unwrap_or(20).clamp(1, 200);
    let wanted = FilmFilter {
        status,
        demo,
        lead: filter.lead_id,
    };
    let found = app
        .store()
        .films()
        .list(wanted, Page::new(page, page_size))
        .await?;
    Ok(Json(Listing {
        recordings: found.items.into_iter().map(Into::into).collect(),
        total: found.total,
        page,
        page_size,
    }))
}

//! `GET /api/v1/films/{id}/preview`

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use ids::FilmId;

use crate::api::film::FilmFile;
use crate::app::App;
use crate::auth::Owner;
use crate::error::{ApiError, Failure};
use crate::extract::PathId;
use crate::files::Showing;
use crate::films;

/// What the film shows: while it is made the picture of just now, afterwards its poster.
#[utoipa::path(
    get,
    path = "/films/{id}/preview",
    tag = "films",
    operation_id = "films_preview",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "A JPEG", body = Vec<u8>, content_type = "image/jpeg"),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn preview(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<FilmId>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let film = app.store().films().get(id).await?;
    match film.preview {
        // It is another one a second later.
        Some(picture) => Ok((
            [(CONTENT_TYPE, "image/jpeg"), (CACHE_CONTROL, "no-store")],
            picture,
        )
            .into_response()),
        None => films::file(&app, &film, FilmFile::Poster, (&headers, Showing::Inline)).await,
    }
}

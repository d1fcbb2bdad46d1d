//! The live view over WebSocket: `GET /api/v1/sessions/{id}/live`, and the first source system's `GET /ws/sessions/{id}`.
//!
//! One connection is one viewer. What comes from the session goes out as fast as the socket takes it and no faster: the
//! session keeps only the newest frame for a viewer that lags, so a slow socket costs one picture and nobody else's time.
//! `GET /api/v1/films/{id}/live` tells how far a film has come.

mod film;
mod origin;
mod snapshots;
mod viewer;

use axum::Router;
use axum::extract::{State, WebSocketUpgrade};
use axum::response::Response;
use axum::routing::get;
use ids::{FilmId, SessionId};
use session::SessionHandle;

use crate::app::App;
use crate::auth::Owner;
use crate::error::ApiError;
use crate::extract::{PathId, QueryOf};

use origin::SameOrigin;
use snapshots::Pace;

/// Bytes of one message of a viewer: a paste fits, a flood does not.
const MESSAGE_LIMIT: usize = 2 * 1024 * 1024;

/// The WebSocket routes.
pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/api/v1/sessions/{id}/live", get(live))
        .route("/ws/sessions/{id}", get(snapshots))
        .route("/api/v1/films/{id}/live", get(film_events))
}

async fn live(
    State(app): State<App>,
    _: Owner,
    _: SameOrigin,
    PathId(id): PathId<SessionId>,
    upgrade: WebSocketUpgrade,
) -> Result<Response, ApiError> {
    let session = find(&app, id)?;
    let upgrade = upgrade.max_message_size(MESSAGE_LIMIT).write_buffer_size(0);
    Ok(upgrade.on_upgrade(move |socket| viewer::serve(socket, session)))
}

async fn film_events(
    State(app): State<App>,
    _: Owner,
    _: SameOrigin,
    PathId(id): PathId<FilmId>,
    upgrade: WebSocketUpgrade,
) -> Result<Response, ApiError> {
    app.store().films().get(id).await?;
    let upgrade = upgrade.max_message_size(MESSAGE_LIMIT);
    let (store, shutdown) = (app.store().clone(), app.shutdown().clone());
    Ok(upgrade.on_upgrade(move |socket| film::serve(socket, store, id, shutdown)))
}

async fn snapshots(
    State(app): State<App>,
    _: Owner,
    _: SameOrigin,
    PathId(id): PathId<SessionId>,
    QueryOf(pace): QueryOf<Pace>,
    upgrade: WebSocketUpgrade,
) -> Result<Response, ApiError> {
    let session = find(&app, id)?;
    let upgrade = upgrade.max_message_size(MESSAGE_LIMIT);
    Ok(upgrade.on_upgrade(move |socket| snapshots::serve(socket, session, pace)))
}

fn find(app: &App, id: SessionId) -> Result<SessionHandle, ApiError> {
    app.sessions()
        .get(id)
        .ok_or_else(|| ApiError::not_found("live session"))
}

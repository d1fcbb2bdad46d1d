//! `GET /api/v1/films/{id}/events/stream`

use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;
use ids::FilmId;
use store::Subject;

use crate::app::App;
use crate::auth::Owner;
use crate::error::{ApiError, Failure};
use crate::extract::PathId;
use crate::sse;

/// What happens in a film, as server-sent events; resumes with `Last-Event-ID` and ends with the film.
#[utoipa::path(
    get,
    path = "/films/{id}/events/stream",
    tag = "films",
    operation_id = "films_stream",
    params(("id" = uuid::Uuid, Path), ("Last-Event-ID" = Option<i64>, Header, description = "Only events after this sequence number")),
    responses(
        (status = 200, description = "A stream that stays open", body = String, content_type = "text/event-stream"),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn stream(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<FilmId>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let over = app.store().films().get(id).await?.status.is_final();
    let after = sse::last_seen(&headers);
    Ok(sse::answer(&app, Subject::Film, id.uuid(), after, over, "film.finished").await?)
}

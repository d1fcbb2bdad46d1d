//! `GET /api/v1/sessions/{id}/thumbnail`

use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;
use ids::SessionId;

use crate::app::App;
use crate::auth::Owner;
use crate::error::{ApiError, Failure};
use crate::extract::PathId;

/// The latest picture of a session.
#[utoipa::path(
    get,
    path = "/sessions/{id}/thumbnail",
    tag = "sessions",
    operation_id = "sessions_thumbnail",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "The bytes", body = Vec<u8>, content_type = "image/jpeg"),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn thumbnail(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<SessionId>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    crate::sessions::thumbnail(&app, id, &headers).await
}

//! `GET /api/v1/sessions/{id}/thumbnail`

use crate::error::{ApiError, Failure};
use axum::response::Response;

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
pub(crate) async fn thumbnail() -> Result<Response, ApiError> {
    Err(ApiError::not_found("yet"))
}

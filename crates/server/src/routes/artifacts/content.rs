//! `GET /api/v1/artifacts/{id}/content`

use crate::error::{ApiError, Failure};
use axum::response::Response;

/// The bytes of a stored file; one range at a time.
#[utoipa::path(
    get,
    path = "/artifacts/{id}/content",
    tag = "artifacts",
    operation_id = "artifacts_content",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "The bytes", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn content() -> Result<Response, ApiError> {
    Err(ApiError::not_found("yet"))
}

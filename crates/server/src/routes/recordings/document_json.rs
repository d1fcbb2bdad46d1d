//! `GET /api/v1/recordings/{id}/document.json`

use crate::error::{ApiError, Failure};
use axum::response::Response;

/// Downloads the document as JSON.
#[utoipa::path(
    get,
    path = "/recordings/{id}/document.json",
    tag = "recordings",
    operation_id = "recordings_document_json",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "The bytes", body = Vec<u8>, content_type = "application/json"),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn document_json() -> Result<Response, ApiError> {
    Err(ApiError::not_found("yet"))
}

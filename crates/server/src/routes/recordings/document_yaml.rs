//! `GET /api/v1/recordings/{id}/document.yaml`

use crate::error::{ApiError, Failure};
use axum::response::Response;

/// Downloads the document as YAML.
#[utoipa::path(
    get,
    path = "/recordings/{id}/document.yaml",
    tag = "recordings",
    operation_id = "recordings_document_yaml",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "The bytes", body = Vec<u8>, content_type = "application/yaml"),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn document_yaml() -> Result<Response, ApiError> {
    Err(ApiError::not_found("yet"))
}

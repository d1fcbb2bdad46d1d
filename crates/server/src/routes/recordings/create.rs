//! `POST /api/v1/recordings`

use crate::api::recording::RecordingSummary;
use crate::envelope::Created;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};

/// Keeps a recording document, JSON or YAML.
#[utoipa::path(
    post,
    path = "/recordings",
    tag = "recordings",
    operation_id = "recordings_create",
    request_body(content(
        (serde_json::Value = "application/json"),
        (String = "application/yaml"),
    )),
    responses(
        (status = 201, description = "Done", body = Envelope<RecordingSummary>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn create() -> Result<Created<RecordingSummary>, ApiError> {
    Err(ApiError::not_found("yet"))
}

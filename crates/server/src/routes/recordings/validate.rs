//! `POST /api/v1/recordings/validate`

use crate::api::recording::ValidationReport;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};

/// Says what is wrong with a document, without keeping it.
#[utoipa::path(
    post,
    path = "/recordings/validate",
    tag = "recordings",
    operation_id = "recordings_validate",
    request_body(content(
        (serde_json::Value = "application/json"),
        (String = "application/yaml"),
    )),
    responses(
        (status = 200, description = "Done", body = Envelope<ValidationReport>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn validate() -> Result<Data<ValidationReport>, ApiError> {
    Err(ApiError::not_found("yet"))
}

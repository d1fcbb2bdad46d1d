//! `POST /api/v1/recordings/validate`

use crate::api::recording::ValidationReport;
use crate::auth::Owner;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};
use crate::extract::DocumentBody;

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
pub(crate) async fn validate(
    _: Owner,
    body: DocumentBody,
) -> Result<Data<ValidationReport>, ApiError> {
    let report = match recording::Recording::parse(&body.bytes, body.format) {
        Ok(recording) => recording.validate().into(),
        Err(error) => error.into(),
    };
    Ok(Data(report))
}

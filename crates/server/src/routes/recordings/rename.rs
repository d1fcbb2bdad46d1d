//! `PATCH /api/v1/recordings/{id}`

use crate::api::recording::RecordingSummary;
use crate::api::recording::RenameRecording;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};

/// Renames a recording.
#[utoipa::path(
    patch,
    path = "/recordings/{id}",
    tag = "recordings",
    operation_id = "recordings_rename",
    params(("id" = uuid::Uuid, Path)),
    request_body = RenameRecording,
    responses(
        (status = 200, description = "Done", body = Envelope<RecordingSummary>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn rename() -> Result<Data<RecordingSummary>, ApiError> {
    Err(ApiError::not_found("yet"))
}

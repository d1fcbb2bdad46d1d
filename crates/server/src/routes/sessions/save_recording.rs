//! `POST /api/v1/sessions/{id}/recording`

use crate::api::recording::RecordingSummary;
use crate::api::session::SaveRecording;
use crate::envelope::Created;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};

/// Saves the recorded steps as a recording.
#[utoipa::path(
    post,
    path = "/sessions/{id}/recording",
    tag = "sessions",
    operation_id = "sessions_save_recording",
    params(("id" = uuid::Uuid, Path)),
    request_body = SaveRecording,
    responses(
        (status = 201, description = "Done", body = Envelope<RecordingSummary>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn save_recording() -> Result<Created<RecordingSummary>, ApiError> {
    Err(ApiError::not_found("yet"))
}

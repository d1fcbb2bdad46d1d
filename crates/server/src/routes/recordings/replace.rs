//! `PUT /api/v1/recordings/{id}`

use crate::api::recording::RecordingDetail;
use crate::api::recording::ReplaceDocument;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};

/// Saves a changed document; a stale revision is a conflict.
#[utoipa::path(
    put,
    path = "/recordings/{id}",
    tag = "recordings",
    operation_id = "recordings_replace",
    params(("id" = uuid::Uuid, Path)),
    request_body = ReplaceDocument,
    responses(
        (status = 200, description = "Done", body = Envelope<RecordingDetail>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn replace() -> Result<Data<RecordingDetail>, ApiError> {
    Err(ApiError::not_found("yet"))
}

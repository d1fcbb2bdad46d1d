//! `POST /api/v1/recordings/{id}/restore`

use crate::api::recording::RecordingSummary;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};

/// Brings a deleted recording back.
#[utoipa::path(
    post,
    path = "/recordings/{id}/restore",
    tag = "recordings",
    operation_id = "recordings_restore",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "Done", body = Envelope<RecordingSummary>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn restore() -> Result<Data<RecordingSummary>, ApiError> {
    Err(ApiError::not_found("yet"))
}

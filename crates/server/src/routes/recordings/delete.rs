//! `DELETE /api/v1/recordings/{id}`

use crate::api::recording::RecordingSummary;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};

/// Deletes a recording; it can be restored.
#[utoipa::path(
    delete,
    path = "/recordings/{id}",
    tag = "recordings",
    operation_id = "recordings_delete",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "Done", body = Envelope<RecordingSummary>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn delete() -> Result<Data<RecordingSummary>, ApiError> {
    Err(ApiError::not_found("yet"))
}

//! `GET /api/v1/recordings/{id}`

use crate::api::recording::RecordingDetail;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};

/// One recording with its document.
#[utoipa::path(
    get,
    path = "/recordings/{id}",
    tag = "recordings",
    operation_id = "recordings_get",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "Done", body = Envelope<RecordingDetail>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn get() -> Result<Data<RecordingDetail>, ApiError> {
    Err(ApiError::not_found("yet"))
}

//! `GET /api/v1/recordings`

use crate::api::recording::RecordingFilter;
use crate::api::recording::RecordingSummary;
use crate::envelope::Envelope;
use crate::envelope::Listed;
use crate::envelope::PageQuery;
use crate::error::{ApiError, Failure};

/// Lists recordings, last changed first.
#[utoipa::path(
    get,
    path = "/recordings",
    tag = "recordings",
    operation_id = "recordings_list",
    params(RecordingFilter, PageQuery),
    responses(
        (status = 200, description = "Done", body = Envelope<Vec<RecordingSummary>>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn list() -> Result<Listed<RecordingSummary>, ApiError> {
    Err(ApiError::not_found("yet"))
}

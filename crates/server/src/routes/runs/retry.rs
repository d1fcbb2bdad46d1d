//! `POST /api/v1/runs/{id}/retry`

use crate::api::run::Run;
use crate::envelope::Created;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};

/// Queues the same recording once more, with the same options.
#[utoipa::path(
    post,
    path = "/runs/{id}/retry",
    tag = "runs",
    operation_id = "runs_retry",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 201, description = "Done", body = Envelope<Run>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn retry() -> Result<Created<Run>, ApiError> {
    Err(ApiError::not_found("yet"))
}

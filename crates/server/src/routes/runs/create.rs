//! `POST /api/v1/runs`

use crate::api::run::CreateRun;
use crate::api::run::Run;
use crate::envelope::Created;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};

/// Queues a run of a recording.
#[utoipa::path(
    post,
    path = "/runs",
    tag = "runs",
    operation_id = "runs_create",
    request_body = CreateRun,
    responses(
        (status = 201, description = "Done", body = Envelope<Run>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn create() -> Result<Created<Run>, ApiError> {
    Err(ApiError::not_found("yet"))
}

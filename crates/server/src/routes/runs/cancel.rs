//! `POST /api/v1/runs/{id}/cancel`

use crate::api::run::Run;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};

/// Cancels a run, also in the middle; cancelling a finished one changes nothing.
#[utoipa::path(
    post,
    path = "/runs/{id}/cancel",
    tag = "runs",
    operation_id = "runs_cancel",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "Done", body = Envelope<Run>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn cancel() -> Result<Data<Run>, ApiError> {
    Err(ApiError::not_found("yet"))
}

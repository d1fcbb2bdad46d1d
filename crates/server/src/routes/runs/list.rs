//! `GET /api/v1/runs`

use crate::api::run::Run;
use crate::api::run::RunFilter;
use crate::envelope::Envelope;
use crate::envelope::Listed;
use crate::envelope::PageQuery;
use crate::error::{ApiError, Failure};

/// Lists runs, newest first.
#[utoipa::path(
    get,
    path = "/runs",
    tag = "runs",
    operation_id = "runs_list",
    params(RunFilter, PageQuery),
    responses(
        (status = 200, description = "Done", body = Envelope<Vec<Run>>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn list() -> Result<Listed<Run>, ApiError> {
    Err(ApiError::not_found("yet"))
}

//! `GET /api/v1/runs/{id}`

use crate::api::run::RunDetail;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};

/// One run with its steps.
#[utoipa::path(
    get,
    path = "/runs/{id}",
    tag = "runs",
    operation_id = "runs_get",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "Done", body = Envelope<RunDetail>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn get() -> Result<Data<RunDetail>, ApiError> {
    Err(ApiError::not_found("yet"))
}

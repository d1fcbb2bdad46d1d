//! `DELETE /api/v1/runs/{id}`

use crate::api::run::Run;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};

/// Deletes a finished run from the lists.
#[utoipa::path(
    delete,
    path = "/runs/{id}",
    tag = "runs",
    operation_id = "runs_delete",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "Done", body = Envelope<Run>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn delete() -> Result<Data<Run>, ApiError> {
    Err(ApiError::not_found("yet"))
}

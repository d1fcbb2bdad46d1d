//! `GET /api/v1/runs/{id}/artifacts`

use crate::api::artifact::Artifact;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};

/// The files that a run left.
#[utoipa::path(
    get,
    path = "/runs/{id}/artifacts",
    tag = "runs",
    operation_id = "runs_artifacts",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "Done", body = Envelope<Vec<Artifact>>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn artifacts() -> Result<Data<Vec<Artifact>>, ApiError> {
    Err(ApiError::not_found("yet"))
}

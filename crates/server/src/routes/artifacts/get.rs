//! `GET /api/v1/artifacts/{id}`

use crate::api::artifact::Artifact;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};

/// What is known of a stored file.
#[utoipa::path(
    get,
    path = "/artifacts/{id}",
    tag = "artifacts",
    operation_id = "artifacts_get",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "Done", body = Envelope<Artifact>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn get() -> Result<Data<Artifact>, ApiError> {
    Err(ApiError::not_found("yet"))
}

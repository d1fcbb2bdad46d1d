//! `GET /api/v1/artifacts/{id}`

use axum::extract::State;
use ids::ArtifactId;

use crate::api::artifact::Artifact;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};
use crate::extract::PathId;

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
pub(crate) async fn get(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<ArtifactId>,
) -> Result<Data<Artifact>, ApiError> {
    Ok(Data(app.store().artifacts().get(id).await?.into()))
}

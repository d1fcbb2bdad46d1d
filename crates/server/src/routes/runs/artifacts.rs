//! `GET /api/v1/runs/{id}/artifacts`

use axum::extract::State;
use ids::RunId;
use store::Owner as Of;

use crate::api::artifact::Artifact;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};
use crate::extract::PathId;

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
pub(crate) async fn artifacts(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<RunId>,
) -> Result<Data<Vec<Artifact>>, ApiError> {
    app.store().runs().get(id).await?;
    let found = app.store().artifacts().of_owner(Of::Run(id)).await?;
    Ok(Data(found.into_iter().map(Into::into).collect()))
}

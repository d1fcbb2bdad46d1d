//! `POST /api/v1/runs/{id}/retry`

use axum::extract::State;
use ids::RunId;

use crate::api::run::Run;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::Created;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};
use crate::extract::PathId;
use crate::runs::Asked;

/// Queues the same recording once more, with the same options, on the same engines, with the same data.
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
pub(crate) async fn retry(
    State(app): State<App>,
    owner: Owner,
    PathId(id): PathId<RunId>,
) -> Result<Created<Run>, ApiError> {
    let runs = app.store().runs();
    let run = runs.get(id).await?;
    let recording = run.recording_id;
    let all = runs.together(id).await?;
    let options = all.into_iter().map(|run| run.options).collect();
    let run = crate::runs::queue(&app, Asked::by(&owner), recording, options).await?;
    Ok(Created(run))
}

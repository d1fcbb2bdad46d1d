//! `POST /api/v1/runs/{id}/cancel`

use axum::extract::State;
use ids::RunId;

use crate::api::run::Run;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};
use crate::extract::PathId;

/// Cancels a run, also in the middle, on all engines that it was asked for; cancelling a finished one changes nothing.
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
pub(crate) async fn cancel(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<RunId>,
) -> Result<Data<Run>, ApiError> {
    let runs = app.store().runs();
    for run in runs.together(id).await? {
        let run = runs.cancel(run.id).await?;
        // Performed in this process: it need not wait for its next heartbeat.
        app.running().cancel(run.job);
    }
    let run = runs.get(id).await?;
    Ok(Data(crate::runs::described(&app, run).await?))
}

//! `DELETE /api/v1/runs/{id}`

use axum::extract::State;
use ids::RunId;

use crate::api::run::Run;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};
use crate::extract::PathId;

/// Deletes a finished run from the lists, on all engines that it was asked for.
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
pub(crate) async fn delete(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<RunId>,
) -> Result<Data<Run>, ApiError> {
    let runs = app.store().runs();
    let run = runs.get(id).await?;
    let all = runs.together(id).await?;
    if all.iter().any(|run| !run.status.is_final()) {
        return Err(ApiError::conflict(
            "run_not_finished",
            "The run is not finished: cancel it first.",
        ));
    }
    let described = crate::runs::described(&app, run).await?;
    for run in all {
        runs.delete(run.id).await?;
    }
    Ok(Data(described))
}

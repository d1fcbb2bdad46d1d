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

/// Queues the same recording once more, with the same options.
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
    let run = app.store().runs().get(id).await?;
    Ok(Created(
        crate::runs::queue(&app, &owner, run.recording_id, run.options, None)
            .await?
            .into(),
    ))
}

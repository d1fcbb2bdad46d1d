//! `POST /api/v1/runs`

use axum::extract::State;

use crate::api::run::CreateRun;
use crate::api::run::Run;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::Created;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};
use crate::extract::Body;
use crate::runs::Asked;

/// Queues a run of a recording.
#[utoipa::path(
    post,
    path = "/runs",
    tag = "runs",
    operation_id = "runs_create",
    request_body = CreateRun,
    responses(
        (status = 201, description = "Done", body = Envelope<Run>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn create(
    State(app): State<App>,
    owner: Owner,
    Body(wanted): Body<CreateRun>,
) -> Result<Created<Run>, ApiError> {
    let (recording, start_at) = (wanted.recording_id, wanted.start_at);
    let options = wanted.into_options()?;
    let asked = Asked::by(&owner).not_before(start_at);
    let run = crate::runs::queue(&app, asked, recording, options).await?;
    Ok(Created(run))
}

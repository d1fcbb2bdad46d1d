//! `POST /api/v1/schedules/{id}/run-now`

use axum::extract::State;
use ids::ScheduleId;

use crate::api::run::Run;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::{Created, Envelope};
use crate::error::{ApiError, Failure};
use crate::extract::PathId;
use crate::schedules;

/// Queues the run of a schedule at once, paused or not; its moments stay as they are.
#[utoipa::path(
    post,
    path = "/schedules/{id}/run-now",
    tag = "schedules",
    operation_id = "schedules_run_now",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 201, description = "Done", body = Envelope<Run>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn run_now(
    State(app): State<App>,
    owner: Owner,
    PathId(id): PathId<ScheduleId>,
) -> Result<Created<Run>, ApiError> {
    Ok(Created(schedules::run_now(&app, &owner, id).await?))
}

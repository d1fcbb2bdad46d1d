//! `PATCH /api/v1/schedules/{id}`

use axum::extract::State;
use ids::ScheduleId;

use crate::api::schedule::{ChangeSchedule, Schedule};
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::{Data, Envelope};
use crate::error::{ApiError, Failure};
use crate::extract::{Body, PathId};
use crate::schedules;

/// Changes what is named: moments, runs, name, whether it is in force.
#[utoipa::path(
    patch,
    path = "/schedules/{id}",
    tag = "schedules",
    operation_id = "schedules_change",
    params(("id" = uuid::Uuid, Path)),
    request_body = ChangeSchedule,
    responses(
        (status = 200, description = "Done", body = Envelope<Schedule>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn change(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<ScheduleId>,
    Body(wanted): Body<ChangeSchedule>,
) -> Result<Data<Schedule>, ApiError> {
    let schedule = schedules::change(&app, id, wanted).await?;
    Ok(Data(schedules::described(&app, schedule).await?))
}

//! `POST /api/v1/schedules`

use axum::extract::State;

use crate::api::schedule::{CreateSchedule, Schedule};
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::{Created, Envelope};
use crate::error::{ApiError, Failure};
use crate::extract::Body;
use crate::schedules;

/// Makes a schedule: runs of a recording begin again and again.
#[utoipa::path(
    post,
    path = "/schedules",
    tag = "schedules",
    operation_id = "schedules_create",
    request_body = CreateSchedule,
    responses(
        (status = 201, description = "Done", body = Envelope<Schedule>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn create(
    State(app): State<App>,
    owner: Owner,
    Body(wanted): Body<CreateSchedule>,
) -> Result<Created<Schedule>, ApiError> {
    let schedule = schedules::create(&app, &owner, wanted).await?;
    Ok(Created(schedules::described(&app, schedule).await?))
}

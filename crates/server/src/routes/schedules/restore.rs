//! `POST /api/v1/schedules/{id}/restore`

use axum::extract::State;
use ids::ScheduleId;

use crate::api::schedule::Schedule;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::{Data, Envelope};
use crate::error::{ApiError, Failure};
use crate::extract::PathId;
use crate::schedules;

/// Brings a deleted schedule back; moments that passed since are not made up for.
#[utoipa::path(
    post,
    path = "/schedules/{id}/restore",
    tag = "schedules",
    operation_id = "schedules_restore",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "Done", body = Envelope<Schedule>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn restore(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<ScheduleId>,
) -> Result<Data<Schedule>, ApiError> {
    let schedule = schedules::restore(&app, id).await?;
    Ok(Data(schedules::described(&app, schedule).await?))
}

//! `DELETE /api/v1/schedules/{id}`

use axum::extract::State;
use ids::ScheduleId;

use crate::api::schedule::Schedule;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::{Data, Envelope};
use crate::error::{ApiError, Failure};
use crate::extract::PathId;
use crate::schedules;

/// Deletes a schedule; its runs stay, and `restore` brings it back.
#[utoipa::path(
    delete,
    path = "/schedules/{id}",
    tag = "schedules",
    operation_id = "schedules_delete",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "Done", body = Envelope<Schedule>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn delete(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<ScheduleId>,
) -> Result<Data<Schedule>, ApiError> {
    let schedule = app.store().schedules().get(id).await?;
    let described = schedules::described(&app, schedule).await?;
    app.store().schedules().delete(id).await?;
    Ok(Data(described))
}

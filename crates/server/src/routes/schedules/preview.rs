//! `GET /api/v1/schedules/preview`

use crate::api::schedule::{PreviewQuery, SchedulePreview};
use crate::auth::Owner;
use crate::envelope::{Data, Envelope};
use crate::error::{ApiError, Failure};
use crate::extract::QueryOf;
use crate::schedules;

/// The next five moments of a cron expression, or what is wrong with it.
#[utoipa::path(
    get,
    path = "/schedules/preview",
    tag = "schedules",
    operation_id = "schedules_preview",
    params(PreviewQuery),
    responses(
        (status = 200, description = "Done", body = Envelope<SchedulePreview>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn preview(
    _: Owner,
    QueryOf(wanted): QueryOf<PreviewQuery>,
) -> Result<Data<SchedulePreview>, ApiError> {
    schedules::moments(wanted.cron, wanted.tz).map(Data)
}

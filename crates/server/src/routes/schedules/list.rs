//! `GET /api/v1/schedules`

use axum::extract::State;

use crate::api::schedule::{Schedule, ScheduleFilter};
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::{Envelope, Listed, PageQuery};
use crate::error::{ApiError, Failure};
use crate::extract::QueryOf;
use crate::schedules;

/// Lists schedules, newest first.
#[utoipa::path(
    get,
    path = "/schedules",
    tag = "schedules",
    operation_id = "schedules_list",
    params(ScheduleFilter, PageQuery),
    responses(
        (status = 200, description = "Done", body = Envelope<Vec<Schedule>>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn list(
    State(app): State<App>,
    _: Owner,
    QueryOf(filter): QueryOf<ScheduleFilter>,
    QueryOf(page): QueryOf<PageQuery>,
) -> Result<Listed<Schedule>, ApiError> {
    let wanted = store::ScheduleFilter {
        recording: filter.recording_id,
    };
    let found = app.store().schedules().list(wanted, page.page()).await?;
    let found = store::Paged {
        items: schedules::described_all(&app, found.items).await?,
        total: found.total,
    };
    Ok(Listed::new(page.page(), found))
}

//! `GET /api/v1/runs`

use axum::extract::State;

use crate::api::run::Run;
use crate::api::run::RunFilter;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::Envelope;
use crate::envelope::Listed;
use crate::envelope::PageQuery;
use crate::error::{ApiError, Failure};
use crate::extract::QueryOf;

/// Lists runs, newest first.
#[utoipa::path(
    get,
    path = "/runs",
    tag = "runs",
    operation_id = "runs_list",
    params(RunFilter, PageQuery),
    responses(
        (status = 200, description = "Done", body = Envelope<Vec<Run>>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn list(
    State(app): State<App>,
    _: Owner,
    QueryOf(filter): QueryOf<RunFilter>,
    QueryOf(page): QueryOf<PageQuery>,
) -> Result<Listed<Run>, ApiError> {
    let wanted = store::RunFilter {
        recording: filter.recording_id,
        schedule: filter.schedule_id,
        status: filter.status,
    };
    let found = app.store().runs().list(wanted, page.page()).await?;
    let found = store::Paged {
        items: crate::runs::all_described(&app, found.items).await?,
        total: found.total,
    };
    Ok(Listed::new(page.page(), found))
}

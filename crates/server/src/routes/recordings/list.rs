//! `GET /api/v1/recordings`

use axum::extract::State;

use crate::api::recording::RecordingFilter;
use crate::api::recording::RecordingSummary;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::Envelope;
use crate::envelope::Listed;
use crate::envelope::PageQuery;
use crate::error::{ApiError, Failure};
use crate::extract::QueryOf;

/// Lists recordings, last changed first.
#[utoipa::path(
    get,
    path = "/recordings",
    tag = "recordings",
    operation_id = "recordings_list",
    params(RecordingFilter, PageQuery),
    responses(
        (status = 200, description = "Done", body = Envelope<Vec<RecordingSummary>>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn list(
    State(app): State<App>,
    _: Owner,
    QueryOf(filter): QueryOf<RecordingFilter>,
    QueryOf(page): QueryOf<PageQuery>,
) -> Result<Listed<RecordingSummary>, ApiError> {
    let wanted = store::RecordingFilter {
        text: filter.q,
        tag: filter.tag,
        deleted: filter.deleted,
    };
    let found = app.store().recordings().list(&wanted, page.page()).await?;
    Ok(Listed::new(page.page(), found))
}

//! `GET /api/v1/sessions`

use axum::extract::State;

use crate::api::session::Session;
use crate::api::session::SessionFilter;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::Envelope;
use crate::envelope::Listed;
use crate::envelope::PageQuery;
use crate::error::{ApiError, Failure};
use crate::extract::QueryOf;

/// Lists sessions, newest first.
#[utoipa::path(
    get,
    path = "/sessions",
    tag = "sessions",
    operation_id = "sessions_list",
    params(SessionFilter, PageQuery),
    responses(
        (status = 200, description = "Done", body = Envelope<Vec<Session>>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn list(
    State(app): State<App>,
    _: Owner,
    QueryOf(filter): QueryOf<SessionFilter>,
    QueryOf(page): QueryOf<PageQuery>,
) -> Result<Listed<Session>, ApiError> {
    let wanted = store::SessionFilter {
        status: filter.status,
    };
    let found = app.store().sessions().list(wanted, page.page()).await?;
    let items = found
        .items
        .into_iter()
        .map(|row| crate::sessions::describe(&app, row))
        .collect();
    Ok(Listed::new(
        page.page(),
        store::Paged {
            items,
            total: found.total,
        },
    ))
}

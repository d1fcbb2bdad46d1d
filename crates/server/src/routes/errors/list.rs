//! `GET /api/v1/errors`

use axum::extract::State;

use crate::api::error_record::ErrorFilter;
use crate::api::error_record::ErrorRecord;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::Envelope;
use crate::envelope::Listed;
use crate::envelope::PageQuery;
use crate::error::{ApiError, Failure};
use crate::extract::QueryOf;

/// Lists errors, newest first.
#[utoipa::path(
    get,
    path = "/errors",
    tag = "errors",
    operation_id = "errors_list",
    params(ErrorFilter, PageQuery),
    responses(
        (status = 200, description = "Done", body = Envelope<Vec<ErrorRecord>>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn list(
    State(app): State<App>,
    _: Owner,
    QueryOf(filter): QueryOf<ErrorFilter>,
    QueryOf(page): QueryOf<PageQuery>,
) -> Result<Listed<ErrorRecord>, ApiError> {
    let found = app
        .store()
        .errors()
        .list(filter.into(), page.page())
        .await?;
    Ok(Listed::new(page.page(), found))
}

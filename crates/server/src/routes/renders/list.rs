//! `GET /api/v1/renders`

use axum::extract::State;
use store::Paged;

use crate::api::render::Render;
use crate::api::render::RenderFilter;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::Envelope;
use crate::envelope::Listed;
use crate::envelope::PageQuery;
use crate::error::{ApiError, Failure};
use crate::extract::QueryOf;
use crate::renders;

/// Lists renders, newest first.
#[utoipa::path(
    get,
    path = "/renders",
    tag = "renders",
    operation_id = "renders_list",
    params(RenderFilter, PageQuery),
    responses(
        (status = 200, description = "Done", body = Envelope<Vec<Render>>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn list(
    State(app): State<App>,
    _: Owner,
    QueryOf(filter): QueryOf<RenderFilter>,
    QueryOf(page): QueryOf<PageQuery>,
) -> Result<Listed<Render>, ApiError> {
    let wanted = store::RenderFilter {
        status: filter.status,
    };
    let found = app.store().renders().list(wanted, page.page()).await?;
    let found = Paged {
        total: found.total,
        items: found
            .items
            .into_iter()
            .map(|render| renders::shown(&app, render))
            .collect::<Vec<Render>>(),
    };
    Ok(Listed::new(page.page(), found))
}

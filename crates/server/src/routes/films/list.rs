//! `GET /api/v1/films`

use axum::extract::State;
use store::Paged;

use crate::api::film::{Film, FilmFilter};
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::{Envelope, Listed, PageQuery};
use crate::error::{ApiError, Failure};
use crate::extract::QueryOf;
use crate::films;

/// Lists films, newest first.
#[utoipa::path(
    get,
    path = "/films",
    tag = "films",
    operation_id = "films_list",
    params(FilmFilter, PageQuery),
    responses(
        (status = 200, description = "Done", body = Envelope<Vec<Film>>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn list(
    State(app): State<App>,
    _: Owner,
    QueryOf(filter): QueryOf<FilmFilter>,
    QueryOf(page): QueryOf<PageQuery>,
) -> Result<Listed<Film>, ApiError> {
    let found = app.store().films().list(filter.into(), page.page()).await?;
    let found = Paged {
        total: found.total,
        items: found
            .items
            .into_iter()
            .map(|film| films::shown(&app, film))
            .collect::<Vec<Film>>(),
    };
    Ok(Listed::new(page.page(), found))
}

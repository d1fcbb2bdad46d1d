//! `GET /api/v1/pictures`

use axum::extract::State;

use crate::api::picture::SentPicture;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::{Envelope, Listed, PageQuery};
use crate::error::{ApiError, Failure};
use crate::extract::QueryOf;

/// Lists pictures, newest first.
#[utoipa::path(
    get,
    path = "/pictures",
    tag = "pictures",
    operation_id = "pictures_list",
    params(PageQuery),
    responses(
        (status = 200, description = "Done", body = Envelope<Vec<SentPicture>>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn list(
    State(app): State<App>,
    _: Owner,
    QueryOf(page): QueryOf<PageQuery>,
) -> Result<Listed<SentPicture>, ApiError> {
    let found = app.store().pictures().list(page.page()).await?;
    Ok(Listed::new(page.page(), found))
}

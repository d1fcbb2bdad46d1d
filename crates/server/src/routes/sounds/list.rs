//! `GET /api/v1/sounds`

use axum::extract::State;

use crate::api::sound::Sound;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::{Envelope, Listed, PageQuery};
use crate::error::{ApiError, Failure};
use crate::extract::QueryOf;

/// Lists sounds, newest first.
#[utoipa::path(
    get,
    path = "/sounds",
    tag = "sounds",
    operation_id = "sounds_list",
    params(PageQuery),
    responses(
        (status = 200, description = "Done", body = Envelope<Vec<Sound>>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn list(
    State(app): State<App>,
    _: Owner,
    QueryOf(page): QueryOf<PageQuery>,
) -> Result<Listed<Sound>, ApiError> {
    let found = app.store().sounds().list(page.page()).await?;
    Ok(Listed::new(page.page(), found))
}

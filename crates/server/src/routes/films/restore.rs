//! `POST /api/v1/films/{id}/restore`

use axum::extract::State;
use ids::FilmId;

use crate::api::film::Film;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::{Data, Envelope};
use crate::error::{ApiError, Failure};
use crate::extract::PathId;
use crate::films;

/// Brings a deleted film back into the lists.
#[utoipa::path(
    post,
    path = "/films/{id}/restore",
    tag = "films",
    operation_id = "films_restore",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "Done", body = Envelope<Film>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn restore(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<FilmId>,
) -> Result<Data<Film>, ApiError> {
    let film = app.store().films().restore(id).await?;
    Ok(Data(films::shown(&app, film)))
}

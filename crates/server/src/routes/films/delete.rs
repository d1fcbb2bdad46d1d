//! `DELETE /api/v1/films/{id}`

use axum::extract::State;
use ids::FilmId;

use crate::api::film::Film;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::{Data, Envelope};
use crate::error::{ApiError, Failure};
use crate::extract::PathId;
use crate::films;

/// Deletes a finished film from the lists; `restore` brings it back.
#[utoipa::path(
    delete,
    path = "/films/{id}",
    tag = "films",
    operation_id = "films_delete",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "Done", body = Envelope<Film>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn delete(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<FilmId>,
) -> Result<Data<Film>, ApiError> {
    let film = films::delete(&app, id).await?;
    Ok(Data(films::shown(&app, film)))
}

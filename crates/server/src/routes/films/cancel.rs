//! `POST /api/v1/films/{id}/cancel`

use axum::extract::State;
use ids::FilmId;

use crate::api::film::Film;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::{Data, Envelope};
use crate::error::{ApiError, Failure};
use crate::extract::PathId;
use crate::films;

/// Cancels a film, also in the middle; cancelling a finished one changes nothing.
#[utoipa::path(
    post,
    path = "/films/{id}/cancel",
    tag = "films",
    operation_id = "films_cancel",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "Done", body = Envelope<Film>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn cancel(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<FilmId>,
) -> Result<Data<Film>, ApiError> {
    let film = films::cancel(&app, id).await?;
    Ok(Data(films::shown(&app, film)))
}

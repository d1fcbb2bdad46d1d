//! `POST /api/v1/films/{id}/deliver`

use axum::extract::State;
use ids::FilmId;

use crate::api::film::Film;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::{Data, Envelope};
use crate::error::{ApiError, Failure};
use crate::extract::PathId;
use crate::films;

/// Brings a film that is done to its public place once more, and looks at it there.
#[utoipa::path(
    post,
    path = "/films/{id}/deliver",
    tag = "films",
    operation_id = "films_deliver",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "Done", body = Envelope<Film>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn deliver(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<FilmId>,
) -> Result<Data<Film>, ApiError> {
    let film = films::deliver(&app, id).await?;
    Ok(Data(films::shown(&app, film)))
}

//! `PATCH /api/v1/films/{id}`

use axum::extract::State;
use ids::FilmId;

use crate::api::film::Film;
use crate::api::kept::ChangeKept;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::{Data, Envelope};
use crate::error::{ApiError, Failure};
use crate::extract::{Body, PathId};
use crate::films;

/// Keeps a film for good, or lets it expire as others do.
#[utoipa::path(
    patch,
    path = "/films/{id}",
    tag = "films",
    operation_id = "films_change",
    params(("id" = uuid::Uuid, Path)),
    request_body = ChangeKept,
    responses(
        (status = 200, description = "Done", body = Envelope<Film>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn change(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<FilmId>,
    Body(change): Body<ChangeKept>,
) -> Result<Data<Film>, ApiError> {
    let film = app.store().films().pin(id, change.pinned).await?;
    Ok(Data(films::shown(&app, film)))
}

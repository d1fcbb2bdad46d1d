//! `POST /api/v1/films/{id}/again`

use axum::extract::State;
use ids::FilmId;
use serde_json::{Map, Value};

use crate::api::film::Film;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::{Created, Envelope};
use crate::error::{ApiError, Failure};
use crate::extract::{OptionalBody, PathId};
use crate::films;

/// Makes a film again with other settings: the fields that are sent take the place of the film's own, and of its
/// values those that stand in `variables`. The film itself stays.
#[utoipa::path(
    post,
    path = "/films/{id}/again",
    tag = "films",
    operation_id = "films_again",
    params(("id" = uuid::Uuid, Path)),
    request_body(content((serde_json::Value = "application/json"))),
    responses(
        (status = 201, description = "Done", body = Envelope<Film>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn again(
    State(app): State<App>,
    owner: Owner,
    PathId(id): PathId<FilmId>,
    OptionalBody(changes): OptionalBody<Map<String, Value>>,
) -> Result<Created<Film>, ApiError> {
    let film = app.store().films().get(id).await?;
    let asked = app.films().ask_again(&film, changes, Some(owner.user.id));
    Ok(Created(films::shown(&app, asked.await?)))
}

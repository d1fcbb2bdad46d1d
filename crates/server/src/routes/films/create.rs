//! `POST /api/v1/films`

use axum::extract::State;
use work::FilmRequest;

use crate::api::film::Film;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::{Created, Envelope};
use crate::error::{ApiError, Failure};
use crate::extract::JsonBytes;
use crate::films;

/// Queues a film: of a tour that is made for a `url`, of a `storyboard`, of a recording by its `recordingId`, with values
/// for its variables in `variables`, which are kept sealed and never answered, or of other films by an `edit`: `clips` of films
/// by their ids, `sound`, and `overlays` that are texts, or pictures by their ids. Size, rate, bitrate, format and look have defaults; fields that are not known are kept.
#[utoipa::path(
    post,
    path = "/films",
    tag = "films",
    operation_id = "films_create",
    request_body(content((serde_json::Value = "application/json"))),
    responses(
        (status = 201, description = "Done", body = Envelope<Film>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn create(
    State(app): State<App>,
    owner: Owner,
    JsonBytes(order): JsonBytes,
) -> Result<Created<Film>, ApiError> {
    let request = FilmRequest::parse(&order).map_err(work::FilmAskError::Order)?;
    let film = app.films().ask(request, Some(owner.user.id)).await?;
    Ok(Created(films::shown(&app, film)))
}

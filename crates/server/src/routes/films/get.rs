//! `GET /api/v1/films/{id}`

use axum::extract::State;
use ids::FilmId;

use crate::api::film::FilmDetail;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::{Data, Envelope};
use crate::error::{ApiError, Failure};
use crate::extract::PathId;
use crate::films;

/// One film with its order.
#[utoipa::path(
    get,
    path = "/films/{id}",
    tag = "films",
    operation_id = "films_get",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "Done", body = Envelope<FilmDetail>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn get(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<FilmId>,
) -> Result<Data<FilmDetail>, ApiError> {
    let film = app.store().films().get(id).await?;
    let order = app.store().blobs().read(&film.document_key).await?;
    let order = serde_json::from_slice(&order).map_err(|error| ApiError::internal(&error))?;
    Ok(Data(FilmDetail {
        film: films::shown(&app, film),
        order,
    }))
}

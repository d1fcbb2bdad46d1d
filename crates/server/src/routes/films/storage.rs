//! `GET /api/v1/films/storage`

use axum::extract::State;

use crate::api::film::FilmStorage;
use crate::api::kept::Storage;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::{Data, Envelope};
use crate::error::{ApiError, Failure};

/// The room that films take, and how long they stay.
#[utoipa::path(
    get,
    path = "/films/storage",
    tag = "films",
    operation_id = "films_storage",
    responses(
        (status = 200, description = "Done", body = Envelope<FilmStorage>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn storage(
    State(app): State<App>,
    _: Owner,
) -> Result<Data<FilmStorage>, ApiError> {
    let totals = app.store().films().totals().await?;
    Ok(Data(FilmStorage {
        films: totals.count,
        storage: Storage::of(totals, app.options().keep.films),
    }))
}

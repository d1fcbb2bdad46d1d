//! `GET /api/v1/sounds/{id}`

use axum::extract::State;
use ids::SoundId;

use crate::api::sound::Sound;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::{Data, Envelope};
use crate::error::{ApiError, Failure};
use crate::extract::PathId;

/// One sound.
#[utoipa::path(
    get,
    path = "/sounds/{id}",
    tag = "sounds",
    operation_id = "sounds_get",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "Done", body = Envelope<Sound>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn get(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<SoundId>,
) -> Result<Data<Sound>, ApiError> {
    Ok(Data(app.store().sounds().get(id).await?.into()))
}

//! `DELETE /api/v1/sounds/{id}`

use axum::extract::State;
use ids::SoundId;

use crate::api::sound::Sound;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::{Data, Envelope};
use crate::error::{ApiError, Failure};
use crate::extract::PathId;

/// Deletes a sound from the lists; films that have it keep it, and `restore` brings it back.
#[utoipa::path(
    delete,
    path = "/sounds/{id}",
    tag = "sounds",
    operation_id = "sounds_delete",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "Done", body = Envelope<Sound>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn delete(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<SoundId>,
) -> Result<Data<Sound>, ApiError> {
    let sound = app.store().sounds().get(id).await?;
    app.store().sounds().delete(id).await?;
    Ok(Data(sound.into()))
}

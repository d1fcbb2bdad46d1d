//! `POST /api/v1/sounds/{id}/restore`

use axum::extract::State;
use ids::SoundId;

use crate::api::sound::Sound;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::{Data, Envelope};
use crate::error::{ApiError, Failure};
use crate::extract::PathId;

/// Brings a deleted sound back into the lists.
#[utoipa::path(
    post,
    path = "/sounds/{id}/restore",
    tag = "sounds",
    operation_id = "sounds_restore",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "Done", body = Envelope<Sound>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn restore(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<SoundId>,
) -> Result<Data<Sound>, ApiError> {
    Ok(Data(app.store().sounds().restore(id).await?.into()))
}

//! `POST /api/v1/pictures/{id}/restore`

use axum::extract::State;
use ids::PictureId;

use crate::api::picture::SentPicture;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::{Data, Envelope};
use crate::error::{ApiError, Failure};
use crate::extract::PathId;

/// Brings a deleted picture back into the lists.
#[utoipa::path(
    post,
    path = "/pictures/{id}/restore",
    tag = "pictures",
    operation_id = "pictures_restore",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "Done", body = Envelope<SentPicture>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn restore(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<PictureId>,
) -> Result<Data<SentPicture>, ApiError> {
    Ok(Data(app.store().pictures().restore(id).await?.into()))
}

//! `DELETE /api/v1/pictures/{id}`

use axum::extract::State;
use ids::PictureId;

use crate::api::picture::SentPicture;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::{Data, Envelope};
use crate::error::{ApiError, Failure};
use crate::extract::PathId;

/// Deletes a picture from the lists; films that show it keep it, and `restore` brings it back.
#[utoipa::path(
    delete,
    path = "/pictures/{id}",
    tag = "pictures",
    operation_id = "pictures_delete",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "Done", body = Envelope<SentPicture>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn delete(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<PictureId>,
) -> Result<Data<SentPicture>, ApiError> {
    let picture = app.store().pictures().get(id).await?;
    app.store().pictures().delete(id).await?;
    Ok(Data(picture.into()))
}

//! `GET /api/v1/pictures/{id}`

use axum::extract::State;
use ids::PictureId;

use crate::api::picture::SentPicture;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::{Data, Envelope};
use crate::error::{ApiError, Failure};
use crate::extract::PathId;

/// One picture.
#[utoipa::path(
    get,
    path = "/pictures/{id}",
    tag = "pictures",
    operation_id = "pictures_get",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "Done", body = Envelope<SentPicture>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn get(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<PictureId>,
) -> Result<Data<SentPicture>, ApiError> {
    Ok(Data(app.store().pictures().get(id).await?.into()))
}

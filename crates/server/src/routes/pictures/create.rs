//! `POST /api/v1/pictures`

use axum::body::Body;
use axum::extract::State;
use futures_util::TryStreamExt;
use http::HeaderMap;
use video::LARGEST_STILL;
use work::PictureError;

use crate::api::picture::{PictureName, SentPicture};
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::{Created, Envelope};
use crate::error::{ApiError, Failure};
use crate::extract::{QueryOf, announced};

/// Takes a picture for films, as the body itself: PNG, JPEG or WebP.
#[utoipa::path(
    post,
    path = "/pictures",
    tag = "pictures",
    operation_id = "pictures_create",
    params(PictureName),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses(
        (status = 201, description = "Done", body = Envelope<SentPicture>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn create(
    State(app): State<App>,
    owner: Owner,
    QueryOf(PictureName { name }): QueryOf<PictureName>,
    headers: HeaderMap,
    // Not a form: what reads forms takes all into memory that arrives faster than it is written.
    body: Body,
) -> Result<Created<SentPicture>, ApiError> {
    if announced(&headers).is_some_and(|size| size > LARGEST_STILL) {
        // Nobody has to send it all to hear this.
        return Err(PictureError::TooLarge.into());
    }
    let content = body.into_data_stream().map_err(std::io::Error::other);
    let user = Some(owner.user.id);
    let kept = work::keep_picture(app.store(), user, &name, content).await?;
    Ok(Created(kept.into()))
}

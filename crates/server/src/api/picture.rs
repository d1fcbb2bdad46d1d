//! Pictures that are laid over films.

use ids::PictureId;
use serde::{Deserialize, Serialize};
use store::Time;
use utoipa::{IntoParams, ToSchema};

/// A picture that is laid over films by its id: a logo.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SentPicture {
    pub(crate) id: PictureId,
    /// The name of the file that was sent.
    pub(crate) name: String,
    /// Read from the file, for example `image/png`.
    pub(crate) content_type: String,
    /// Pixels.
    pub(crate) width: u32,
    /// Pixels.
    pub(crate) height: u32,
    /// Bytes.
    pub(crate) size: u64,
    /// Path of its bytes.
    pub(crate) content: String,
    pub(crate) created_at: Time,
}

/// What a picture is called that is sent.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PictureName {
    /// The name of the file.
    pub(crate) name: String,
}

impl From<store::Picture> for SentPicture {
    fn from(picture: store::Picture) -> Self {
        Self {
            content: format!("/api/v1/pictures/{}/content", picture.id),
            id: picture.id,
            name: picture.name,
            content_type: picture.content_type,
            width: picture.width,
            height: picture.height,
            size: picture.size,
            created_at: picture.created_at,
        }
    }
}

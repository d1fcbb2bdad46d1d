//! What is said of pictures that are not taken.

use http::StatusCode;
use work::{PictureError, chain};

use crate::error::ApiError;

impl From<PictureError> for ApiError {
    fn from(error: PictureError) -> Self {
        match error {
            PictureError::Broken(_) => {
                Self::bad_request("The picture did not arrive whole; send it again.")
            }
            PictureError::TooLarge => Self::too_large(format!("{error}.")),
            PictureError::NotAPicture { .. } => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "not_a_picture",
                format!("{}.", chain(&error)),
            ),
            PictureError::Look(_) | PictureError::Folder(_) => Self::internal(&error),
            PictureError::Store(cause) => cause.into(),
        }
    }
}

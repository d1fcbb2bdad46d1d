//! What is said of sounds that are not taken.

use http::StatusCode;
use work::{SoundError, chain};

use crate::error::ApiError;

impl From<SoundError> for ApiError {
    fn from(error: SoundError) -> Self {
        match error {
            SoundError::Broken(_) => {
                Self::bad_request("The sound did not arrive whole; send it again.")
            }
            SoundError::TooLarge => Self::too_large(format!("{error}.")),
            SoundError::NotASound { .. } => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "not_a_sound",
                format!("{}.", chain(&error)),
            ),
            SoundError::Look(_) | SoundError::Folder(_) => Self::internal(&error),
            SoundError::Store(cause) => cause.into(),
        }
    }
}

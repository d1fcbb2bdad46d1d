//! Taking sounds for films: what was sent is looked at by the program that will mix it, and kept when it is a sound.

use std::time::{Duration, Instant};

use browser::Progress;
use bytes::Bytes;
use futures_util::Stream;
use ids::UserId;
use store::{NewSound, Sound, Store, StoreError};
use video::RenderError;

use crate::upload::{Upload, UploadError, plain_name};

/// Bytes of a sound: an hour of uncompressed stereo does not fit, three hours of MP3 do.
pub const LARGEST_SOUND: u64 = 256 << 20;

/// How long looking at a sound may take.
const LOOK_LIMIT: Duration = Duration::from_secs(60);

/// Why a sound was not kept.
#[derive(Debug, thiserror::Error)]
pub enum SoundError {
    /// What was sent ended too early.
    #[error("the sound did not arrive whole")]
    Broken(#[source] std::io::Error),
    /// It is larger than sounds may be.
    #[error("a sound has at most {} MiB", LARGEST_SOUND >> 20)]
    TooLarge,
    /// It is no sound, or none that films can have.
    #[error(
        "{name:?} is no sound that films can have: {why}; MP3, WAV, FLAC, Ogg, AAC and the sound of films are"
    )]
    NotASound {
        /// What it is called.
        name: String,
        /// What was found in place of a sound.
        why: String,
    },
    /// The program that reads sounds could not be asked.
    #[error("the sound could not be looked at")]
    Look(#[source] RenderError),
    /// There is no room for it.
    #[error("the sound could not be written to a temporary folder")]
    Folder(#[source] std::io::Error),
    /// The store did not keep it.
    #[error("the sound could not be kept")]
    Store(#[from] StoreError),
}

impl From<UploadError> for SoundError {
    fn from(error: UploadError) -> Self {
        match error {
            UploadError::Broken(cause) => Self::Broken(cause),
            UploadError::TooLarge => Self::TooLarge,
            UploadError::Folder(cause) => Self::Folder(cause),
        }
    }
}

/// Keeps a sound that somebody sends, once it is known to be one.
///
/// # Errors
/// Says why it was not kept; nothing is left of it then.
pub async fn keep_sound(
    store: &Store,
    user: Option<UserId>,
    name: &str,
    content: impl Stream<Item = std::io::Result<Bytes>> + Send,
) -> Result<Sound, SoundError> {
    let upload = Upload::receive("sound", LARGEST_SOUND, content).await?;
    let path = upload.path();
    let name = plain_name(name, "sound");
    let progress = Progress::with_deadline(Instant::now() + LOOK_LIMIT, Default::default());
    let heard = match video::read_sound(&progress, &path).await {
        Ok(heard) => heard,
        Err(RenderError::NoSound { why, .. }) => {
            // Where it was looked at is nobody's business.
            let why = why.replace(&format!("file:{}: ", path.display()), "");
            return Err(SoundError::NotASound { name, why });
        }
        Err(error) => return Err(SoundError::Look(error)),
    };
    let blob = store.blobs().put_file(&path).await?;
    let new = NewSound {
        user,
        name,
        blob,
        codec: heard.codec,
        duration_ms: u64::try_from(heard.duration.as_millis()).unwrap_or(u64::MAX),
    };
    Ok(store.sounds().create(new).await?)
}

//! Taking pictures that are laid over films: what was sent is decoded by what will lay it, and kept when it is a picture.

use std::time::{Duration, Instant};

use browser::Progress;
use bytes::Bytes;
use futures_util::Stream;
use ids::UserId;
use store::{NewPicture, Picture, Store, StoreError};
use video::{LARGEST_STILL, LARGEST_STILL_SIDE, NotAStill};

use crate::upload::{Upload, UploadError, plain_name};

/// How long looking at a picture may take.
const LOOK_LIMIT: Duration = Duration::from_secs(60);

/// Why a picture was not kept.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// What was sent ended too early.
    #[error("the picture did not arrive whole")]
    Broken(#[source] std::io::Error),
    /// It is larger than pictures may be.
    #[error("a picture has at most {} MiB", LARGEST_STILL >> 20)]
    TooLarge,
    /// It is no picture, or none that can be laid over films.
    #[error(
        "{name:?} cannot be laid over films: {why}; send a whole PNG, JPEG or WebP of at most {} pixels a side",
        LARGEST_STILL_SIDE
    )]
    NotAPicture {
        /// What it is called.
        name: String,
        /// What was found in place of a picture.
        why: NotAStill,
    },
    /// It was not decoded in time.
    #[error("the picture could not be looked at: {0}")]
    Look(String),
    /// There is no room for it.
    #[error("the picture could not be written to a temporary folder")]
    Folder(#[source] std::io::Error),
    /// The store did not keep it.
    #[error("the picture could not be kept")]
    Store(#[from] StoreError),
}

impl From<UploadError> for PictureError {
    fn from(error: UploadError) -> Self {
        match error {
            UploadError::Broken(cause) => Self::Broken(cause),
            UploadError::TooLarge => Self::TooLarge,
            UploadError::Folder(cause) => Self::Folder(cause),
        }
    }
}

/// Keeps a picture that somebody sends, once it is known to be one.
///
/// # Errors
/// Says why it was not kept; nothing is left of it then.
pub async fn keep_picture(
    store: &Store,
    user: Option<UserId>,
    name: &str,
    content: impl Stream<Item = std::io::Result<Bytes>> + Send,
) -> Result<Picture, PictureError> {
    let upload = Upload::receive("picture", LARGEST_STILL, content).await?;
    let path = upload.path();
    let name = plain_name(name, "picture");
    let progress = Progress::with_deadline(Instant::now() + LOOK_LIMIT, Default::default());
    let looking = tokio::task::spawn_blocking({
        let path = path.clone();
        move || video::read_still(&path)
    });
    let looked = progress
        .race("looking at the picture", looking)
        .await
        .map_err(|why| PictureError::Look(why.to_string()))?
        .map_err(|error| PictureError::Look(error.to_string()))?;
    let (width, height) = match looked {
        Ok(size) => size,
        Err(why) => return Err(PictureError::NotAPicture { name, why }),
    };
    let blob = store.blobs().put_file(&path).await?;
    let new = NewPicture {
        user,
        name,
        blob,
        width,
        height,
    };
    Ok(store.pictures().create(new).await?)
}

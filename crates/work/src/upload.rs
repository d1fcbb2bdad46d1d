//! Taking files that somebody sends: into a temporary folder, where they are looked at before they are kept.

use std::path::{Path, PathBuf};

use bytes::Bytes;
use futures_util::{Stream, StreamExt as _};
use tempfile::TempDir;
use tokio::fs::File;
use tokio::io::AsyncWriteExt as _;

/// Characters of a name.
const LONGEST_NAME: usize = 200;

/// A file that was sent; it goes when this is dropped.
#[derive(Debug)]
pub(crate) struct Upload {
    folder: TempDir,
}

/// Why a file did not arrive.
#[derive(Debug)]
pub(crate) enum UploadError {
    /// What was sent ended too early.
    Broken(std::io::Error),
    /// It has more bytes than it may have.
    TooLarge,
    /// There is no room for it.
    Folder(std::io::Error),
}

impl Upload {
    /// Writes what somebody sends, `largest` bytes at most; `what` it is stands in the folder's name.
    pub(crate) async fn receive(
        what: &str,
        largest: u64,
        content: impl Stream<Item = std::io::Result<Bytes>> + Send,
    ) -> Result<Self, UploadError> {
        let folder = tempfile::Builder::new()
            .prefix(&format!("proscenium-{}-{what}-", std::process::id()))
            .tempdir()
            .map_err(UploadError::Folder)?;
        let upload = Self { folder };
        write(&upload.path(), largest, content).await?;
        Ok(upload)
    }

    /// Where it is.
    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("file")
    }
}

async fn write(
    path: &Path,
    largest: u64,
    content: impl Stream<Item = std::io::Result<Bytes>> + Send,
) -> Result<(), UploadError> {
    let mut file = File::create(path).await.map_err(UploadError::Folder)?;
    let mut content = std::pin::pin!(content);
    let mut size = 0;
    while let Some(part) = content.next().await {
        let part = part.map_err(UploadError::Broken)?;
        size += part.len() as u64;
        if size > largest {
            return Err(UploadError::TooLarge);
        }
        file.write_all(&part).await.map_err(UploadError::Folder)?;
    }
    file.flush().await.map_err(UploadError::Folder)
}

/// The last part of a path, as long as names are; `usual` when nothing is left of it.
pub(crate) fn plain_name(name: &str, usual: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = last
        .chars()
        .filter(|letter| !letter.is_control())
        .take(LONGEST_NAME)
        .collect();
    if name.trim().is_empty() {
        usual.to_owned()
    } else {
        name
    }
}

//! Whether the storage is there, without storing anything.

use std::path::PathBuf;
use std::time::Duration;

use nix::unistd::{AccessFlags, access};
use object_store::path::Path;
use object_store::{Error, ObjectStoreExt as _};

use crate::config::Storage;
use crate::delivery::Delivery;

/// A storage that says nothing for so long is taken for gone.
const LIMIT: Duration = Duration::from_secs(3);

/// What is asked for. Nothing has to be there.
const ASKED: &str = "proscenium-health";

/// Whether the storage is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageState {
    /// It answers. Whether it takes a file only a delivery shows: a key may be allowed to write and not to look.
    Answers,
    /// It does not; the log says why.
    Silent,
    /// It cannot be asked: each job names its own bucket.
    NotAsked,
}

impl Delivery {
    /// Asks the storage for something, within three seconds.
    pub async fn look(&self) -> StorageState {
        let (storage, bucket) = self.goes_to();
        let seen = match (storage, bucket) {
            (Storage::Folder(folder), _) => in_time(writable(folder.clone())).await,
            (_, None) => return StorageState::NotAsked,
            (storage, Some(bucket)) => in_time(ask(storage, bucket)).await,
        };
        match seen {
            Ok(()) => StorageState::Answers,
            Err(error) => {
                tracing::warn!(error, "the storage of outputs does not answer");
                StorageState::Silent
            }
        }
    }
}

async fn in_time(look: impl Future<Output = Result<(), String>>) -> Result<(), String> {
    let late = |_| Err(format!("no answer within {} s", LIMIT.as_secs()));
    tokio::time::timeout(LIMIT, look).await.unwrap_or_else(late)
}

/// Whether files can be written into a folder, or, before it is made by the first delivery, into what it will be made in.
async fn writable(folder: PathBuf) -> Result<(), String> {
    let looked = tokio::task::spawn_blocking(move || {
        let there = folder.ancestors().find(|part| part.exists());
        let there = there.unwrap_or(&folder);
        access(there, AccessFlags::W_OK | AccessFlags::X_OK)
            .map_err(|error| format!("{}: {error}", there.display()))
    });
    looked.await.unwrap_or_else(|task| Err(task.to_string()))
}

async fn ask(storage: &Storage, bucket: &str) -> Result<(), String> {
    // Who asks, asks again.
    let objects = storage
        .open_trying(bucket, 0)
        .map_err(|error| error.to_string())?;
    match objects.head(&Path::from(ASKED)).await {
        Ok(_)
        | Err(
            Error::NotFound { .. } | Error::PermissionDenied { .. } | Error::Unauthenticated { .. },
        ) => Ok(()),
        Err(error) => Err(error.to_string()),
    }
}

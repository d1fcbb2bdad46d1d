//! Whether the storage is there, without storing anything.

use std::time::Duration;

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
            // As the first delivery does it.
            (Storage::Folder(folder), _) => tokio::fs::create_dir_all(folder)
                .await
                .map_err(|error| error.to_string()),
            (_, None) => return StorageState::NotAsked,
            (storage, Some(bucket)) => ask(storage, bucket).await,
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

async fn ask(storage: &Storage, bucket: &str) -> Result<(), String> {
    // Who asks, asks again.
    let objects = storage
        .open_trying(bucket, 0)
        .map_err(|error| error.to_string())?;
    let answer = tokio::time::timeout(LIMIT, objects.head(&Path::from(ASKED))).await;
    match answer {
        Ok(
            Ok(_)
            | Err(
                Error::NotFound { .. }
                | Error::PermissionDenied { .. }
                | Error::Unauthenticated { .. },
            ),
        ) => Ok(()),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err(format!("no answer within {} s", LIMIT.as_secs())),
    }
}

//! One server per data folder: two would each end the other's sessions.

use std::fs::{File, TryLockError};
use std::path::Path;

use anyhow::Context as _;

/// Held while the server lives; the operating system lets it go however the server ends.
pub(crate) struct FolderLock {
    _file: File,
}

impl FolderLock {
    pub(crate) fn take(folder: &Path) -> anyhow::Result<Self> {
        let path = folder.join("serve.lock");
        let file =
            File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => anyhow::bail!(
                "another server uses the data folder {}; stop it, or choose another folder with --data-dir",
                folder.display()
            ),
            Err(TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("cannot lock {}", path.display()))
            }
        }
    }
}

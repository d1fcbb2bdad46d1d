//! Profile folders and the sweeping of those whose owner died.
//!
//! A profile is `<temp>/proscenium-<pid>-<random>`. Its owner holds a lock on a file inside, which the system releases
//! when the owner dies however it dies; so a folder whose lock can be taken belongs to nobody.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::error::BrowserError;

const PREFIX: &str = "proscenium-";
const LOCK: &str = "owner.lock";

/// A profile folder of this process; removed when dropped.
#[derive(Debug)]
pub(crate) struct Profile {
    path: PathBuf,
    _lock: File,
}

impl Profile {
    pub(crate) fn create() -> Result<Self, BrowserError> {
        let trouble = |path: &Path, source: std::io::Error| BrowserError::File {
            doing: "creating the browser profile in",
            path: path.to_owned(),
            source: Arc::new(source),
        };
        let temp = std::env::temp_dir();
        let path = tempfile::Builder::new()
            .prefix(&format!("{PREFIX}{}-", std::process::id()))
            .tempdir_in(&temp)
            .map_err(|error| trouble(&temp, error))?
            .keep();
        let lock = File::create(path.join(LOCK)).map_err(|error| trouble(&path, error))?;
        lock.lock().map_err(|error| trouble(&path, error))?;
        Ok(Self { path, _lock: lock })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The folder that the browser gets; the lock lies outside of it.
    pub(crate) fn user_data(&self) -> PathBuf {
        self.path.join("profile")
    }

    pub(crate) fn downloads(&self, context: &str) -> PathBuf {
        self.path.join("downloads").join(context)
    }
}

impl Drop for Profile {
    fn drop(&mut self) {
        remove(&self.path);
    }
}

/// Removes the profiles that dead processes left in the temporary folder; returns how many.
pub fn sweep_orphans() -> usize {
    let Ok(entries) = std::fs::read_dir(std::env::temp_dir()) else {
        return 0;
    };
    let orphans = entries.flatten().filter(|entry| {
        owner(entry.file_name().to_str()).is_some_and(|pid| is_orphan(pid, &entry.path()))
    });
    let removed = orphans.filter(|entry| remove(&entry.path())).count();
    if removed > 0 {
        tracing::info!(
            profiles = removed,
            "removed browser profiles whose owner had died"
        );
    }
    removed
}

/// The process id in a profile folder's name.
fn owner(name: Option<&str>) -> Option<u32> {
    name?.strip_prefix(PREFIX)?.split_once('-')?.0.parse().ok()
}

fn is_orphan(pid: u32, path: &Path) -> bool {
    match File::open(path.join(LOCK)) {
        // The lock is ours to test only while nobody holds it; it goes with the file handle at once.
        Ok(lock) => !matches!(
            lock.try_lock(),
            Err(TryLockError::WouldBlock | TryLockError::Error(_))
        ),
        // A folder without its lock yet may be one that is just being made.
        Err(_) => !Path::new("/proc").join(pid.to_string()).exists(),
    }
}

/// Removes a folder; a dying browser may still be writing to it, so a few attempts are made.
fn remove(path: &Path) -> bool {
    for _ in 0..20 {
        match std::fs::remove_dir_all(path) {
            Ok(()) => return true,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return true,
            Err(_) => std::thread::sleep(Duration::from_millis(10)),
        }
    }
    tracing::warn!(path = %path.display(), "a browser profile could not be removed");
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_folders_have_an_owner() {
        assert_eq!(owner(Some("proscenium-42-aBc")), Some(42));
        for name in [
            "proscenium-42",
            "proscenium--x",
            "proscenium-x-y",
            "other-42-x",
        ] {
            assert_eq!(owner(Some(name)), None, "{name}");
        }
    }

    #[test]
    fn a_profile_with_a_living_owner_is_no_orphan_and_goes_with_its_owner() {
        let profile = Profile::create().unwrap();
        let path = profile.path().to_owned();
        assert!(!is_orphan(std::process::id(), &path));
        drop(profile);
        assert!(!path.exists());
    }
}

//! Profile folders and the sweeping of those whose owner died.
//!
//! A profile is `<temp>/proscenium-<pid>-<random>`. Its owner holds a lock on a file inside, which the system releases
//! when the owner dies however it dies; so a folder whose lock can be taken belongs to nobody. Whoever removes such a
//! folder holds its lock meanwhile: an owner that was just about to take it finds its folder gone and makes another.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::error::BrowserError;

const PREFIX: &str = "proscenium-";
const LOCK: &str = "owner.lock";

/// A profile folder of this process; removed when dropped.
#[derive(Debug)]
pub(crate) struct Profile {
    path: PathBuf,
    /// Gone with the folder.
    lock: Mutex<Option<File>>,
}

impl Profile {
    pub(crate) fn create() -> Result<Self, BrowserError> {
        let trouble = |path: &Path, source: std::io::Error| BrowserError::File {
            doing: "creating the browser profile in",
            path: path.to_owned(),
            source: Arc::new(source),
        };
        let temp = std::env::temp_dir();
        loop {
            let path = tempfile::Builder::new()
                .prefix(&format!("{PREFIX}{}-", std::process::id()))
                .tempdir_in(&temp)
                .map_err(|error| trouble(&temp, error))?
                .keep();
            let lock = File::create(path.join(LOCK)).map_err(|error| trouble(&path, error))?;
            lock.lock().map_err(|error| trouble(&path, error))?;
            if path.join(LOCK).exists() {
                let lock = Mutex::new(Some(lock));
                return Ok(Self { path, lock });
            }
        }
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

impl Profile {
    /// Removes the folder now, while others may still hold the profile; once.
    pub(crate) fn remove(&self) {
        let held = self.lock().take();
        if held.is_some() {
            remove(&self.path);
        }
    }

    /// Whether the folder has been removed.
    pub(crate) fn is_removed(&self) -> bool {
        self.lock().is_none()
    }

    fn lock(&self) -> MutexGuard<'_, Option<File>> {
        self.lock.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Profile {
    fn drop(&mut self) {
        self.remove();
    }
}

/// Removes the profiles that dead processes left in the temporary folder; returns how many.
pub fn sweep_orphans() -> usize {
    let Ok(entries) = std::fs::read_dir(std::env::temp_dir()) else {
        return 0;
    };
    let own = entries
        .flatten()
        .filter_map(|entry| Some((owner(entry.file_name().to_str())?, entry.path())));
    let removed = own
        .filter(|(pid, path)| Orphan::of(*pid, path).is_some_and(|_held| remove(path)))
        .count();
    if removed > 0 {
        tracing::info!(
            profiles = removed,
            "removed browser profiles whose owner had died"
        );
    }
    removed
}

/// Sweeps once per process, beside the start of its first browser.
pub(crate) fn sweep_once() {
    static SWEPT: std::sync::Once = std::sync::Once::new();
    SWEPT.call_once(|| drop(tokio::task::spawn_blocking(sweep_orphans)));
}

/// The process id in a profile folder's name.
fn owner(name: Option<&str>) -> Option<u32> {
    name?.strip_prefix(PREFIX)?.split_once('-')?.0.parse().ok()
}

/// Says that a folder belongs to nobody, and keeps it so.
struct Orphan {
    /// Absent where the folder has none.
    _lock: Option<File>,
}

impl Orphan {
    fn of(pid: u32, path: &Path) -> Option<Self> {
        match File::open(path.join(LOCK)) {
            Ok(lock) => lock
                .try_lock()
                .is_ok()
                .then_some(Self { _lock: Some(lock) }),
            // A folder without its lock yet may be one that is just being made.
            Err(_) => {
                let has_owner = Path::new("/proc").join(pid.to_string()).exists();
                (!has_owner).then_some(Self { _lock: None })
            }
        }
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
        assert!(Orphan::of(std::process::id(), &path).is_none());
        drop(profile);
        assert!(!path.exists());
    }
}

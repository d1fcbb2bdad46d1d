//! Output under a name of its own beside the real one, until it is whole.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile, TempDir};

use crate::error::RenderError;

/// A file that has its name only when it is whole; dropped before, nothing is left.
pub(crate) struct DraftFile {
    file: NamedTempFile,
    target: PathBuf,
}

/// A folder that has its name only when everything is in it.
pub(crate) struct DraftFolder {
    folder: TempDir,
    target: PathBuf,
}

impl DraftFile {
    pub(crate) fn beside(target: &Path) -> Result<Self, RenderError> {
        let refused = |source| RenderError::file("creating a file beside", target, source);
        let file = Builder::new()
            .prefix(&prefix(target))
            .suffix(".partial")
            // The user's own mask decides, as for every file that they make.
            .permissions(fs::Permissions::from_mode(0o666))
            .tempfile_in(parent(target))
            .map_err(refused)?;
        Ok(Self {
            file,
            target: target.to_owned(),
        })
    }

    pub(crate) fn path(&self) -> &Path {
        self.file.path()
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), RenderError> {
        let refused = |source| RenderError::file("writing", &self.target, source);
        self.file.write_all(bytes).map_err(refused)
    }

    /// Gives it its name, in place of what had it before.
    pub(crate) fn publish(self) -> Result<(), RenderError> {
        let Self { file, target } = self;
        file.persist(&target)
            .map(drop)
            .map_err(|error| RenderError::file("renaming the finished", target, error.error))
    }
}

/// A file without a future: it goes when it is dropped.
pub(crate) fn hidden_beside(target: &Path) -> Result<NamedTempFile, RenderError> {
    Builder::new()
        .prefix(&prefix(target))
        .suffix(".partial")
        .tempfile_in(parent(target))
        .map_err(|source| RenderError::file("creating a file beside", target, source))
}

/// The folder of a file.
pub(crate) fn folder_of(target: &Path) -> &Path {
    parent(target)
}

impl DraftFolder {
    pub(crate) fn beside(target: &Path) -> Result<Self, RenderError> {
        let is_used = fs::read_dir(target).is_ok_and(|mut entries| entries.next().is_some());
        if is_used {
            return Err(RenderError::FolderInUse(target.to_owned()));
        }
        let refused = |source| RenderError::file("creating a folder beside", target, source);
        let folder = Builder::new()
            .prefix(&prefix(target))
            .suffix(".partial")
            .permissions(fs::Permissions::from_mode(0o777))
            .tempdir_in(parent(target))
            .map_err(refused)?;
        Ok(Self {
            folder,
            target: target.to_owned(),
        })
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> Result<(), RenderError> {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).map_err(|source| RenderError::file("writing", path, source))
    }

    pub(crate) fn publish(self) -> Result<(), RenderError> {
        let Self { folder, target } = self;
        fs::rename(folder.path(), &target)
            .map_err(|source| RenderError::file("renaming the finished", target, source))
    }
}

fn parent(target: &Path) -> &Path {
    match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

fn prefix(target: &Path) -> String {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    format!(".{name}.")
}

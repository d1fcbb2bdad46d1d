//! The files that upload steps need, and where they may come from.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use recording::UploadFile;

use crate::fault::Fault;
use crate::outcome::ErrorCode;

/// Where the files of upload steps are.
#[derive(Debug, Clone, Default)]
pub struct Files {
    /// The folder of the recording's own file. Paths of the recording lead inside it, never out of it: a recording from
    /// elsewhere must not be able to send files of this machine away.
    pub folder: Option<PathBuf>,
    /// Copies kept from the recording, by the name that the recording gives them.
    pub artifacts: HashMap<String, PathBuf>,
}

impl Files {
    /// The file on this machine. A missing file is a failure, never a placeholder.
    pub(crate) fn find(&self, file: &UploadFile) -> Result<PathBuf, Fault> {
        let kept = file
            .artifact
            .as_ref()
            .and_then(|artifact| self.artifacts.get(artifact));
        if let Some(path) = kept.filter(|path| path.is_file()) {
            return Ok(path.clone());
        }
        let name = file.path.as_deref().unwrap_or(&file.name);
        let missing = |detail: String| {
            Err(Fault::new(
                ErrorCode::FileMissing,
                format!("the file {name:?} to upload is missing"),
            )
            .detail(detail))
        };
        let Some(folder) = &self.folder else {
            return missing("the run has no folder and no stored copy to take it from".to_owned());
        };
        if name.is_empty() {
            return missing("the recording does not say where the file is".to_owned());
        }
        let path = folder.join(name);
        match (std::fs::canonicalize(&path), std::fs::canonicalize(folder)) {
            (Ok(real), Ok(folder)) if real.starts_with(&folder) && real.is_file() => Ok(real),
            (Ok(real), Ok(folder)) if !real.starts_with(&folder) => missing(format!(
                "{} lies outside the folder of the recording",
                shown(&path)
            )),
            (Ok(_), Ok(_)) => missing(format!("{} is not a file", shown(&path))),
            _ => missing(format!("looked for {}", shown(&path))),
        }
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str) -> UploadFile {
        UploadFile {
            name: path.into(),
            ..UploadFile::default()
        }
    }

    #[test]
    fn a_file_is_taken_from_the_folder_and_from_nowhere_else() {
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("recordings");
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("a.txt"), "a").unwrap();
        std::fs::write(outer.path().join("secret.txt"), "s").unwrap();
        std::os::unix::fs::symlink(outer.path().join("secret.txt"), folder.join("link.txt"))
            .unwrap();
        let files = Files {
            folder: Some(folder),
            ..Files::default()
        };
        assert!(files.find(&file("a.txt")).unwrap().ends_with("a.txt"));
        for name in [
            "b.txt",
            "../secret.txt",
            "/etc/hostname",
            "link.txt",
            "",
            ".",
        ] {
            assert_eq!(
                files.find(&file(name)).unwrap_err().code(),
                ErrorCode::FileMissing,
                "{name}"
            );
        }
    }
}

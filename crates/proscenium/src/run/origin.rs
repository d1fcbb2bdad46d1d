//! Where a recording came from.

use std::fmt;
use std::path::{Path, PathBuf};

/// Where a recording came from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Origin {
    /// A file; `-` is standard input.
    File(PathBuf),
    /// A server's library, by the recording's id there.
    Server(String),
}

impl Origin {
    /// Where the files of its upload steps lie, for a recording that is a file.
    pub(crate) fn folder(&self) -> Option<&Path> {
        let Self::File(file) = self else { return None };
        let folder = file.parent()?;
        Some(if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        })
    }
}

impl Origin {
    /// Where approved pictures are kept: beside the file, or in the working folder for a recording of a server.
    pub(crate) fn baselines(&self) -> Option<PathBuf> {
        match self {
            Self::File(file) if file.as_os_str() == "-" => None,
            Self::File(file) => Some(file.with_extension("baselines")),
            Self::Server(id) => Some(format!("{id}.baselines").into()),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(file) => file.display().fmt(f),
            Self::Server(id) => write!(f, "recording {id}"),
        }
    }
}

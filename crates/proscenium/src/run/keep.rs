//! What runs leave in folders: pictures of steps, and the evidence of a failure.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use jiff::Timestamp;
use replay::{Outcome, StepResult};
use serde::Serialize;

use super::video::Videos;

/// Where runs leave things.
pub(crate) struct Results {
    pub(crate) evidence: Kept,
    pub(crate) pictures: Written,
    /// None when runs are not filmed.
    pub(crate) videos: Option<Videos>,
}

/// The folder of the pictures; made when the first one is written.
#[derive(Clone)]
pub(crate) struct Written {
    folder: PathBuf,
}

impl Written {
    pub(crate) fn in_folder(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    /// Writes a picture; gives its place.
    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> anyhow::Result<PathBuf> {
        std::fs::create_dir_all(&self.folder)
            .with_context(|| format!("cannot make {}", self.folder.display()))?;
        // A step's id comes from the recording: it must not lead anywhere else.
        let name: String = name
            .chars()
            .map(|c| if is_plain(c) { c } else { '_' })
            .collect();
        let path = self.folder.join(name);
        std::fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(path)
    }
}

/// The folder in which each failed run has a folder of its own.
pub(crate) struct Kept {
    folder: PathBuf,
}

#[derive(Serialize)]
struct Index<'a> {
    recording: &'a str,
    #[serde(flatten)]
    outcome: &'a Outcome,
    steps: &'a [StepResult],
}

impl Kept {
    pub(crate) fn in_folder(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    /// Writes the evidence of a failure; gives its folder.
    pub(super) fn keep(
        &self,
        name: &str,
        outcome: &Outcome,
        steps: &[StepResult],
    ) -> anyhow::Result<PathBuf> {
        let folder = self.folder.join(folder_name(name));
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
        let write = |name: &str, bytes: &[u8]| {
            let path = folder.join(name);
            std::fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))
        };
        let index = Index {
            recording: name,
            outcome,
            steps,
        };
        write("run.json", &serde_json::to_vec_pretty(&index)?)?;
        let Some(kept) = &outcome.failure_evidence else {
            return Ok(folder);
        };
        let evidence = &kept.evidence;
        let files = [
            ("page.png", evidence.png_full_page.as_deref()),
            ("before.jpg", kept.before.as_deref()),
            ("after.jpg", kept.after.as_deref()),
            ("dom.html", evidence.dom.as_deref().map(str::as_bytes)),
        ];
        for (name, bytes) in files {
            if let Some(bytes) = bytes {
                write(name, bytes)?;
            }
        }
        write("page.json", &serde_json::to_vec_pretty(evidence)?)?;
        Ok(folder)
    }
}

/// `20261121-072011-login-flow-3f9a`: sorts by time, names the recording, never the same twice.
fn folder_name(test_name: &str) -> String {
    let time = Timestamp::now().strftime("%Y%m%d-%H%M%S").to_string();
    let mut slug = String::new();
    for c in test_name.chars().take(60) {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_matches('-');
    let id = ids::RunId::new().to_string();
    let tail = &id[id.len() - 4..];
    if slug.is_empty() {
        format!("{time}-{tail}")
    } else {
        format!("{time}-{slug}-{tail}")
    }
}

fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')
}

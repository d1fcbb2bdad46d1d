//! Files, folders and patterns of a command line become recordings.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use recording::{Recording, read_tree};
use walkdir::{DirEntry, WalkDir};

use super::origin::Origin;
use crate::input;

/// What was found.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) recordings: Vec<(Origin, Recording)>,
    /// Files of folders and patterns that are something else.
    pub(crate) left_out: Vec<PathBuf>,
}

/// A file that may be a recording.
struct Candidate {
    file: PathBuf,
    /// A file that was named must be a recording; one that lay in a folder may be something else.
    is_named: bool,
}

/// Finds recordings, in the order of the arguments, those of a folder by name; none twice.
pub(crate) fn recordings(places: &[PathBuf]) -> anyhow::Result<Found> {
    let mut found = Found::default();
    let mut seen = Vec::new();
    for place in places {
        for candidate in candidates(place)? {
            if seen.contains(&candidate.file) {
                continue;
            }
            seen.push(candidate.file.clone());
            let bytes = input::read(&candidate.file)?;
            let file = candidate.file;
            let refused = |error| input::refused(&file, "is not a recording", &error);
            let tree = read_tree(bytes).map_err(refused)?;
            if !candidate.is_named && !Recording::is_claimed_by(&tree) {
                found.left_out.push(file);
                continue;
            }
            let recording = Recording::from_value(tree).map_err(refused)?;
            found.recordings.push((Origin::File(file), recording));
        }
    }
    Ok(found)
}

fn candidates(place: &Path) -> anyhow::Result<Vec<Candidate>> {
    if place.is_dir() {
        return in_folder(place);
    }
    let pattern = place.to_string_lossy();
    // A file whose name has brackets is still a file.
    if !pattern.contains(['*', '?', '[']) || place.exists() {
        return Ok(vec![Candidate {
            file: place.to_owned(),
            is_named: true,
        }]);
    }
    let matches = glob::glob(&pattern).with_context(|| format!("{pattern} is not a pattern"))?;
    let mut all = Vec::new();
    for entry in matches {
        let file = entry.with_context(|| format!("cannot look for {pattern}"))?;
        if file.is_dir() {
            all.extend(in_folder(&file)?);
        } else {
            all.push(Candidate {
                file,
                is_named: false,
            });
        }
    }
    anyhow::ensure!(!all.is_empty(), "nothing matches {pattern}");
    Ok(all)
}

fn in_folder(folder: &Path) -> anyhow::Result<Vec<Candidate>> {
    let mut all = Vec::new();
    let walk = WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(is_looked_at);
    for entry in walk {
        let entry = entry.with_context(|| format!("cannot look into {}", folder.display()))?;
        let is_document = entry
            .path()
            .extension()
            .is_some_and(|kind| ["json", "yaml", "yml"].iter().any(|known| kind == *known));
        if is_document && entry.file_type().is_file() {
            all.push(Candidate {
                file: entry.into_path(),
                is_named: false,
            });
        }
    }
    Ok(all)
}

/// Hidden folders and installed packages hold no recordings of this project.
fn is_looked_at(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    entry.depth() == 0 || !(name.starts_with('.') || name == "node_modules")
}

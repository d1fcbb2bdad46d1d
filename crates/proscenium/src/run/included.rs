//! The recordings that recordings include: files beside them, or others of the same server.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use recording::{Recording, StepKind};

use super::origin::Origin;
use crate::input;

/// Reads every recording that those of `all` include, and theirs. Their steps name them by where they are from then on.
pub(crate) fn included(
    all: &mut [(Origin, Recording)],
    fetch: &dyn Fn(&str) -> anyhow::Result<Recording>,
) -> anyhow::Result<BTreeMap<String, Recording>> {
    let mut found = BTreeMap::new();
    for (origin, recording) in all {
        resolve(origin, recording, fetch, &mut found)?;
    }
    Ok(found)
}

fn resolve(
    origin: &Origin,
    recording: &mut Recording,
    fetch: &dyn Fn(&str) -> anyhow::Result<Recording>,
    found: &mut BTreeMap<String, Recording>,
) -> anyhow::Result<()> {
    for step in &mut recording.steps {
        let StepKind::Include(include) = &mut step.kind else {
            continue;
        };
        let place = match origin.folder() {
            Some(folder) => Origin::File(plain(&folder.join(&include.recording))),
            None => Origin::Server(include.recording.clone()),
        };
        let key = match &place {
            Origin::File(file) => file.display().to_string(),
            Origin::Server(id) => id.clone(),
        };
        if !found.contains_key(&key) {
            let mut inner = match &place {
                Origin::File(file) => read(origin, &include.recording, file)?,
                Origin::Server(id) => fetch(id)?,
            };
            // Known before its own are looked for: recordings may include each other, which the player refuses.
            found.insert(key.clone(), inner.clone());
            resolve(&place, &mut inner, fetch, found)?;
            found.insert(key.clone(), inner);
        }
        if include.recording_name.is_none() {
            include.recording_name = found.get(&key).map(|inner| inner.test_name.clone());
        }
        include.recording = key;
    }
    Ok(())
}

fn read(origin: &Origin, word: &str, file: &Path) -> anyhow::Result<Recording> {
    let refused = |error| input::refused(file, "is not a recording", &error);
    let bytes =
        input::read(file).map_err(|error| error.context(format!("{origin} includes {word:?}")))?;
    let tree = recording::read_tree(bytes).map_err(refused)?;
    Recording::from_value(tree).map_err(refused)
}

/// The same file has the same path, however it is named.
fn plain(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

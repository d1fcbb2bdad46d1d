//! The recordings that a recording includes, as they are now.

use std::collections::BTreeMap;

use ids::RecordingId;
use recording::{Format, Recording, StepKind};
use store::{Store, StoreError};

/// Reads every recording that this one includes, and theirs, by the word by which steps name them. One that is not there
/// is left for the player to report: it knows whether the step is ever reached.
pub(crate) async fn fetch(
    store: &Store,
    recording: &Recording,
) -> Result<BTreeMap<String, Recording>, StoreError> {
    let mut found = BTreeMap::new();
    let mut wanted = named_by(recording);
    while let Some(word) = wanted.pop() {
        let Ok(id) = word.parse::<RecordingId>() else {
            continue;
        };
        if found.contains_key(&word) {
            continue;
        }
        let kept = match store.recordings().get(id).await {
            Ok(kept) => kept,
            Err(StoreError::NotFound { .. }) => continue,
            Err(error) => return Err(error),
        };
        let text = store.recordings().document(id, kept.revision).await?;
        match Recording::parse(text, Format::Json) {
            Ok(inner) => {
                wanted.extend(named_by(&inner));
                found.insert(word, inner);
            }
            Err(error) => tracing::warn!(%id, %error, "an included recording cannot be read"),
        }
    }
    Ok(found)
}

fn named_by(recording: &Recording) -> Vec<String> {
    let steps = recording.steps.iter();
    steps
        .filter_map(|step| match &step.kind {
            StepKind::Include(include) => Some(include.recording.clone()),
            _ => None,
        })
        .collect()
}

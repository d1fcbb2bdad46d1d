//! The files that a recording sends: copies kept when it was made, laid out under their own names for the browser.

use std::collections::HashMap;
use std::path::Path;

use ids::ArtifactId;
use recording::{Recording, StepKind};
use replay::Files;
use store::{Store, StoreError};

use crate::error::JobError;

/// Lays out every kept file under `folder`. A file that was not kept is left for the player to report: it knows whether
/// the step is ever reached.
pub(crate) async fn fetch(
    store: &Store,
    recording: &Recording,
    folder: &Path,
) -> Result<Files, JobError> {
    let mut artifacts = HashMap::new();
    for step in &recording.steps {
        let StepKind::Upload(upload) = &step.kind else {
            continue;
        };
        for file in &upload.files {
            let Some(named) = file.artifact.as_deref() else {
                continue;
            };
            let Ok(id) = named.parse::<ArtifactId>() else {
                continue;
            };
            if artifacts.contains_key(named) {
                continue;
            }
            let artifact = match store.artifacts().get(id).await {
                Ok(artifact) => artifact,
                Err(StoreError::NotFound { .. }) => continue,
                Err(error) => return Err(error.into()),
            };
            let place = folder.join("uploads").join(id.to_string());
            // The page sees the last part of the path: the name that the person's file had.
            let name = Path::new(&file.name)
                .file_name()
                .map_or_else(|| "file".into(), ToOwned::to_owned);
            let path = place.join(name);
            tokio::fs::create_dir_all(&place)
                .await
                .map_err(|error| JobError::Retry {
                    reason: format!("a file to upload was not laid out: {error}"),
                })?;
            store.blobs().copy_to(&artifact.key, &path).await?;
            artifacts.insert(named.to_owned(), path);
        }
    }
    Ok(Files {
        folder: None,
        artifacts,
    })
}

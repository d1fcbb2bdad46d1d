//! Files that viewers send for a page's file chooser: one copy for the session, one that lasts as long as the recording.

use bytes::Bytes;
use futures_util::Stream;
use ids::SessionId;
use recording::{Recording, StepKind};
use session::SessionHandle;
use store::{ArtifactKind, NewArtifact, Owner, Store, StoreError};
use tokio_util::io::StreamReader;

use crate::app::App;
use crate::error::ApiError;
use crate::sessions;

/// Takes one file.
pub(crate) async fn keep(
    app: &App,
    session: &SessionHandle,
    name: &str,
    content: impl Stream<Item = std::io::Result<Bytes>> + Send,
) -> Result<session::Upload, ApiError> {
    let store = app.store();
    let blob = store
        .blobs()
        .put_stream(content)
        .await
        .map_err(|error| match error {
            StoreError::Blob {
                operation: "read", ..
            } => ApiError::bad_request("The form could not be read to its end."),
            other => other.into(),
        })?;
    let body = store.blobs().get(&blob.key, None).await?;
    let content = StreamReader::new(body.stream);
    let kept = session
        .folder()
        .save_upload(name, content)
        .await
        .map_err(sessions::refused)?;
    let new = NewArtifact {
        kind: ArtifactKind::Upload,
        owner: Owner::Session(session.id()),
        step_index: None,
        is_error: false,
        label: kept.name.clone(),
        blob,
    };
    store.artifacts().create(new).await?;
    Ok(kept)
}

/// Names the lasting copies in the upload steps of a recording, so that a run can send the same files.
pub(crate) async fn name_copies(
    store: &Store,
    id: SessionId,
    recording: &mut Recording,
) -> Result<(), StoreError> {
    let kept = store.artifacts().of_owner(Owner::Session(id)).await?;
    for step in &mut recording.steps {
        let StepKind::Upload(upload) = &mut step.kind else {
            continue;
        };
        for file in upload
            .files
            .iter_mut()
            .filter(|file| file.artifact.is_none())
        {
            // The newest one of that name and size: it may have been sent twice.
            let copy = kept.iter().rev().find(|artifact| {
                artifact.kind == ArtifactKind::Upload
                    && artifact.was_labelled(&file.name)
                    && file.size.is_none_or(|size| size == artifact.size)
            });
            file.artifact = copy.map(|artifact| artifact.id.to_string());
        }
    }
    Ok(())
}

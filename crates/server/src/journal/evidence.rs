//! What a page looked like when errors happened: files, and references to them in the errors' rows.

use bytes::Bytes;
use capture::Evidence;
use ids::{ArtifactId, ErrorId, SessionId};
use serde_json::{Value, json};
use store::{ArtifactKind, EvidenceRefs, NewArtifact, Owner, Store, StoreError};

pub(super) async fn keep(
    store: &Store,
    session: SessionId,
    errors: &[ErrorId],
    evidence: &Evidence,
    before: Option<Bytes>,
    after: Option<Bytes>,
) -> Result<(), StoreError> {
    // All of them were met before: the first one has its evidence.
    if errors.is_empty() {
        return Ok(());
    }
    let file = async |kind: ArtifactKind,
                      label: &str,
                      bytes: Option<Bytes>|
           -> Result<Option<ArtifactId>, StoreError> {
        let Some(bytes) = bytes else { return Ok(None) };
        let new = NewArtifact {
            kind,
            owner: Owner::Session(session),
            step_index: None,
            is_error: true,
            label: label.to_owned(),
            blob: store.blobs().put(bytes).await?,
        };
        Ok(Some(store.artifacts().create(new).await?.id))
    };
    let dom = evidence.dom.clone().map(Bytes::from);
    let before = file(ArtifactKind::Screenshot, "before", before).await?;
    let after = file(ArtifactKind::Screenshot, "after", after).await?;
    let refs = EvidenceRefs {
        screenshot: file(
            ArtifactKind::FullPage,
            "error",
            evidence.png_full_page.clone(),
        )
        .await?,
        before: before.into_iter().chain(after).collect(),
        dom: file(ArtifactKind::Dom, "dom", dom).await?,
        console: evidence
            .console
            .iter()
            .map(|entry| json!(entry))
            .collect::<Vec<Value>>(),
        network: evidence
            .network_failures
            .iter()
            .map(|failure| json!(failure))
            .collect(),
    };
    for error in errors {
        store.errors().set_evidence(*error, refs.clone()).await?;
    }
    Ok(())
}

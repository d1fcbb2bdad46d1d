//! Visual checks: the approved pictures on their way to the player, and the pictures of a check that failed.

use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use ids::{ArtifactId, RecordingId, RunId};
use replay::{BaselineKey, Baselines, Visual, VisualVerdict};
use store::{ArtifactKind, BaselineOf, Fence, NewArtifact, Owner, Store, StoreError, VisualCheck};

/// The approved pictures of one recording.
#[derive(Debug)]
pub(super) struct Album {
    store: Store,
    recording: RecordingId,
}

impl Album {
    pub(super) fn new(store: Store, recording: RecordingId) -> Self {
        Self { store, recording }
    }

    async fn read(&self, key: &BaselineKey) -> Result<Option<Bytes>, StoreError> {
        let of = BaselineOf {
            recording: self.recording,
            step_id: key.step_id.clone(),
            engine: key.engine.to_string(),
            screen: key.screen.to_string(),
        };
        match self.store.baselines().current(&of).await? {
            Some(blob) => self.store.blobs().read(&blob).await.map(Some),
            None => Ok(None),
        }
    }
}

impl Baselines for Album {
    fn find<'a>(
        &'a self,
        key: &'a BaselineKey,
    ) -> Pin<Box<dyn Future<Output = Result<Option<Bytes>, String>> + Send + 'a>> {
        Box::pin(async move { self.read(key).await.map_err(|error| error.to_string()) })
    }
}

/// Keeps the pictures of a visual check, and gives what its step tells of it.
pub(super) async fn keep(
    store: &Store,
    fence: Fence,
    run: RunId,
    step_index: u32,
    visual: Visual,
) -> Result<VisualCheck, StoreError> {
    let file = async |word: &str, png: Option<Bytes>| -> Result<Option<ArtifactId>, StoreError> {
        let Some(png) = png else { return Ok(None) };
        let new = NewArtifact {
            kind: ArtifactKind::Visual,
            owner: Owner::Run(run),
            step_index: Some(step_index),
            is_error: true,
            label: format!("step-{}-{word}", step_index + 1),
            blob: store.blobs().put(png).await?,
        };
        Ok(Some(store.artifacts().create_fenced(fence, new).await?.id))
    };
    Ok(VisualCheck {
        step_id: Some(visual.step_id),
        verdict: word(visual.verdict).to_owned(),
        engine: visual.engine.to_string(),
        screen: visual.screen.to_string(),
        width: visual.width,
        height: visual.height,
        differing_pixels: visual.differing_pixels,
        share: visual.share,
        threshold: visual.threshold,
        is_still: visual.is_still,
        expected: file("expected", visual.pictures.expected).await?,
        actual: file("actual", visual.pictures.actual).await?,
        difference: file("difference", visual.pictures.difference).await?,
    })
}

fn word(verdict: VisualVerdict) -> &'static str {
    match verdict {
        VisualVerdict::Same => "same",
        VisualVerdict::Different => "different",
        VisualVerdict::OtherSize => "other-size",
        VisualVerdict::NoBaseline => "no-baseline",
    }
}

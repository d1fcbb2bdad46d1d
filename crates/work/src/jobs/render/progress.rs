//! Writes how far a render has come: often enough to be watched, seldom enough not to slow it down.

use std::time::Duration;

use ids::RenderId;
use store::{Fence, Store};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;
use video::FramesDone;

/// Between two rows of the event log; a bar that moves four times a second looks alive.
const BETWEEN: Duration = Duration::from_millis(250);

/// Takes each frame and writes the latest.
#[derive(Debug)]
pub(super) struct Reporter {
    latest: watch::Sender<Option<FramesDone>>,
    over: CancellationToken,
    task: AbortOnDropHandle<()>,
}

impl Reporter {
    pub(super) fn start(store: Store, fence: Fence, id: RenderId) -> Self {
        let (latest, frames) = watch::channel(None);
        let over = CancellationToken::new();
        let task = tokio::spawn(write(store, fence, id, frames, over.clone()));
        Self {
            latest,
            over,
            task: AbortOnDropHandle::new(task),
        }
    }

    pub(super) fn tell(&self, frames: FramesDone) {
        self.latest.send_replace(Some(frames));
    }

    /// Ends after what is being written; the end of the render says the rest.
    pub(super) async fn finish(self) {
        self.over.cancel();
        if let Err(error) = self.task.await {
            tracing::error!(error = %error, "what wrote the progress of a render broke off");
        }
    }
}

async fn write(
    store: Store,
    fence: Fence,
    id: RenderId,
    mut frames: watch::Receiver<Option<FramesDone>>,
    over: CancellationToken,
) {
    loop {
        tokio::select! {
            () = over.cancelled() => return,
            changed = frames.changed() => if changed.is_err() { return },
        }
        let latest = *frames.borrow_and_update();
        if let Some(FramesDone { done, of }) = latest
            && let Err(error) = store.renders().progress(fence, id, done, of).await
        {
            // The render itself finds out by its next write whether it may go on.
            tracing::warn!(render = %id, error = %error, "the progress of a render was not kept");
        }
        tokio::select! {
            () = over.cancelled() => return,
            () = tokio::time::sleep(BETWEEN) => {}
        }
    }
}

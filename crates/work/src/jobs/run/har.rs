//! The requests of a whole run, all tabs together, as one HAR.

use browser::{Context, ContextEvent, Page};
use bytes::Bytes;
use capture::PageTaps;
use ids::RunId;
use store::{ArtifactKind, Fence, NewArtifact, Owner, Store, StoreError};
use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::{CancellationToken, DropGuard};

/// Listens to all tabs of a context.
pub(super) struct Tape {
    taps: PageTaps,
    _stop: DropGuard,
}

impl Tape {
    pub(super) fn start(context: &Context) -> Self {
        let (taps, stop) = (PageTaps::default(), CancellationToken::new());
        let mut events = context.events();
        for page in context.pages() {
            listen(page, taps.clone(), stop.clone());
        }
        let (all, quit) = (taps.clone(), stop.clone());
        tokio::spawn(quit.clone().run_until_cancelled_owned(async move {
            loop {
                match events.recv().await {
                    Ok(ContextEvent::PageOpened { page, .. }) => {
                        listen(page, all.clone(), quit.clone())
                    }
                    Ok(_) | Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return,
                }
            }
        }));
        Self {
            taps,
            _stop: stop.drop_guard(),
        }
    }

    /// The log so far; nothing is listened to any more.
    pub(super) fn stop(self, browser: (&str, &str)) -> String {
        self.taps.har(browser).to_json()
    }
}

fn listen(page: Page, taps: PageTaps, stop: CancellationToken) {
    let mut events = page.events();
    tokio::spawn(stop.run_until_cancelled_owned(async move {
        loop {
            match events.recv().await {
                Ok(browser::PageEvent::Closed) | Err(RecvError::Closed) => return,
                Ok(event) => drop(taps.observe(&event)),
                Err(RecvError::Lagged(missed)) => {
                    tracing::warn!(missed, "the HAR of a run misses some requests")
                }
            }
        }
    }));
}

/// Keeps the log as a file of the run.
pub(super) async fn keep(
    store: &Store,
    fence: Fence,
    run: RunId,
    har: String,
) -> Result<(), StoreError> {
    let new = NewArtifact {
        kind: ArtifactKind::Har,
        owner: Owner::Run(run),
        step_index: None,
        is_error: false,
        label: "requests.har".to_owned(),
        blob: store.blobs().put(Bytes::from(har)).await?,
    };
    store.artifacts().create_fenced(fence, new).await.map(drop)
}

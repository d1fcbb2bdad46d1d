//! Writes how far a film has come, in the order in which it happened.

use std::time::Duration;

use ids::FilmId;
use store::{Fence, Store, StoreError};
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio_util::task::AbortOnDropHandle;
use video::FilmEvent;

/// Events that may wait for the store. A step takes a good part of a second and a preview comes once a second; when the
/// store is slower than that, what does not fit is not written and is counted.
const WAITING: usize = 64;

/// Takes what happens and writes it.
#[derive(Debug)]
pub(super) struct Reporter {
    events: Sender<FilmEvent>,
    task: AbortOnDropHandle<()>,
}

impl Reporter {
    pub(super) fn start(store: Store, fence: Fence, id: FilmId) -> Self {
        let (events, told) = mpsc::channel(WAITING);
        let task = tokio::spawn(write(store, fence, id, told));
        Self {
            events,
            task: AbortOnDropHandle::new(task),
        }
    }

    /// What the film tells goes here.
    pub(super) fn teller(&self) -> impl Fn(FilmEvent) + Send + Sync + 'static {
        let events = self.events.clone();
        move |event| {
            if events.try_send(event).is_err() {
                tracing::warn!("the store is too slow to write how far a film has come");
            }
        }
    }

    /// Ends after what was told is written; the film has dropped its teller by now.
    pub(super) async fn finish(self) {
        drop(self.events);
        if let Err(error) = self.task.await {
            tracing::error!(error = %error, "what wrote the progress of a film broke off");
        }
    }
}

async fn write(store: Store, fence: Fence, id: FilmId, mut told: Receiver<FilmEvent>) {
    while let Some(event) = told.recv().await {
        if let Err(error) = one(&store, fence, id, event).await {
            // The film itself finds out by its end whether it may go on.
            tracing::warn!(film = %id, error = %error, "the progress of a film was not kept");
        }
    }
}

async fn one(store: &Store, fence: Fence, id: FilmId, event: FilmEvent) -> Result<(), StoreError> {
    let films = store.films();
    match event {
        FilmEvent::Preparing
        | FilmEvent::Rolling
        | FilmEvent::Finishing
        | FilmEvent::Footage { .. } => Ok(()),
        FilmEvent::Step {
            number, of, what, ..
        } => {
            let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
            let steps = (count(number.saturating_sub(1)), of.map_or(0, count));
            films.step(fence, id, steps, &what).await
        }
        FilmEvent::Preview { picture, at } => {
            films.preview(fence, id, &picture, milliseconds(at)).await
        }
        FilmEvent::Wrapped { duration } => films.finishing(fence, id, milliseconds(duration)).await,
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

//! What a page is waiting for from the network. While it does, the film's time stands still: how fast a server answers is not
//! to be seen.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use browser::{Page, PageEvent, Progress, RequestId};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};

use crate::film::error::FilmError;

/// A request holds the film's time for so long, in real time. What takes longer is a stream, or nothing that is worth it.
const PATIENCE: Duration = Duration::from_secs(5);

/// Kinds of request that are meant to stay open, or whose answer nobody waits for.
const OPEN: [&str; 4] = ["WebSocket", "EventSource", "Ping", "Media"];

/// Requests that are under way.
pub(super) struct Traffic {
    events: Receiver<PageEvent>,
    under_way: HashMap<RequestId, Instant>,
}

impl Traffic {
    pub(super) fn of(page: &Page) -> Self {
        Self {
            events: page.events(),
            under_way: HashMap::new(),
        }
    }

    /// Waits until nothing is under way that time waits for. Says whether there was anything.
    pub(super) async fn settle(&mut self, progress: &Progress) -> Result<bool, FilmError> {
        const DOING: &str = "waiting for the network";
        let mut has_waited = false;
        loop {
            self.take_in();
            let Some(since) = self.under_way.values().min().copied() else {
                return Ok(has_waited);
            };
            has_waited = true;
            let patience = PATIENCE.saturating_sub(since.elapsed());
            let next = tokio::time::timeout(patience, self.events.recv());
            let next = progress
                .race(DOING, next)
                .await
                .map_err(|why| FilmError::browser(DOING, why.into()))?;
            match next {
                Ok(Ok(event)) => self.note(event),
                // What was missed may be anything: nothing is waited for that is not known to be under way.
                Ok(Err(RecvError::Lagged(_))) => self.under_way.clear(),
                Ok(Err(RecvError::Closed)) => return Ok(false),
                Err(_) => self.under_way.retain(|_, begun| begun.elapsed() < PATIENCE),
            }
        }
    }

    fn take_in(&mut self) {
        loop {
            match self.events.try_recv() {
                Ok(event) => self.note(event),
                Err(TryRecvError::Lagged(_)) => self.under_way.clear(),
                Err(TryRecvError::Empty | TryRecvError::Closed) => return,
            }
        }
    }

    fn note(&mut self, event: PageEvent) {
        match event {
            PageEvent::Request(request) if !OPEN.contains(&&*request.resource_type) => {
                self.under_way.insert(request.id.clone(), Instant::now());
            }
            PageEvent::RequestFinished(finished) => {
                self.under_way.remove(&finished.id);
            }
            PageEvent::RequestFailed(failed) => {
                self.under_way.remove(&failed.id);
            }
            _ => {}
        }
    }
}

//! Wake-ups between writers and readers of one process.
//!
//! The hub says only *that* there is more; readers take it from the database. So nothing is lost when a reader is slow,
//! and writers in other processes are found by polling.

use std::sync::Arc;

use tokio::sync::futures::Notified;
use tokio::sync::{Notify, broadcast};
use uuid::Uuid;

use crate::Subject;

/// More wake-ups than this behind, a reader is told that it lagged; it reads the database then, as it would anyway.
const CAPACITY: usize = 256;

#[derive(Clone, Debug)]
pub(crate) struct EventHub {
    appended: broadcast::Sender<(Subject, Uuid)>,
    queued: Arc<Notify>,
    scheduled: Arc<Notify>,
}

impl EventHub {
    pub(crate) fn new() -> Self {
        Self {
            appended: broadcast::Sender::new(CAPACITY),
            queued: Arc::new(Notify::new()),
            scheduled: Arc::new(Notify::new()),
        }
    }

    pub(crate) fn subscribe(&self) -> broadcast::Receiver<(Subject, Uuid)> {
        self.appended.subscribe()
    }

    pub(crate) fn announce_event(&self, subject: Subject, id: Uuid) {
        // Nobody listens when nobody watches: that is fine.
        let _ = self.appended.send((subject, id));
    }

    pub(crate) fn announce_job(&self) {
        self.queued.notify_waiters();
    }

    pub(crate) fn job_queued(&self) -> Notified<'_> {
        self.queued.notified()
    }

    pub(crate) fn announce_schedule(&self) {
        self.scheduled.notify_waiters();
    }

    pub(crate) fn schedule_changed(&self) -> Notified<'_> {
        self.scheduled.notified()
    }
}

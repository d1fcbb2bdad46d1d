//! The jobs that this process performs right now, so that cancelling one of them need not wait for a heartbeat.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ids::JobId;

use crate::stop::{Stop, StopReason};

/// The jobs that this process performs right now. Clones are handles on the same list.
#[derive(Clone, Debug, Default)]
pub struct Running {
    jobs: Arc<Mutex<HashMap<JobId, Stop>>>,
}

impl Running {
    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.jobs().len()
    }

    /// Cancels a job when it is performed here; its worker elsewhere hears of it with the next heartbeat.
    pub fn cancel(&self, job: JobId) {
        if let Some(stop) = self.jobs().get(&job) {
            stop.stop(StopReason::Cancelled);
        }
    }

    pub(crate) fn stop_all(&self, reason: StopReason) {
        for stop in self.jobs().values() {
            stop.stop(reason);
        }
    }

    pub(crate) fn enter(&self, job: JobId, stop: Stop) -> Entry {
        self.jobs().insert(job, stop);
        Entry {
            running: self.clone(),
            job,
        }
    }

    fn jobs(&self) -> MutexGuard<'_, HashMap<JobId, Stop>> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A job's place in the list; it leaves when this is dropped.
#[derive(Debug)]
pub(crate) struct Entry {
    running: Running,
    job: JobId,
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.running.jobs().remove(&self.job);
    }
}

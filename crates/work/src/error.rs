//! Why an attempt at a job ended without the job being over.

use store::StoreError;

/// Why an attempt at a job ended without the job being over.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// Another attempt may succeed: the job goes back to the queue with a backoff, until its attempts are used up.
    #[error("{reason}")]
    Retry {
        /// One sentence for people; it ends up in the job and in the run.
        reason: String,
    },
    /// The job belongs to another worker by now.
    #[error("the lease was lost while the job was performed")]
    LeaseLost,
    /// The store failed; whether anything was kept is not known.
    #[error("the store failed while the job was performed")]
    Store(#[source] StoreError),
}

impl From<StoreError> for JobError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::LeaseLost => Self::LeaseLost,
            other => Self::Store(other),
        }
    }
}

/// Stands in what ended because the data folder has no room.
pub(crate) const DISK_FULL: &str = "the disk of the data folder is full: make room on it, or let films and renders go by themselves (--films-room, --renders-room), then ask for this again";

/// Stands before what a full disk for temporary files made fail.
pub(crate) const NO_ROOM_TO_WORK: &str = "the disk for temporary files is full: make room on it, or name a folder on another one (TMPDIR), then ask for this again";

/// The code of both.
pub(crate) const FULL: &str = "disk-full";

/// The code of what was given up: for some reasons there is one of their own.
pub(crate) fn code_of(reason: &str, usual: &'static str) -> &'static str {
    match reason {
        store::WORKER_LOST => "worker-lost",
        DISK_FULL => FULL,
        _ => usual,
    }
}

/// An error with what caused it, on one line.
#[must_use]
pub fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

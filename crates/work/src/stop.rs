//! Why a job should stop, told once to whoever performs it.

use std::sync::{Arc, OnceLock};

use tokio_util::sync::CancellationToken;

/// Why a job should stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopReason {
    /// Somebody cancelled it: end it and say so.
    Cancelled,
    /// The worker is asked to stop: give the job back.
    ShuttingDown,
    /// Another worker has it: touch nothing any more.
    LeaseLost,
}

/// Tells a job to stop; the first reason counts.
#[derive(Clone, Debug, Default)]
pub struct Stop {
    token: CancellationToken,
    reason: Arc<OnceLock<StopReason>>,
}

impl Stop {
    /// Tells the job to stop.
    pub fn stop(&self, reason: StopReason) {
        // A second reason changes nothing: the job is stopping already.
        let _ = self.reason.set(reason);
        self.token.cancel();
    }

    /// Why the job should stop, once it should.
    #[must_use]
    pub fn reason(&self) -> Option<StopReason> {
        self.reason.get().copied()
    }

    /// Fires when the job should stop.
    #[must_use]
    pub fn token(&self) -> &CancellationToken {
        &self.token
    }
}

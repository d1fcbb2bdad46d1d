//! Every operation's first parameter: when it must be done, who may cancel it, and what it did so far.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

/// A call log longer than this loses its oldest lines, so that a long-lived `Progress` stays small.
const LOG_LINES: usize = 200;

/// Deadline, cancellation and call log of one operation. Cheap to clone; clones share the cancellation and the log.
#[derive(Debug, Clone)]
pub struct Progress {
    deadline: Instant,
    cancel: CancellationToken,
    log: Arc<Mutex<Vec<String>>>,
}

/// Why an operation ended before it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Interrupted {
    /// The deadline passed.
    #[error("timed out while {what}")]
    DeadlineExceeded {
        /// What was being done, as a participle phrase: "waiting for the page to load".
        what: &'static str,
    },
    /// Somebody cancelled the operation.
    #[error("cancelled while {what}")]
    Cancelled {
        /// What was being done, as a participle phrase.
        what: &'static str,
    },
}

impl Progress {
    /// An operation that must be done within `timeout` from now and that nobody else cancels.
    pub fn with_timeout(timeout: Duration) -> Self {
        Self::with_deadline(Instant::now() + timeout, CancellationToken::new())
    }

    /// An operation that must be done at `deadline` and ends early when `cancel` is cancelled.
    pub fn with_deadline(deadline: Instant, cancel: CancellationToken) -> Self {
        Self {
            deadline,
            cancel,
            log: Arc::default(),
        }
    }

    /// The token that cancels this operation.
    pub fn cancel_token(&self) -> &CancellationToken {
        &self.cancel
    }

    /// When the operation must be done.
    pub fn deadline(&self) -> Instant {
        self.deadline
    }

    /// The time left; zero when the deadline has passed.
    pub fn remaining(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }

    /// The same operation with a deadline at most `limit` from now; cancellation and log stay shared.
    pub fn within(&self, limit: Duration) -> Self {
        let deadline = self.deadline.min(Instant::now() + limit);
        Self {
            deadline,
            ..self.clone()
        }
    }

    /// Adds a line to the call log, which ends up in the error that a person reads.
    pub fn log(&self, line: impl Into<String>) {
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        if log.len() == LOG_LINES {
            log.remove(0);
        }
        log.push(line.into());
    }

    /// The lines logged so far, oldest first.
    pub fn call_log(&self) -> Vec<String> {
        self.log
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Runs `future` until it is done, the deadline passes or the operation is cancelled.
    pub async fn race<T>(
        &self,
        what: &'static str,
        future: impl Future<Output = T>,
    ) -> Result<T, Interrupted> {
        tokio::select! {
            biased;
            value = future => Ok(value),
            () = self.cancel.cancelled() => Err(Interrupted::Cancelled { what }),
            () = tokio::time::sleep_until(self.deadline.into()) => Err(Interrupted::DeadlineExceeded { what }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_race_ends_at_the_deadline() {
        let progress = Progress::with_timeout(Duration::from_millis(5));
        let ended = progress.race("waiting", std::future::pending::<()>()).await;
        assert_eq!(
            ended,
            Err(Interrupted::DeadlineExceeded { what: "waiting" })
        );
    }

    #[tokio::test]
    async fn a_cancelled_operation_ends_at_once_and_its_parts_with_it() {
        let progress = Progress::with_timeout(Duration::from_secs(60));
        let part = progress.within(Duration::from_secs(30));
        progress.cancel_token().cancel();
        let ended = part.race("waiting", std::future::pending::<()>()).await;
        assert_eq!(ended, Err(Interrupted::Cancelled { what: "waiting" }));
    }

    #[test]
    fn a_part_never_outlasts_the_whole_and_shares_its_log() {
        let progress = Progress::with_timeout(Duration::from_secs(1));
        let part = progress.within(Duration::from_secs(5));
        assert_eq!(part.deadline(), progress.deadline());
        part.log("located the button");
        assert_eq!(progress.call_log(), ["located the button"]);
    }

    #[test]
    fn the_call_log_keeps_the_newest_lines() {
        let progress = Progress::with_timeout(Duration::from_secs(1));
        for i in 0..LOG_LINES + 5 {
            progress.log(i.to_string());
        }
        let log = progress.call_log();
        assert_eq!((log.len(), log[0].as_str()), (LOG_LINES, "5"));
    }
}

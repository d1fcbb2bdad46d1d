//! A queue on a data folder of its own, and a handler that does what the test says.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use ids::JobId;
use serde_json::json;
use store::{JobState, LostJob, NewJob, Store, StoreError, Time};
use tempfile::TempDir;
use tokio::sync::{Notify, mpsc};
use work::{Backoff, Handler, HeldJob, JobError, JobFuture, LeaseTimes, StopReason, WorkerOptions};

/// What the probe saw.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    Performed { job: JobId, attempt: u32 },
    Stopped(StopReason),
    Retried(String),
    GaveUp(String),
    Lost(JobId),
}

/// What the probe does with a job.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Does {
    Finishes,
    Fails,
    FindsNoRoom,
    CannotKeep,
    WaitsToBeStopped,
}

pub(crate) struct Probe {
    store: Store,
    does: Does,
    seen: mpsc::UnboundedSender<Seen>,
    pub(crate) at_once: AtomicUsize,
    pub(crate) most_at_once: AtomicUsize,
    /// Performing waits for this when it is set.
    pub(crate) gate: Option<Arc<Notify>>,
}

impl Probe {
    pub(crate) fn new(store: &Store, does: Does) -> (Arc<Self>, mpsc::UnboundedReceiver<Seen>) {
        let (seen, receiver) = mpsc::unbounded_channel();
        let (at_once, most_at_once) = (AtomicUsize::new(0), AtomicUsize::new(0));
        (
            Arc::new(Self {
                store: store.clone(),
                does,
                seen,
                at_once,
                most_at_once,
                gate: None,
            }),
            receiver,
        )
    }

    fn saw(&self, seen: Seen) {
        // A test that has seen enough has dropped its end.
        let _ = self.seen.send(seen);
    }

    async fn act(&self, job: &HeldJob) -> Result<(), JobError> {
        self.saw(Seen::Performed {
            job: job.claimed.fence.job(),
            attempt: job.claimed.attempt,
        });
        match self.does {
            Does::Finishes => {
                if let Some(gate) = &self.gate {
                    gate.notified().await;
                }
                tokio::task::yield_now().await;
                Ok(self
                    .store
                    .jobs()
                    .finish(job.claimed.fence, JobState::Done, None)
                    .await?)
            }
            Does::Fails => Err(JobError::Retry {
                reason: "no browser".to_owned(),
            }),
            Does::FindsNoRoom => Err(not_kept(NO_SPACE)),
            Does::CannotKeep => Err(not_kept(NO_SUCH_DEVICE)),
            Does::WaitsToBeStopped => {
                job.stop.token().cancelled().await;
                let reason = job.stop.reason().unwrap();
                self.saw(Seen::Stopped(reason));
                match reason {
                    StopReason::Cancelled => Ok(self
                        .store
                        .jobs()
                        .finish(job.claimed.fence, JobState::Cancelled, None)
                        .await?),
                    StopReason::ShuttingDown => Ok(self
                        .store
                        .jobs()
                        .retry_at(job.claimed.fence, Time::now(), "shutdown")
                        .await?),
                    StopReason::LeaseLost => Err(JobError::LeaseLost),
                }
            }
        }
    }
}

/// ENOSPC.
const NO_SPACE: i32 = 28;
/// ENXIO.
const NO_SUCH_DEVICE: i32 = 6;

/// What the store says when the operating system refuses a file, wrapped as object stores wrap it.
fn not_kept(code: i32) -> JobError {
    let refused = std::io::Error::from_raw_os_error(code);
    JobError::Store(StoreError::Blob {
        operation: "write",
        source: Box::new(std::io::Error::other(refused)),
    })
}

impl Handler for Probe {
    fn kind(&self) -> &'static str {
        "probe"
    }

    fn perform<'a>(&'a self, job: &'a HeldJob) -> JobFuture<'a> {
        Box::pin(async move {
            let now = self.at_once.fetch_add(1, Ordering::SeqCst) + 1;
            self.most_at_once.fetch_max(now, Ordering::SeqCst);
            let done = self.act(job).await;
            self.at_once.fetch_sub(1, Ordering::SeqCst);
            done
        })
    }

    fn retry<'a>(&'a self, job: &'a HeldJob, at: Time, reason: &'a str) -> JobFuture<'a> {
        Box::pin(async move {
            self.store
                .jobs()
                .retry_at(job.claimed.fence, at, reason)
                .await?;
            self.saw(Seen::Retried(reason.to_owned()));
            Ok(())
        })
    }

    fn give_up<'a>(&'a self, job: &'a HeldJob, reason: &'a str) -> JobFuture<'a> {
        Box::pin(async move {
            self.store
                .jobs()
                .finish(job.claimed.fence, JobState::Dead, Some(reason))
                .await?;
            self.saw(Seen::GaveUp(reason.to_owned()));
            Ok(())
        })
    }

    fn lost<'a>(&'a self, job: &'a LostJob) -> JobFuture<'a> {
        Box::pin(async move {
            self.saw(Seen::Lost(job.id));
            Ok(())
        })
    }
}

pub(crate) struct Folder {
    pub(crate) store: Store,
    pub(crate) dir: TempDir,
}

pub(crate) async fn folder() -> Folder {
    let dir = tempfile::tempdir().unwrap();
    Folder {
        store: Store::open(dir.path()).await.unwrap(),
        dir,
    }
}

pub(crate) fn job(max_attempts: u32) -> NewJob {
    NewJob {
        queue: "q".to_owned(),
        kind: "probe".to_owned(),
        payload: json!({}),
        priority: 0,
        run_at: Time::now(),
        max_attempts,
        dedupe_key: None,
    }
}

/// A worker in a hurry, so that tests need not wait.
pub(crate) fn options(name: &str, concurrency: usize) -> WorkerOptions {
    WorkerOptions {
        times: LeaseTimes {
            lease: Duration::from_millis(600),
            beat: Duration::from_millis(200),
        },
        poll: Duration::from_millis(50),
        backoff: Backoff {
            base: Duration::from_millis(20),
            cap: Duration::from_millis(100),
        },
        ..WorkerOptions::new(name, "q", concurrency)
    }
}

pub(crate) async fn next(seen: &mut mpsc::UnboundedReceiver<Seen>) -> Seen {
    tokio::time::timeout(Duration::from_secs(10), seen.recv())
        .await
        .unwrap()
        .unwrap()
}

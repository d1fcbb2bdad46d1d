//! The loop that takes jobs from the queue and performs them, so many at once.

use std::sync::Arc;
use std::time::{Duration, Instant};

use store::{ClaimedJob, Store, StoreError, Time};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::Instrument;

use crate::backoff::Backoff;
use crate::error::{DISK_FULL, JobError, chain};
use crate::job::{Handler, HeldJob};
use crate::lease::{LeaseKeeper, LeaseTimes};
use crate::metrics;
use crate::reaper;
use crate::running::Running;
use crate::stop::{Stop, StopReason};

/// How a worker works.
#[derive(Clone, Debug)]
pub struct WorkerOptions {
    /// Names the worker in the rows that it holds.
    pub name: String,
    /// The queue that it serves.
    pub queue: String,
    /// How many jobs it performs at once; 0 performs none and only watches over lost ones.
    pub concurrency: usize,
    /// How long a lease lasts.
    pub times: LeaseTimes,
    /// How often it looks for jobs that another process queued.
    pub poll: Duration,
    /// How long failed jobs wait.
    pub backoff: Backoff,
}

impl WorkerOptions {
    /// A worker of the usual patience.
    #[must_use]
    pub fn new(name: impl Into<String>, queue: impl Into<String>, concurrency: usize) -> Self {
        Self {
            name: name.into(),
            queue: queue.into(),
            concurrency,
            times: LeaseTimes::default(),
            poll: Duration::from_secs(1),
            backoff: Backoff::default(),
        }
    }
}

/// A worker at work. Dropping it leaves its jobs to their leases; [`Worker::shutdown`] gives them back.
#[derive(Debug)]
pub struct Worker {
    running: Running,
    quit: CancellationToken,
    tasks: TaskTracker,
}

struct Shared {
    store: Store,
    handlers: Vec<Arc<dyn Handler>>,
    options: WorkerOptions,
    running: Running,
    tasks: TaskTracker,
}

impl Worker {
    /// Starts to take jobs.
    #[must_use]
    pub fn start(store: Store, handlers: Vec<Arc<dyn Handler>>, options: WorkerOptions) -> Self {
        let running = Running::default();
        let quit = CancellationToken::new();
        let tasks = TaskTracker::new();
        tasks.spawn(reaper::watch(
            store.clone(),
            handlers.clone(),
            options.clone(),
            quit.clone(),
        ));
        let worker = Self {
            running,
            quit,
            tasks,
        };
        worker.serve(store, handlers, options);
        worker
    }

    /// Serves another queue too, with places of its own. Lost jobs of all queues are watched over already.
    pub fn serve(&self, store: Store, handlers: Vec<Arc<dyn Handler>>, options: WorkerOptions) {
        if options.concurrency == 0 {
            return;
        }
        let shared = Shared {
            store,
            handlers,
            options,
            running: self.running.clone(),
            tasks: self.tasks.clone(),
        };
        self.tasks
            .spawn(Arc::new(shared).take_jobs(self.quit.clone()));
    }

    /// The jobs that it performs right now.
    #[must_use]
    pub fn running(&self) -> &Running {
        &self.running
    }

    /// Takes no more jobs, gives those that it holds back to the queue, and waits until that is done.
    pub async fn shutdown(self) {
        self.quit.cancel();
        self.running.stop_all(StopReason::ShuttingDown);
        self.tasks.close();
        self.tasks.wait().await;
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.quit.cancel();
    }
}

impl Shared {
    async fn take_jobs(self: Arc<Self>, quit: CancellationToken) {
        let places = Arc::new(Semaphore::new(self.options.concurrency));
        loop {
            let place = tokio::select! {
                () = quit.cancelled() => return,
                place = Arc::clone(&places).acquire_owned() => place,
            };
            let Ok(place) = place else { return };
            // Registered before the query: a job queued after it wakes us, and none is slept over.
            let queued = self.store.job_queued();
            let mut queued = std::pin::pin!(queued);
            queued.as_mut().enable();
            match self.claim().await {
                Ok(Ok(job)) => self.spawn(job, place),
                Ok(Err(wait)) => {
                    drop(place);
                    tokio::select! {
                        () = quit.cancelled() => return,
                        () = queued => {}
                        () = tokio::time::sleep(wait) => {}
                    }
                }
                Err(error) => {
                    tracing::error!(error = %error, "the queue could not be read");
                    drop(place);
                    tokio::select! {
                        () = quit.cancelled() => return,
                        () = tokio::time::sleep(self.options.poll) => {}
                    }
                }
            }
        }
    }

    /// A job, or how long to wait for one. Looks without the write lock first: an idle worker writes nothing.
    async fn claim(&self) -> Result<Result<ClaimedJob, Duration>, StoreError> {
        let options = &self.options;
        let due = self.store.jobs().next_due(&options.queue).await?;
        let wait = due.map_or(options.poll, |due| due.since(Time::now()).min(options.poll));
        if due.is_none() || !wait.is_zero() {
            return Ok(Err(wait));
        }
        let claimed = self
            .store
            .jobs()
            .claim(&options.queue, &options.name, options.times.lease)
            .await?;
        // Somebody was quicker: look again at once.
        Ok(claimed.ok_or(Duration::ZERO))
    }

    fn spawn(self: &Arc<Self>, job: ClaimedJob, place: OwnedSemaphorePermit) {
        let shared = Arc::clone(self);
        let span = tracing::info_span!("job", id = %job.fence.job(), kind = job.kind, attempt = job.attempt);
        self.tasks.spawn(
            async move {
                shared.perform(job).await;
                drop(place);
            }
            .instrument(span),
        );
    }

    async fn perform(&self, claimed: ClaimedJob) {
        let stop = Stop::default();
        let _entry = self.running.enter(claimed.fence.job(), stop.clone());
        let _keeper = LeaseKeeper::start(
            self.store.clone(),
            claimed.fence,
            self.options.times,
            stop.clone(),
        );
        if claimed.cancel_requested {
            stop.stop(StopReason::Cancelled);
        }
        let job = HeldJob { claimed, stop };
        let Some(handler) = self
            .handlers
            .iter()
            .find(|handler| handler.kind() == job.claimed.kind)
        else {
            return self.refuse(&job).await;
        };
        let begun = Instant::now();
        let (outcome, ended) = self.attempt(handler.as_ref(), &job).await;
        let outcome = match &ended {
            Ok(()) => outcome,
            Err(JobError::LeaseLost) => "lost",
            Err(_) => "broken",
        };
        metrics::attempt(handler.kind(), outcome, begun.elapsed());
        if let Err(error) = ended {
            match error {
                JobError::LeaseLost => tracing::warn!("the job went to another worker"),
                error => {
                    tracing::error!(error = %error, "a job could not be ended; its lease will run out")
                }
            }
        }
    }

    /// Performs it once; the word is for metrics.
    async fn attempt(
        &self,
        handler: &dyn Handler,
        job: &HeldJob,
    ) -> (&'static str, Result<(), JobError>) {
        let (attempt, most) = (job.claimed.attempt, job.claimed.max_attempts);
        if attempt > most {
            let reason = job
                .claimed
                .last_error
                .as_deref()
                .unwrap_or("no attempt is left");
            return ("given-up", handler.give_up(job, reason).await);
        }
        let performed = match handler.perform(job).await {
            // What was made has no place to go, and making it again costs as much as it did.
            Err(JobError::Store(error)) if error.is_full() => {
                tracing::error!(
                    reason = chain(&error),
                    "the disk of the data folder is full"
                );
                return ("given-up", handler.give_up(job, DISK_FULL).await);
            }
            // The job is still ours: left to its lease it would tell of a lost worker, and not of the store.
            Err(JobError::Store(error)) => Err(JobError::Retry {
                reason: chain(&error),
            }),
            other => other,
        };
        match performed {
            Err(JobError::Retry { reason }) if attempt < most => {
                let at = Time::now().plus(self.options.backoff.after(attempt));
                tracing::warn!(reason, "an attempt at a job failed; it will be tried again");
                ("retried", handler.retry(job, at, &reason).await)
            }
            Err(JobError::Retry { reason }) => ("given-up", handler.give_up(job, &reason).await),
            other => ("ended", other),
        }
    }

    /// A job of a kind that this version does not know stays visible instead of going round and round.
    async fn refuse(&self, job: &HeldJob) {
        let reason = format!("this version knows no job of kind “{}”", job.claimed.kind);
        tracing::error!(reason, "a job was given up");
        let ended = self
            .store
            .jobs()
            .finish(job.claimed.fence, store::JobState::Dead, Some(&reason))
            .await;
        if let Err(error) = ended {
            tracing::error!(error = %error, "a job could not be given up");
        }
    }
}

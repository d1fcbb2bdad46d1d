//! Renders code to a picture or a film: the job kind `render`.
//!
//! The row of the render and its events are written as it goes, under the job's fence; a worker that lost its lease can
//! write nothing any more. A render that was broken off is begun again from its first frame: the same job gives the same
//! bytes, so nothing of the first attempt is missed.

mod deliver;
mod door;
mod failure;
mod make;
mod progress;
mod told;

use std::fmt;
use std::time::{Duration, Instant};

use browser::Progress;
use delivery::{DeliverError, Delivery};
use egress::EgressPolicy;
use ids::RenderId;
use store::{
    Fence, JobState, Render, RenderDone, RenderEnd, RenderFailure, Renders, Store, StoreError, Time,
};
use video::{RenderError, RendererPool, Source};

use crate::error::{JobError, chain, code_of};
use crate::job::{Handler, HeldJob, JobFuture};
use crate::metrics;
use crate::stop::StopReason;
use door::Door;
use make::Making;

/// Stands in the render's log when its worker was asked to stop.
const WORKER_STOPPED: &str =
    "the worker was stopped; the render will be done again from its first frame";

/// Longer than any job may take; the job's own limit counts.
const NEVER: Duration = Duration::from_secs(2 * 3600);

/// Renders code, and pages by their addresses.
pub struct RenderJob {
    store: Store,
    renderers: RendererPool,
    delivery: Option<Delivery>,
    door: Door,
    usual_limit: Duration,
}

impl fmt::Debug for RenderJob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RenderJob").finish_non_exhaustive()
    }
}

impl RenderJob {
    /// Renders with these renderers and keeps what they make in the store. Pages by their addresses reach the public Internet.
    #[must_use]
    pub fn new(store: Store, renderers: RendererPool, delivery: Option<Delivery>) -> Self {
        Self {
            store,
            renderers,
            delivery,
            door: Door::default(),
            usual_limit: video::USUAL_TIME_LIMIT,
        }
    }

    /// The same, with pages by their addresses that reach what the policy lets them reach.
    #[must_use]
    pub fn through(mut self, egress: EgressPolicy) -> Self {
        self.door.egress = egress;
        self
    }

    /// The same, with a time limit for jobs that name none.
    #[must_use]
    pub fn within(mut self, usual: Duration) -> Self {
        self.usual_limit = usual;
        self
    }

    /// The same, with a server in another process that such pages may not talk to. Its port is asked for when a render begins.
    #[must_use]
    pub fn beside(mut self, port: impl Fn() -> Option<u16> + Send + Sync + 'static) -> Self {
        self.door.server = Box::new(port);
        self
    }

    async fn attempt(&self, job: &HeldJob) -> Result<(), JobError> {
        let fence = job.claimed.fence;
        let Some(id) = Renders::id_in_job(&job.claimed.kind, &job.claimed.payload) else {
            let reason = Some("the job names no render");
            return self.close(fence, JobState::Dead, reason).await;
        };
        let render = match self.store.renders().get(id).await {
            Ok(render) if render.status.is_final() => {
                return self.close(fence, JobState::Done, None).await;
            }
            Ok(render) => render,
            Err(StoreError::NotFound { .. }) => {
                let reason = Some("the render was deleted");
                return self.close(fence, JobState::Cancelled, reason).await;
            }
            Err(error) => return Err(error.into()),
        };
        if job.stop.reason() == Some(StopReason::Cancelled) {
            return self.end(fence, id, RenderEnd::Cancelled).await;
        }
        if RenderDone::kept(&render).is_none() {
            self.store.renders().begin(fence, id).await?;
            tracing::info!(render = %id, name = render.name, "a render begins");
        }
        let begun = Instant::now();
        let done = match self.produce(job, &render).await {
            Ok(done) => self.end(fence, id, RenderEnd::Done(Box::new(done))).await,
            Err(error) => self.not_made(job, id, error).await,
        };
        // What is tried again the worker itself tells.
        if done.is_ok() {
            told::ended(&self.store, id, begun.elapsed()).await;
        }
        done
    }

    /// Makes the output, or takes what was made before, and brings it to its place.
    async fn produce(&self, job: &HeldJob, render: &Render) -> Result<RenderDone, NotMade> {
        let renders = self.store.renders();
        let document = self.store.blobs().read(&render.document_key).await;
        let document = document.map_err(NotMade::Store)?;
        let wanted = video::RenderJob::parse_within(&document, self.usual_limit);
        let wanted = wanted.map_err(NotMade::Job)?;
        let mut done = match RenderDone::kept(render) {
            // It is there to be brought to its place, which this worker does not know.
            Some(_) if self.delivery.is_none() => {
                let reason = "this worker has no place to bring outputs to: set PROSCENIUM_STORAGE and PROSCENIUM_CDN_URL, as where it was drawn";
                return Err(NotMade::Machine(reason.to_owned()));
            }
            Some(kept) => kept,
            None => {
                let earlier = renders.made_before(&render.content_key).await;
                match earlier.map_err(NotMade::Store)? {
                    Some(earlier) => RenderDone::again(earlier),
                    None => self.make(job, render, &wanted).await?,
                }
            }
        };
        if let Some(delivery) = &self.delivery {
            let begun = renders
                .delivering(job.claimed.fence, render.id, &done)
                .await;
            begun.map_err(NotMade::Store)?;
            let cancel = job.stop.token();
            let name = &render.name;
            deliver::deliver(&self.store, delivery, cancel, &wanted, name, &mut done).await?;
        }
        Ok(done)
    }

    /// Draws the frames and keeps the output.
    async fn make(
        &self,
        job: &HeldJob,
        render: &Render,
        wanted: &video::RenderJob,
    ) -> Result<RenderDone, NotMade> {
        let until = Instant::now() + NEVER;
        let progress = Progress::with_deadline(until, job.stop.token().child_token());
        let reporter = progress::Reporter::start(self.store.clone(), job.claimed.fence, render.id);
        let mut tell = |frames| reporter.tell(frames);
        let making = Making {
            store: &self.store,
            renderers: &self.renderers,
            progress: &progress,
        };
        let made = match &wanted.source {
            Source::Address { url, .. } => self.door.make(&making, wanted, url, &mut tell).await,
            _ => making.make(wanted, &mut tell).await,
        };
        reporter.finish().await;
        made
    }

    /// There is no output: the code's fault, the machine's, or nobody's.
    async fn not_made(&self, job: &HeldJob, id: RenderId, error: NotMade) -> Result<(), JobError> {
        let fence = job.claimed.fence;
        if job.stop.reason().is_some() {
            return self.stopped(job, id).await;
        }
        let failure = match error {
            NotMade::Store(error) => return Err(error.into()),
            NotMade::Machine(reason) => return Err(JobError::Retry { reason }),
            NotMade::Job(error) => failure::of_job(&error),
            NotMade::Render(error) if failure::may_pass(&error, job.claimed.attempt) => {
                return Err(JobError::Retry {
                    reason: chain(&error),
                });
            }
            NotMade::Render(error) => failure::of_render(&error),
            NotMade::Unreachable(reason) => failure::of_site(reason),
            NotMade::Place(error) => failure::of_place(&error),
            // The output is kept: another attempt only delivers it.
            NotMade::Delivery(error)
                if error.may_pass() && job.claimed.attempt < job.claimed.max_attempts =>
            {
                return Err(JobError::Retry {
                    reason: chain(&error),
                });
            }
            NotMade::Delivery(error) => failure::of_delivery(&error),
        };
        self.end(fence, id, RenderEnd::Failed(failure)).await
    }

    /// The job was told to stop and did.
    async fn stopped(&self, job: &HeldJob, id: RenderId) -> Result<(), JobError> {
        let fence = job.claimed.fence;
        match job.stop.reason() {
            Some(StopReason::LeaseLost) => Err(JobError::LeaseLost),
            Some(StopReason::ShuttingDown) => Ok(self
                .store
                .renders()
                .give_back(fence, id, WORKER_STOPPED)
                .await?),
            Some(StopReason::Cancelled) | None => self.end(fence, id, RenderEnd::Cancelled).await,
        }
    }

    async fn end(&self, fence: Fence, id: RenderId, ended: RenderEnd) -> Result<(), JobError> {
        let (status, code) = match &ended {
            RenderEnd::Done(_) => ("done", String::new()),
            RenderEnd::Failed(failure) => ("failed", failure.code.clone()),
            RenderEnd::Cancelled => ("cancelled", String::new()),
        };
        self.store.renders().finish(fence, id, ended).await?;
        metrics::render(status, &code);
        Ok(())
    }

    async fn close(
        &self,
        fence: Fence,
        state: JobState,
        reason: Option<&str>,
    ) -> Result<(), JobError> {
        Ok(self.store.jobs().finish(fence, state, reason).await?)
    }
}

/// Why there is no output.
enum NotMade {
    /// The job that was kept cannot be read by this version.
    Job(video::JobError),
    /// The renderer says.
    Render(RenderError),
    /// The network door says why a page was not reached.
    Unreachable(String),
    /// The job names a place that this worker does not take.
    Place(delivery::PlaceError),
    /// The output was made and did not arrive.
    Delivery(DeliverError),
    /// The machine lacks something that it may have later.
    Machine(String),
    /// The store failed.
    Store(StoreError),
}

impl Handler for RenderJob {
    fn kind(&self) -> &'static str {
        "render"
    }

    fn perform<'a>(&'a self, job: &'a HeldJob) -> JobFuture<'a> {
        Box::pin(self.attempt(job))
    }

    fn retry<'a>(&'a self, job: &'a HeldJob, at: Time, reason: &'a str) -> JobFuture<'a> {
        Box::pin(async move {
            let fence = job.claimed.fence;
            match Renders::id_in_job(&job.claimed.kind, &job.claimed.payload) {
                Some(id) => Ok(self.store.renders().retry_at(fence, id, at, reason).await?),
                None => Ok(self.store.jobs().retry_at(fence, at, reason).await?),
            }
        })
    }

    fn give_up<'a>(&'a self, job: &'a HeldJob, reason: &'a str) -> JobFuture<'a> {
        Box::pin(async move {
            let fence = job.claimed.fence;
            let Some(id) = Renders::id_in_job(&job.claimed.kind, &job.claimed.payload) else {
                return self.close(fence, JobState::Dead, Some(reason)).await;
            };
            let code = code_of(reason, "could-not-render");
            let failure = RenderFailure {
                code: code.to_owned(),
                message: reason.to_owned(),
                of_the_code: false,
            };
            self.end(fence, id, RenderEnd::Failed(failure)).await
        })
    }

    fn lost<'a>(&'a self, job: &'a store::LostJob) -> JobFuture<'a> {
        Box::pin(async move {
            match Renders::id_in_job(&job.kind, &job.payload) {
                Some(id) => Ok(self.store.renders().worker_lost(id, job.id).await?),
                None => Ok(()),
            }
        })
    }
}

//! Films a page: the job kind `film`.
//!
//! The row of the film and its events are written as it goes, under the job's fence; a worker that lost its lease can
//! write nothing any more. A film that was broken off is begun again from its first step: a page's memory cannot be
//! brought back, and half a film is none.

mod cut;
mod deliver;
mod edit;
mod failure;
mod fetch;
mod keep;
mod make;
mod produce;
mod progress;
mod told;

use std::fmt;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use delivery::Delivery;
use egress::EgressPolicy;
use ids::FilmId;
use store::{
    Fence, Film, FilmDone, FilmEnd, FilmFailure, FilmFiles, Films, JobState, Store, StoreError,
    Time,
};
use video::Soundtrack;

use crate::error::{JobError, code_of};
use crate::films::{FilmAskError, FilmRequest, Sounds, Track, sounds_of};
use crate::job::{Handler, HeldJob, JobFuture};
use crate::metrics;
use crate::stop::StopReason;

/// Stands in the film's log when its worker was asked to stop.
const WORKER_STOPPED: &str =
    "the worker was stopped; the film will be made again from its first step";

/// How long all of a film may take when nobody says; a tour of ten minutes and its encoding fit.
const TIME_LIMIT: Duration = Duration::from_secs(20 * 60);

/// Films pages.
pub struct FilmJob {
    store: Store,
    egress: EgressPolicy,
    executable: Option<PathBuf>,
    server: Box<dyn Fn() -> Option<u16> + Send + Sync>,
    delivery: Option<Delivery>,
    time_limit: Duration,
}

impl fmt::Debug for FilmJob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FilmJob").finish_non_exhaustive()
    }
}

impl FilmJob {
    /// Films pages that reach what the policy lets them reach, and keeps the films in the store. The camera searches for its
    /// own browser when none is named.
    #[must_use]
    pub fn new(store: Store, egress: EgressPolicy, executable: Option<PathBuf>) -> Self {
        Self {
            store,
            egress,
            executable,
            server: Box::new(|| None),
            delivery: None,
            time_limit: TIME_LIMIT,
        }
    }

    /// The same, with films that are brought to where everybody sees them.
    #[must_use]
    pub fn delivering(mut self, delivery: Option<Delivery>) -> Self {
        self.delivery = delivery;
        self
    }

    /// The same, with films that may take so long, all of it: exploring, performing, encoding.
    #[must_use]
    pub fn lasting(mut self, time_limit: Duration) -> Self {
        self.time_limit = time_limit;
        self
    }

    /// The same, with a server in another process that pages may not talk to. Its port is asked for when a film begins: it
    /// may have started after the worker, or again somewhere else.
    #[must_use]
    pub fn beside(mut self, port: impl Fn() -> Option<u16> + Send + Sync + 'static) -> Self {
        self.server = Box::new(port);
        self
    }

    async fn attempt(&self, job: &HeldJob) -> Result<(), JobError> {
        let fence = job.claimed.fence;
        let Some(id) = Films::id_in_job(&job.claimed.kind, &job.claimed.payload) else {
            let reason = Some("the job names no film");
            return self.close(fence, JobState::Dead, reason).await;
        };
        let film = match self.store.films().get(id).await {
            Ok(film) if film.status.is_final() => {
                return self.close(fence, JobState::Done, None).await;
            }
            Ok(film) => film,
            // It was deleted while a worker made it, and that one is gone.
            Err(StoreError::NotFound { .. }) => {
                return self.end(fence, id, FilmEnd::Cancelled).await;
            }
            Err(error) => return Err(error.into()),
        };
        if job.stop.reason() == Some(StopReason::Cancelled) {
            return self.end(fence, id, FilmEnd::Cancelled).await;
        }
        // A film that is whole was on its way to its place: it is not made again.
        if film.made.is_none() {
            self.store.films().begin(fence, id).await?;
        }
        let document = self.store.blobs().read(&film.document_key).await?;
        let request = match FilmRequest::read(&document) {
            Ok(request) => request,
            // The order was checked when it was taken; another version of the product took it.
            Err(wrong) => {
                let failure = failure::of_order(&wrong);
                let ended = FilmEnd::Failed(failure, Box::default());
                return self.end(fence, id, ended).await;
            }
        };
        if let Some(made) = film.made.clone() {
            let done = FilmDone {
                made,
                files: film.files.clone(),
                delivered: None,
            };
            return self.deliver(job, &film, &request, done).await;
        }
        let kind = request.kind();
        tracing::info!(film = %id, kind, "a film begins");
        let begun = Instant::now();
        let done = match request.edit() {
            Ok(Some(edit)) => self.edit(job, &film, edit, &request).await,
            Ok(None) => self.produce(job, &film, &request).await,
            Err(wrong) => {
                let ended = FilmEnd::Failed(failure::of_order(&wrong), Box::default());
                self.end(fence, id, ended).await
            }
        };
        // What is tried again the worker itself tells.
        if done.is_ok() {
            told::ended(&self.store, id, kind, begun.elapsed()).await;
        }
        done
    }

    /// What is heard, and the sounds of it; or why there is none of them.
    async fn heard(
        &self,
        request: &FilmRequest,
        script: Option<(&'static str, &Soundtrack)>,
    ) -> Result<Result<(Option<Track>, Sounds), FilmFailure>, JobError> {
        let track = match request.track(script) {
            Ok(track) => track,
            Err(wrong) => return Ok(Err(failure::of_order(&wrong))),
        };
        let sounds = sounds_of(&self.store, track.as_ref()).await;
        Ok(found(sounds, failure::of_sounds)?.map(|sounds| (track, sounds)))
    }

    /// Brings a whole film to its place, where there is one, and ends.
    async fn deliver(
        &self,
        job: &HeldJob,
        film: &Film,
        request: &FilmRequest,
        mut done: FilmDone,
    ) -> Result<(), JobError> {
        let fence = job.claimed.fence;
        if let Some(delivery) = &self.delivery {
            self.store.films().delivering(fence, film.id, &done).await?;
            let files = (film, &done.files);
            let cancel = job.stop.token();
            let delivered =
                deliver::deliver(&self.store, delivery, cancel, &request.extra, files).await?;
            if job.stop.reason().is_some() {
                return self.stopped(job, film.id).await;
            }
            if let Some(error) = &delivered.error {
                tracing::warn!(film = %film.id, file = error.file, code = error.code, reason = error.message, "a film was not delivered");
            }
            done.delivered = Some(delivered);
        }
        self.end(fence, film.id, FilmEnd::Done(Box::new(done)))
            .await
    }

    /// The job was told to stop and did.
    async fn stopped(&self, job: &HeldJob, id: FilmId) -> Result<(), JobError> {
        let fence = job.claimed.fence;
        match job.stop.reason() {
            Some(StopReason::LeaseLost) => Err(JobError::LeaseLost),
            Some(StopReason::ShuttingDown) => Ok(self
                .store
                .films()
                .give_back(fence, id, WORKER_STOPPED)
                .await?),
            Some(StopReason::Cancelled) | None => self.end(fence, id, FilmEnd::Cancelled).await,
        }
    }

    /// There is no film: the script's fault, the machine's, or nobody's.
    async fn not_made(
        &self,
        job: &HeldJob,
        id: FilmId,
        (may_pass, failure): (bool, FilmFailure),
        files: FilmFiles,
    ) -> Result<(), JobError> {
        let fence = job.claimed.fence;
        if job.stop.reason().is_some() {
            return self.stopped(job, id).await;
        }
        if may_pass && job.claimed.attempt < job.claimed.max_attempts {
            return Err(JobError::Retry {
                reason: failure.message,
            });
        }
        self.end(fence, id, FilmEnd::Failed(failure, Box::new(files)))
            .await
    }

    async fn end(&self, fence: Fence, id: FilmId, ended: FilmEnd) -> Result<(), JobError> {
        let (status, code) = match &ended {
            FilmEnd::Done(_) => ("done", String::new()),
            FilmEnd::Failed(failure, _) => ("failed", failure.code.clone()),
            FilmEnd::Cancelled => ("cancelled", String::new()),
        };
        self.store.films().finish(fence, id, ended).await?;
        metrics::film(status, &code);
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

/// A folder for what one film needs, which goes with it.
fn folder() -> Result<tempfile::TempDir, JobError> {
    tempfile::Builder::new()
        .prefix(&format!("proscenium-{}-film-", std::process::id()))
        .tempdir()
        .map_err(|error| JobError::Retry {
            reason: format!("no temporary folder: {error}"),
        })
}

/// What an order names, when all of it is there; or why there is no film: something was deleted after the order was taken.
fn found<T>(
    looked: Result<T, FilmAskError>,
    missing: fn(&FilmAskError) -> FilmFailure,
) -> Result<Result<T, FilmFailure>, JobError> {
    match looked {
        Ok(found) => Ok(Ok(found)),
        Err(FilmAskError::Store(error)) => Err(error.into()),
        Err(error) => Ok(Err(missing(&error))),
    }
}

impl Handler for FilmJob {
    fn kind(&self) -> &'static str {
        "film"
    }

    fn perform<'a>(&'a self, job: &'a HeldJob) -> JobFuture<'a> {
        Box::pin(self.attempt(job))
    }

    fn retry<'a>(&'a self, job: &'a HeldJob, at: Time, reason: &'a str) -> JobFuture<'a> {
        Box::pin(async move {
            let fence = job.claimed.fence;
            match Films::id_in_job(&job.claimed.kind, &job.claimed.payload) {
                Some(id) => Ok(self.store.films().retry_at(fence, id, at, reason).await?),
                None => Ok(self.store.jobs().retry_at(fence, at, reason).await?),
            }
        })
    }

    fn give_up<'a>(&'a self, job: &'a HeldJob, reason: &'a str) -> JobFuture<'a> {
        Box::pin(async move {
            let fence = job.claimed.fence;
            let Some(id) = Films::id_in_job(&job.claimed.kind, &job.claimed.payload) else {
                return self.close(fence, JobState::Dead, Some(reason)).await;
            };
            let code = code_of(reason, "could-not-film");
            let film = match self.store.films().get(id).await {
                Ok(film) => film,
                // It was deleted while it was made; nobody asks for it any more.
                Err(StoreError::NotFound { .. }) => {
                    return self.end(fence, id, FilmEnd::Cancelled).await;
                }
                Err(error) => return Err(error.into()),
            };
            let ended = match film.made {
                // It is whole, and only was not delivered.
                Some(made) => FilmEnd::Done(Box::new(FilmDone {
                    made,
                    files: film.files,
                    delivered: Some(deliver::given_up(code, reason)),
                })),
                None => {
                    let failure = FilmFailure {
                        code: code.to_owned(),
                        message: reason.to_owned(),
                        step: None,
                        of_the_script: false,
                    };
                    FilmEnd::Failed(failure, Box::default())
                }
            };
            self.end(fence, id, ended).await
        })
    }

    fn lost<'a>(&'a self, job: &'a store::LostJob) -> JobFuture<'a> {
        Box::pin(async move {
            match Films::id_in_job(&job.kind, &job.payload) {
                Some(id) => Ok(self.store.films().worker_lost(id, job.id).await?),
                None => Ok(()),
            }
        })
    }
}

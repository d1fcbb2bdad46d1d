//! Performs a recording: the job kind `run`.
//!
//! The run's row, its steps and its events are written as they happen, under the job's fence; a worker that lost its
//! lease can write nothing any more.
//!
//! A run is begun again from its first step when its worker died or was stopped: what a page has in its memory cannot be
//! brought back. Until then its finished steps stay as they are; then the rows tell of the new attempt, and the event log
//! still tells of all.

mod baselines;
mod door;
mod evidence;
mod filming;
mod har;
pub(crate) mod included;
mod options;
mod record;
pub(crate) mod uploads;

pub(crate) use door::unreachable;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use browser::{BrowserError, BrowserPool, ContextOptions, Page, Progress};
use egress::{EgressPolicy, EgressProxy};
use ids::RunId;
use recording::{Format, Recording};
use replay::{ErrorCode, Outcome, RunError, WithTabs};
use store::{
    Fence, JobState, PlannedStep, RunEnd, RunFailure, RunStatus, Runs, Store, StoreError, Time,
};

use crate::error::{JobError, code_of};
use crate::job::{Handler, HeldJob, JobFuture};
use crate::stop::StopReason;

/// Stands in the run's log when its worker was asked to stop.
const WORKER_STOPPED: &str =
    "the worker was stopped; the run will be done again from its first step";
/// Opening and closing the context may take this long beside the run's own time.
const MARGIN: Duration = Duration::from_secs(60);
/// How long closing the context may take; the browser's recycling catches what is left.
const CLOSE_LIMIT: Duration = Duration::from_secs(5);

/// Performs recordings.
#[derive(Debug)]
pub struct RunJob {
    store: Store,
    browsers: BrowserPool,
    egress: EgressPolicy,
    server: ServerPort,
}

/// Answers with the port of the server of this data folder, as far as it is known.
struct ServerPort(Box<dyn Fn() -> Option<u16> + Send + Sync>);

impl fmt::Debug for ServerPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ServerPort({:?})", (self.0)())
    }
}

impl RunJob {
    /// Runs with browsers of this pool, whose pages reach what the policy lets them reach.
    #[must_use]
    pub fn new(store: Store, browsers: BrowserPool, egress: EgressPolicy) -> Self {
        Self {
            store,
            browsers,
            egress,
            server: ServerPort(Box::new(|| None)),
        }
    }

    /// The same, with a server in another process that pages may not talk to. Its port is asked for when a run begins:
    /// it may have started after the worker, or again somewhere else.
    #[must_use]
    pub fn beside(mut self, port: impl Fn() -> Option<u16> + Send + Sync + 'static) -> Self {
        self.server = ServerPort(Box::new(port));
        self
    }

    async fn attempt(&self, job: &HeldJob) -> Result<(), JobError> {
        let fence = job.claimed.fence;
        let Some(id) = Runs::id_in_job(&job.claimed.kind, &job.claimed.payload) else {
            let reason = Some("the job names no run");
            return Ok(self
                .store
                .jobs()
                .finish(fence, JobState::Dead, reason)
                .await?);
        };
        let run = match self.store.runs().get(id).await {
            Ok(run) if run.status.is_final() => {
                return Ok(self
                    .store
                    .jobs()
                    .finish(fence, JobState::Done, None)
                    .await?);
            }
            Ok(run) => run,
            Err(StoreError::NotFound { .. }) => {
                let reason = Some("the run was deleted");
                return Ok(self
                    .store
                    .jobs()
                    .finish(fence, JobState::Cancelled, reason)
                    .await?);
            }
            Err(error) => return Err(error.into()),
        };
        if job.stop.reason() == Some(StopReason::Cancelled) {
            return self.end(fence, id, RunStatus::Cancelled, None).await;
        }
        let recording = match self.load(&run).await {
            Ok(recording) => recording,
            Err(Unreadable::Store(error)) => return Err(error.into()),
            Err(Unreadable::Document(message)) => {
                let failure = RunFailure {
                    code: "invalid-recording".to_owned(),
                    message,
                    step: None,
                };
                return self.end(fence, id, RunStatus::Failed, Some(failure)).await;
            }
        };
        self.store
            .runs()
            .begin(fence, id, &plan(&recording))
            .await?;
        self.perform(job, id, &run, &recording).await
    }

    async fn perform(
        &self,
        job: &HeldJob,
        id: RunId,
        run: &store::Run,
        recording: &Recording,
    ) -> Result<(), JobError> {
        let fence = job.claimed.fence;
        let folder = tempfile::Builder::new()
            .prefix(&format!("proscenium-{}-run-", std::process::id()))
            .tempdir();
        let folder = folder.map_err(|error| JobError::Retry {
            reason: format!("no temporary folder: {error}"),
        })?;
        let mut files = uploads::fetch(&self.store, recording, folder.path()).await?;
        let recordings = included::fetch(&self.store, recording).await?;
        for inner in recordings.values() {
            let more = uploads::fetch(&self.store, inner, folder.path()).await?;
            files.artifacts.extend(more.artifacts);
        }
        let values = self.store.runs().values(&run.options);
        let values = values.map_err(|error| error.to_string());
        let options = values.and_then(|values| options::of(&run.options, &values, files));
        let options = match options {
            Ok(options) => options,
            Err(message) => {
                let failure = RunFailure {
                    code: "invalid-options".to_owned(),
                    message,
                    step: None,
                };
                return self.end(fence, id, RunStatus::Failed, Some(failure)).await;
            }
        };
        let deadline = std::time::Instant::now() + options.play.run_timeout + MARGIN;
        // Ends the player when the job should stop, and when a result could not be kept.
        let cancel = job.stop.token().child_token();
        let progress = Progress::with_deadline(deadline, cancel.clone());

        let retry = |what: &str, error: &dyn std::error::Error| JobError::Retry {
            reason: format!("{what}: {error}"),
        };
        let refused = |error: &BrowserError| RunFailure {
            code: "unsupported".to_owned(),
            message: error.to_string(),
            step: None,
        };
        let lent = match self.browsers.lend(options.engine).await {
            Ok(lent) => lent,
            // Another attempt finds no more than this one.
            Err(error @ BrowserError::NotFound { .. }) => {
                let failure = RunFailure {
                    code: "no-browser".to_owned(),
                    ..refused(&error)
                };
                return self.end(fence, id, RunStatus::Failed, Some(failure)).await;
            }
            Err(error) => return Err(retry("no browser", &error)),
        };
        let video = options.video;
        let mut play = options.play;
        play.recordings = recordings;
        play.baselines = Arc::new(baselines::Album::new(self.store.clone(), run.recording_id));
        let egress = (self.server.0)()
            .into_iter()
            .fold(self.egress.clone(), EgressPolicy::own_port);
        let proxy = EgressProxy::start(egress)
            .await
            .map_err(|error| retry("the network door did not open", &error))?;
        let screen = replay::screen(recording, options.engine);
        let context_options = ContextOptions {
            viewport: Some(screen),
            user_agent: replay::user_agent(recording, options.engine),
            proxy: Some(proxy.address()),
            downloads_dir: Some(folder.path().join("downloads")),
            network_events: true,
            ..ContextOptions::default()
        };
        let opened = lent.new_context(&progress, context_options).await;
        let context = match opened {
            Ok(context) => context,
            Err(_) if job.stop.reason().is_some() => return self.stopped(job, id).await,
            Err(error @ BrowserError::Unsupported { .. }) => {
                let failure = Some(refused(&error));
                return self.end(fence, id, RunStatus::Failed, failure).await;
            }
            Err(error) => return Err(retry("no browser context", &error)),
        };
        let tape = har::Tape::start(&context);
        let stage = (screen, folder.path());
        let film = filming::Film::begin(&progress, video, &context, stage).await;
        let mut record =
            record::Recorder::new(self.store.clone(), fence, id, job.stop.clone(), cancel);
        let in_front = film.as_ref().and_then(filming::Film::in_front);
        let tell = |page: &Page| {
            if let Some(in_front) = &in_front {
                in_front.turn_to(page);
            }
        };
        let mut watching = WithTabs(&mut record, tell);
        let mut outcome = replay::play(&progress, &context, recording, &play, &mut watching).await;
        let har = tape.stop((lent.product(), lent.version()));
        let film = match film.filter(|_| video.keeps(outcome.status)) {
            Some(film) => Some(film.finish().await),
            None => None,
        };
        let reason = door::explain(&proxy, &outcome, &recording.url);
        if let (Some(reason), Some(error)) = (reason, outcome.error.as_mut()) {
            *error = RunError {
                code: ErrorCode::NavigationFailed,
                message: reason,
                ..error.clone()
            };
        }
        // What a hanging page does not give back goes with the browser.
        let closed = context.close(&Progress::with_timeout(CLOSE_LIMIT)).await;
        if let Err(error) = closed {
            tracing::debug!(error = %error, "a context went with its browser");
        }
        proxy.shutdown().await;
        drop(lent);
        record.into_result()?;
        self.conclude(job, id, outcome, (har, film)).await
    }

    /// Keeps what the run left and ends it.
    async fn conclude(
        &self,
        job: &HeldJob,
        id: RunId,
        outcome: Outcome,
        (har, film): (String, Option<filming::Filmed>),
    ) -> Result<(), JobError> {
        let fence = job.claimed.fence;
        let browser_died = outcome
            .error
            .as_ref()
            .is_some_and(|error| error.code == ErrorCode::BrowserGone);
        match job.stop.reason() {
            // A run that was over before it heard of it has a result of its own.
            Some(_) if outcome.status == replay::RunStatus::Cancelled => {
                return self.stopped(job, id).await;
            }
            None if browser_died && job.claimed.attempt < job.claimed.max_attempts => {
                return Err(JobError::Retry {
                    reason: "the browser died".to_owned(),
                });
            }
            _ => {}
        }
        har::keep(&self.store, fence, id, har).await?;
        if let Some(film) = film {
            film.keep(&self.store, fence, id).await?;
        }
        let error = evidence::keep(&self.store, fence, id, &outcome).await?;
        let ended = RunEnd {
            status: status(outcome.status),
            error: outcome.error.map(failure),
        };
        Ok(self.store.runs().finish(fence, id, ended, error).await?)
    }

    /// The job was told to stop and did.
    async fn stopped(&self, job: &HeldJob, id: RunId) -> Result<(), JobError> {
        match job.stop.reason() {
            Some(StopReason::LeaseLost) => Err(JobError::LeaseLost),
            Some(StopReason::ShuttingDown) => Ok(self
                .store
                .runs()
                .give_back(job.claimed.fence, id, WORKER_STOPPED)
                .await?),
            Some(StopReason::Cancelled) | None => {
                self.end(job.claimed.fence, id, RunStatus::Cancelled, None)
                    .await
            }
        }
    }

    async fn end(
        &self,
        fence: Fence,
        id: RunId,
        status: RunStatus,
        error: Option<RunFailure>,
    ) -> Result<(), JobError> {
        let record = error
            .as_ref()
            .map(|error| evidence::without_a_page(id, &error.message));
        Ok(self
            .store
            .runs()
            .finish(fence, id, RunEnd { status, error }, record)
            .await?)
    }

    async fn load(&self, run: &store::Run) -> Result<Recording, Unreadable> {
        let text = self
            .store
            .recordings()
            .document(run.recording_id, run.revision)
            .await?;
        let recording = Recording::parse(text, Format::Json)
            .map_err(|error| Unreadable::Document(error.to_string()))?;
        let report = recording.validate();
        match report.errors.first() {
            Some(problem) => Err(Unreadable::Document(format!(
                "the recording cannot be performed: {problem}"
            ))),
            None => Ok(recording),
        }
    }
}

/// Why a recording could not be loaded.
enum Unreadable {
    Store(StoreError),
    Document(String),
}

impl From<StoreError> for Unreadable {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound { .. } => {
                Self::Document("the recording's document is gone".to_owned())
            }
            other => Self::Store(other),
        }
    }
}

impl Handler for RunJob {
    fn kind(&self) -> &'static str {
        "run"
    }

    fn perform<'a>(&'a self, job: &'a HeldJob) -> JobFuture<'a> {
        Box::pin(self.attempt(job))
    }

    fn retry<'a>(&'a self, job: &'a HeldJob, at: Time, reason: &'a str) -> JobFuture<'a> {
        Box::pin(async move {
            let Some(id) = Runs::id_in_job(&job.claimed.kind, &job.claimed.payload) else {
                return Ok(self
                    .store
                    .jobs()
                    .retry_at(job.claimed.fence, at, reason)
                    .await?);
            };
            Ok(self
                .store
                .runs()
                .retry_at(job.claimed.fence, id, at, reason)
                .await?)
        })
    }

    fn give_up<'a>(&'a self, job: &'a HeldJob, reason: &'a str) -> JobFuture<'a> {
        Box::pin(async move {
            let fence = job.claimed.fence;
            let Some(id) = Runs::id_in_job(&job.claimed.kind, &job.claimed.payload) else {
                return Ok(self
                    .store
                    .jobs()
                    .finish(fence, JobState::Dead, Some(reason))
                    .await?);
            };
            let code = code_of(reason, "could-not-run");
            let failure = RunFailure {
                code: code.to_owned(),
                message: reason.to_owned(),
                step: None,
            };
            self.end(fence, id, RunStatus::Failed, Some(failure)).await
        })
    }

    fn lost<'a>(&'a self, job: &'a store::LostJob) -> JobFuture<'a> {
        Box::pin(async move {
            match Runs::id_in_job(&job.kind, &job.payload) {
                Some(id) => Ok(self.store.runs().worker_lost(id, job.id).await?),
                None => Ok(()),
            }
        })
    }
}

fn plan(recording: &Recording) -> Vec<PlannedStep> {
    recording
        .steps
        .iter()
        .map(|step| PlannedStep {
            step_id: step.id.clone(),
            kind: step.kind.type_name().to_owned(),
            title: step.title(),
        })
        .collect()
}

fn status(status: replay::RunStatus) -> RunStatus {
    match status {
        replay::RunStatus::Passed => RunStatus::Passed,
        replay::RunStatus::Failed => RunStatus::Failed,
        replay::RunStatus::Cancelled => RunStatus::Cancelled,
        replay::RunStatus::TimedOut => RunStatus::TimedOut,
    }
}

fn failure(error: replay::RunError) -> RunFailure {
    RunFailure {
        code: error.code.as_str().to_owned(),
        message: error.message,
        step: error.step.and_then(|step| u32::try_from(step).ok()),
    }
}

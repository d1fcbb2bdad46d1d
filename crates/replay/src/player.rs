//! The player: opens the recording's page and performs its steps, one after the other.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use browser::{Context, DialogAnswer, LoadState, Progress};
use bytes::Bytes;
use capture::Evidence;
use jiff::Timestamp;
use recording::{NavigationTrigger, Recording, Step, StepKind};

use crate::address::Rebase;
use crate::event::{Observer, PlayEvent};
use crate::fault::Fault;
use crate::mask;
use crate::options::{PlayOptions, ScreenshotMode};
use crate::outcome::{
    ErrorCode, FailureEvidence, Outcome, RunError, RunStatus, StepError, StepResult, StepStatus,
};
use crate::pace::Pace;
use crate::picture;
use crate::refusal;
use crate::scene::{Done, Notes, Scene};
use crate::stage::Stage;
use crate::steps;

/// A step that takes longer than this without having acted gets its picture of before: it will probably fail.
const SLOW: Duration = Duration::from_millis(400);
/// How long the browser may take to open the tab that a run begins in.
const TAB_PATIENCE: Duration = Duration::from_secs(30);
/// How long gathering the evidence of a failure may take, after the step's own time is over.
const EVIDENCE_PATIENCE: Duration = Duration::from_secs(15);

/// Performs `recording` in `context`, in its first tab or in a new one. Every step of the recording gets a result; the
/// run ends at its deadline, at `progress`'s deadline or when `progress` is cancelled, whichever comes first.
pub async fn play(
    progress: &Progress,
    context: &Context,
    recording: &Recording,
    options: &PlayOptions,
    observer: &mut dyn Observer,
) -> Outcome {
    let began = Instant::now();
    observer
        .event(PlayEvent::Started {
            steps: recording.steps.len(),
        })
        .await;
    let mut player = Player {
        run: progress.within(options.run_timeout),
        recording,
        options,
        rebase: Rebase::new(&recording.url, options.base_url.as_ref()),
        observer,
        tally: Tally::default(),
        error: None,
        evidence: None,
        last_picture: None,
    };
    player.perform_all(context).await;
    let outcome = player.outcome(began.elapsed());
    player
        .observer
        .event(PlayEvent::Finished(Box::new(outcome.clone())))
        .await;
    outcome
}

struct Player<'a> {
    run: Progress,
    recording: &'a Recording,
    options: &'a PlayOptions,
    rebase: Rebase,
    observer: &'a mut dyn Observer,
    tally: Tally,
    error: Option<RunError>,
    evidence: Option<Box<FailureEvidence>>,
    last_picture: Option<Bytes>,
}

#[derive(Default)]
struct Tally {
    passed: usize,
    healed: usize,
    failed: usize,
    skipped: usize,
}

impl Player<'_> {
    async fn perform_all(&mut self, context: &Context) {
        let mut stage = match self.open(context).await {
            Ok(stage) => stage,
            Err(fault) => {
                self.fail_run(fault, None);
                return self.skip_from(0, "the run could not begin").await;
            }
        };
        let mut pace = Pace::new(self.options);
        for (index, step) in self.recording.steps.iter().enumerate() {
            let pause = pace.pause(self.recording, step);
            if !pause.is_zero()
                && self
                    .run
                    .race("pausing as the person did", tokio::time::sleep(pause))
                    .await
                    .is_err()
            {
                return self.stop(index).await;
            }
            if self.is_over() {
                return self.stop(index).await;
            }
            let step_began = Instant::now();
            let result = self.step(&mut stage, &pace, index, step).await;
            pace.done(self.recording, step, step_began);
            let failure = result
                .error
                .as_ref()
                .filter(|_| result.status == StepStatus::Failed);
            let failure = failure.map(|error| (error.code, error.message.clone()));
            let was_cancelled =
                self.run.cancel_token().is_cancelled() && result.status != StepStatus::Passed;
            self.observer
                .event(PlayEvent::StepFinished(Box::new(result)))
                .await;
            if was_cancelled {
                return self.stop(index + 1).await;
            }
            let Some((code, message)) = failure else {
                continue;
            };
            self.error.get_or_insert(RunError {
                code,
                message,
                step: Some(index),
            });
            if self.is_over() {
                return self.stop(index + 1).await;
            }
            // Without a browser or a page there is nothing to go on with.
            let hopeless = matches!(
                code,
                ErrorCode::BrowserGone | ErrorCode::PageCrashed | ErrorCode::PageClosed
            );
            let goes_on = self.options.continue_on_error || is_soft(step);
            if hopeless || !goes_on {
                return self.skip_from(index + 1, "a step before it failed").await;
            }
        }
        if let Some(dialog) = stage.page().open_dialog() {
            let fault = Fault::from(browser::BrowserError::DialogOpen { dialog });
            self.gather(&mut stage, None).await;
            self.fail_run(fault, None);
        }
    }

    /// The stage, on the recording's first page.
    async fn open(&mut self, context: &Context) -> Result<Stage, Fault> {
        // A new tab is the browser's work, not the page's: the limit of steps is not for it.
        let progress = self.run.within(TAB_PATIENCE);
        let mut stage = Stage::begin(&progress, context, self.options.watch_network).await?;
        let progress = self.run.within(self.options.step_timeout);
        let url = self.options.variables.substitute(&self.recording.url)?;
        let url = self.rebase.apply(&url);
        // A recording whose first step goes there by itself would go there twice.
        let first_goes = self.recording.steps.first().is_some_and(|step| {
            matches!(&step.kind, StepKind::Navigation(navigation)
                if navigation.navigation_trigger == NavigationTrigger::Manual
                    && self.rebase.apply(&navigation.to) == url)
        });
        if first_goes {
            return Ok(stage);
        }
        let opened = stage
            .page()
            .goto(&progress, &url, LoadState::DomContentLoaded)
            .await;
        let fault = match opened {
            Ok(navigation) => match navigation.error_text {
                None => match refusal::check(&progress, &stage.page()).await {
                    Ok(()) => return Ok(stage),
                    Err(fault) => fault,
                },
                Some(error) => Fault::new(
                    ErrorCode::NavigationFailed,
                    format!("could not open {url}: {error}"),
                ),
            },
            Err(error) => Fault::from(error),
        };
        self.gather(&mut stage, None).await;
        Err(fault)
    }

    async fn step(
        &mut self,
        stage: &mut Stage,
        pace: &Pace,
        index: usize,
        step: &Step,
    ) -> StepResult {
        let title = self.masked(step.title());
        self.observer
            .event(PlayEvent::StepStarted {
                index,
                id: step.id.clone(),
                title: title.clone(),
            })
            .await;
        let (started_at, began) = (Timestamp::now(), Instant::now());
        let limit = step
            .timeout
            .map_or(self.options.step_timeout, Duration::from_millis);
        // Its own call log: the report of a step tells what that step did.
        let deadline = self.run.deadline().min(Instant::now() + limit);
        let progress = Progress::with_deadline(deadline, self.run.cancel_token().clone());
        let mut scene = Scene {
            progress: progress.clone(),
            stage,
            options: self.options,
            recording: self.recording,
            step,
            index,
            pace,
            rebase: &self.rebase,
            notes: Notes::default(),
            acted: Arc::new(AtomicBool::new(false)),
        };
        let is_navigation = matches!(step.kind, StepKind::Navigation(_));
        if !is_navigation {
            scene.stage.navigated = false;
        }
        let (done, before) = self.perform(&mut scene).await;
        let Notes {
            matched,
            healed,
            retries,
            waits,
            expected,
            actual,
            visual,
        } = scene.notes;
        // A tab that the step opened is listened to from here on.
        if let Err(fault) = stage.notice_new_tabs(&self.run).await {
            tracing::debug!(message = fault.message(), "a new tab is not listened to");
        }
        let (status, fault) = self.judge(step, done);
        match &status {
            StepStatus::Passed => {
                self.tally.passed += 1;
                self.tally.healed += usize::from(healed.is_some());
            }
            StepStatus::Failed => self.tally.failed += 1,
            StepStatus::Skipped { .. } => self.tally.skipped += 1,
        }
        let duration = began.elapsed();
        let failed = status == StepStatus::Failed;
        let cancelled = fault
            .as_ref()
            .is_some_and(|fault| fault.code() == ErrorCode::Cancelled);
        let screenshot = if failed && !cancelled {
            self.gather(stage, before.or_else(|| self.last_picture.clone()))
                .await
        } else if self.options.screenshots == ScreenshotMode::Always {
            let page = stage.page();
            picture::viewport(&self.run, &page).await
        } else {
            None
        };
        if screenshot.is_some() {
            self.last_picture.clone_from(&screenshot);
        }
        StepResult {
            index,
            id: step.id.clone(),
            step_type: step.kind.type_name().to_owned(),
            title,
            status: mask::status(&self.options.variables, status),
            started_at,
            duration_ms: u64::try_from(duration.as_millis()).unwrap_or(u64::MAX),
            matched,
            healed: healed.map(|healed| mask::healed(&self.options.variables, healed)),
            retries,
            waits: waits.into_iter().map(|line| self.masked(line)).collect(),
            expected: expected.map(|text| self.masked(text)),
            actual: actual.map(|text| self.masked(text)),
            visual,
            error: fault.map(|fault| self.error_of(fault, &progress)),
            screenshot,
            url: self.masked(stage.page().url()),
        }
    }

    /// Performs the step; a slow one that has not acted yet has its picture taken meanwhile.
    async fn perform(&self, scene: &mut Scene<'_>) -> (Result<Done, Fault>, Option<Bytes>) {
        let wanted =
            self.options.screenshots != ScreenshotMode::Never && self.last_picture.is_none();
        let (page, progress, acted) = (
            scene.page(),
            scene.progress.clone(),
            Arc::clone(&scene.acted),
        );
        let mut performed = pin!(steps::perform(scene));
        let mut before = pin!(async move {
            tokio::time::sleep(SLOW).await;
            if acted.load(Ordering::Relaxed) {
                return None;
            }
            let taken = picture::viewport(&progress, &page).await;
            // Acted meanwhile: nobody knows which side of it the picture shows.
            taken.filter(|_| !acted.load(Ordering::Relaxed))
        });
        tokio::select! {
            biased;
            done = &mut performed => (done, None),
            picture = &mut before, if wanted => (performed.await, picture),
        }
    }

    fn judge(&self, step: &Step, done: Result<Done, Fault>) -> (StepStatus, Option<Fault>) {
        let fault = match done {
            Ok(Done::Performed) => return (StepStatus::Passed, None),
            Ok(Done::Skipped(reason)) => return (StepStatus::Skipped { reason }, None),
            Err(fault) => fault,
        };
        if fault.code() == ErrorCode::Cancelled {
            return (
                StepStatus::Skipped {
                    reason: "the run was cancelled".to_owned(),
                },
                None,
            );
        }
        let gone = matches!(
            fault.code(),
            ErrorCode::NotFound | ErrorCode::Hidden | ErrorCode::FrameNotFound
        );
        let lasting = matches!(
            fault.code(),
            ErrorCode::Cancelled
                | ErrorCode::BrowserGone
                | ErrorCode::PageCrashed
                | ErrorCode::UnexpectedDialog
        );
        if step.skip_if_not_found == Some(true) && gone && !self.is_over() {
            (
                StepStatus::Skipped {
                    reason: format!("its element is not there: {}", fault.message()),
                },
                Some(fault),
            )
        } else if step.is_optional == Some(true) && !lasting && !self.is_over() {
            (
                StepStatus::Skipped {
                    reason: format!("it may fail, and it did: {}", fault.message()),
                },
                Some(fault),
            )
        } else {
            (StepStatus::Failed, Some(fault))
        }
    }

    /// Keeps what the page looks like at the first failure; gives the picture of the viewport.
    async fn gather(&mut self, stage: &mut Stage, before: Option<Bytes>) -> Option<Bytes> {
        let page = stage.page();
        let progress = Progress::with_deadline(
            Instant::now() + EVIDENCE_PATIENCE,
            self.run.cancel_token().clone(),
        );
        if page.open_dialog().is_some()
            && let Err(error) = page.handle_dialog(&progress, DialogAnswer::Dismiss).await
        {
            tracing::debug!(%error, "the dialog of a failed step could not be dismissed");
        }
        if self.options.screenshots == ScreenshotMode::Never && self.evidence.is_some() {
            return None;
        }
        let after = match self.options.screenshots {
            ScreenshotMode::Never => None,
            ScreenshotMode::Always | ScreenshotMode::OnFailure => {
                picture::viewport(&progress, &page).await
            }
        };
        if self.evidence.is_none() {
            let mut evidence = Evidence::gather(&progress, &page, &stage.taps()).await;
            if self.options.screenshots == ScreenshotMode::Never {
                evidence.png_full_page = None;
            }
            mask::evidence(&self.options.variables, &mut evidence);
            self.evidence = Some(Box::new(FailureEvidence {
                evidence,
                before,
                after: after.clone(),
            }));
        }
        after
    }

    fn is_over(&self) -> bool {
        self.run.cancel_token().is_cancelled() || self.run.remaining().is_zero()
    }

    /// The run is over before `index`: cancelled or out of time.
    async fn stop(&mut self, index: usize) {
        let (code, message) = if self.run.cancel_token().is_cancelled() {
            (ErrorCode::Cancelled, "the run was cancelled")
        } else {
            (ErrorCode::Timeout, "the run took longer than it may")
        };
        self.error.get_or_insert(RunError {
            code,
            message: message.to_owned(),
            step: None,
        });
        self.skip_from(index, message).await;
    }

    async fn skip_from(&mut self, first: usize, reason: &str) {
        for (index, step) in self.recording.steps.iter().enumerate().skip(first) {
            self.tally.skipped += 1;
            let result = StepResult {
                index,
                id: step.id.clone(),
                step_type: step.kind.type_name().to_owned(),
                title: self.masked(step.title()),
                status: StepStatus::Skipped {
                    reason: reason.to_owned(),
                },
                started_at: Timestamp::now(),
                duration_ms: 0,
                matched: None,
                healed: None,
                retries: 0,
                waits: Vec::new(),
                expected: None,
                actual: None,
                visual: None,
                error: None,
                screenshot: None,
                url: String::new(),
            };
            self.observer
                .event(PlayEvent::StepFinished(Box::new(result)))
                .await;
        }
    }

    fn fail_run(&mut self, fault: Fault, step: Option<usize>) {
        let message = self.masked(fault.message().to_owned());
        self.error.get_or_insert(RunError {
            code: fault.code(),
            message,
            step,
        });
    }

    fn outcome(&mut self, duration: Duration) -> Outcome {
        let status = if self.run.cancel_token().is_cancelled() && self.error.is_some() {
            RunStatus::Cancelled
        } else if self.run.remaining().is_zero() && self.error.is_some() {
            RunStatus::TimedOut
        } else if self.error.is_some() {
            RunStatus::Failed
        } else {
            RunStatus::Passed
        };
        Outcome {
            status,
            steps_total: self.recording.steps.len(),
            passed: self.tally.passed,
            failed: self.tally.failed,
            skipped: self.tally.skipped,
            steps_healed: self.tally.healed,
            healed: self.tally.healed > 0,
            duration,
            error: self.error.clone(),
            failure_evidence: self.evidence.take(),
        }
    }

    fn error_of(&self, fault: Fault, progress: &Progress) -> StepError {
        mask::error(
            &self.options.variables,
            fault.into_error(progress.call_log()),
        )
    }

    fn masked(&self, text: String) -> String {
        mask::text(&self.options.variables, text)
    }
}

/// Whether the run goes on when the check fails.
fn is_soft(step: &Step) -> bool {
    matches!(&step.kind, StepKind::Checkpoint(check) if check.soft == Some(true))
}

//! The player: opens the recording's page and performs its steps, one after the other.

mod include;
mod verdicts;

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use browser::{Context, DialogAnswer, Progress};
use bytes::Bytes;
use capture::Evidence;
use jiff::Timestamp;
use recording::{NavigationTrigger, Recording, Step, StepKind, Variables};

use crate::address::Rebase;
use crate::event::{Observer, PlayEvent};
use crate::fault::Fault;
use crate::flow::{Decision, Flow, Next};
use crate::manner::Manner;
use crate::mask;
use crate::opening;
use crate::options::{PlayOptions, ScreenshotMode};
use crate::outcome::{
    ErrorCode, FailureEvidence, Outcome, RunError, RunStatus, StepError, StepResult, StepStatus,
};
use crate::pace::Pace;
use crate::picture;
use crate::scene::{Done, Notes, Scene};
use crate::spot;
use crate::stage::Stage;
use crate::steps;
use verdicts::Verdicts;

/// A step that takes longer than this without having acted gets its picture of before: it will probably fail.
const SLOW: Duration = Duration::from_millis(400);
/// How long the browser may take to open the tab that a run begins in.
const TAB_PATIENCE: Duration = Duration::from_secs(30);
/// How long the page may take to tell where the element of a failed step is.
const SPOT_PATIENCE: Duration = Duration::from_secs(2);
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
    perform(progress, context, recording, options, (observer, None)).await
}

/// The same for somebody who watches: around each action that is done which a person would do.
pub async fn play_seen(
    progress: &Progress,
    context: &Context,
    recording: &Recording,
    options: &PlayOptions,
    (observer, manner): (&mut dyn Observer, &dyn Manner),
) -> Outcome {
    perform(
        progress,
        context,
        recording,
        options,
        (observer, Some(manner)),
    )
    .await
}

async fn perform(
    progress: &Progress,
    context: &Context,
    recording: &Recording,
    options: &PlayOptions,
    (observer, manner): (&mut dyn Observer, Option<&dyn Manner>),
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
        manner,
        observer,
        variables: options.variables.clone(),
        verdicts: Verdicts::of(recording.steps.len()),
        within: Vec::new(),
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
    manner: Option<&'a dyn Manner>,
    observer: &'a mut dyn Observer,
    /// What was given, and what steps have stored since.
    variables: Variables,
    verdicts: Verdicts,
    /// The ids of the steps that include each other's recordings at this moment, the outermost first.
    within: Vec<String>,
    error: Option<RunError>,
    evidence: Option<Box<FailureEvidence>>,
    last_picture: Option<Bytes>,
}

/// What is left of a performed step, before it becomes a result.
struct Attempt {
    done: Result<Done, Fault>,
    notes: Notes,
    /// A picture of the viewport before the step acted, when one was taken.
    before: Option<Bytes>,
    /// The step's own deadline and call log.
    progress: Progress,
}

impl Player<'_> {
    async fn perform_all(&mut self, context: &Context) {
        let mut stage = match self.open(context).await {
            Ok(stage) => stage,
            Err(fault) => {
                self.fail_run(fault, None);
                return self.skip_rest("the run could not begin").await;
            }
        };
        let recording = self.recording;
        let mut flow = match Flow::new(&recording.steps) {
            Ok(flow) => flow,
            Err(fault) => {
                self.fail_run(fault, None);
                return self.skip_rest("the run could not begin").await;
            }
        };
        let mut pace = Pace::new(self.options);
        while let Some((index, step)) = flow.step() {
            if flow.is_end_of_branch() {
                if let Ok(next) = flow.go_on(None) {
                    self.follow(next).await;
                }
                continue;
            }
            if self.pause(&pace, recording, step).await.is_err() || self.is_over() {
                return self.stop().await;
            }
            let step_began = Instant::now();
            let (mut result, decision) = self.step(&mut stage, &mut pace, &flow, index, step).await;
            let next = match flow.go_on(decision) {
                Ok(next) => Some(next),
                Err(fault) => {
                    result.status = StepStatus::Failed;
                    result.error = Some(self.error_of(fault, &self.run));
                    None
                }
            };
            pace.done(recording, step, step_began);
            let failure = result
                .error
                .as_ref()
                .filter(|_| result.status == StepStatus::Failed);
            let failure = failure.map(|error| (error.code, error.message.clone()));
            let was_cancelled =
                self.run.cancel_token().is_cancelled() && result.status != StepStatus::Passed;
            self.tell(result).await;
            if was_cancelled {
                return self.stop().await;
            }
            if let Some((code, message)) = failure {
                self.error.get_or_insert(RunError {
                    code,
                    message,
                    step: Some(index),
                });
                if self.is_over() {
                    return self.stop().await;
                }
                // Without a browser or a page there is nothing to go on with.
                let hopeless = matches!(
                    code,
                    ErrorCode::BrowserGone | ErrorCode::PageCrashed | ErrorCode::PageClosed
                );
                let goes_on = self.options.continue_on_error || is_soft(step);
                if hopeless || !goes_on {
                    return self.skip_rest("a step before it failed").await;
                }
            }
            let Some(next) = next else {
                return self.skip_rest("a loop before it has no end").await;
            };
            self.follow(next).await;
        }
        if let Some(dialog) = stage.page().open_dialog() {
            let fault = Fault::from(browser::BrowserError::DialogOpen { dialog });
            self.gather(&mut stage, None).await;
            self.fail_run(fault, None);
        }
    }

    /// Pauses as the person did before the step.
    async fn pause(&self, pace: &Pace, recording: &Recording, step: &Step) -> Result<(), Fault> {
        let pause = pace.pause(recording, step);
        if !pause.is_zero() {
            let sleep = tokio::time::sleep(pause);
            self.run.race("pausing as the person did", sleep).await?;
        }
        Ok(())
    }

    /// Sets the variable of a loop's next round, and tells of the steps that are passed over.
    async fn follow(&mut self, next: Next) {
        self.keep(next.variable);
        if let Some((steps, why)) = next.passed_over {
            self.pass_over(steps, why).await;
        }
    }

    /// Keeps a value for the steps that follow.
    fn keep(&mut self, stored: Option<(String, String)>) {
        if let Some((name, value)) = stored {
            self.variables.store(name, value);
        }
    }

    /// The stage, on the recording's first page.
    async fn open(&mut self, context: &Context) -> Result<Stage, Fault> {
        // A new tab is the browser's work, not the page's: the limit of steps is not for it.
        let progress = self.run.within(TAB_PATIENCE);
        let mut stage = Stage::begin(&progress, context, self.options.watch_network).await?;
        let progress = self.run.within(self.options.step_timeout);
        let url = self.variables.substitute(&self.recording.url)?;
        let url = self.rebase.apply(&url);
        // A recording whose first step goes there by itself would go there twice.
        let first_goes = self.recording.steps.first().is_some_and(|step| {
            matches!(&step.kind, StepKind::Navigation(navigation)
                if navigation.navigation_trigger == NavigationTrigger::Manual
                    && self.rebase.apply(&navigation.to) == url)
        });
        if first_goes || self.options.is_open {
            return Ok(stage);
        }
        match opening::open(&progress, &stage.page(), &url).await {
            Ok(()) => Ok(stage),
            Err(fault) => {
                self.gather(&mut stage, None).await;
                Err(fault)
            }
        }
    }

    async fn step(
        &mut self,
        stage: &mut Stage,
        pace: &mut Pace,
        flow: &Flow<'_>,
        index: usize,
        step: &Step,
    ) -> (StepResult, Option<Decision>) {
        let title = self.masked(step.title());
        self.observer
            .event(PlayEvent::StepStarted {
                index,
                id: step.id.clone(),
                title: title.clone(),
            })
            .await;
        let (started_at, began) = (Timestamp::now(), Instant::now());
        let recording = self.recording;
        let attempt = self
            .attempt(stage, pace, recording, flow, index, step)
            .await;
        let Attempt {
            done,
            notes,
            before,
            progress,
        } = attempt;
        let Notes {
            matched,
            healed,
            retries,
            covers,
            waits,
            expected,
            actual,
            decision,
            stored: _,
            visual,
            visuals_within,
            picture,
        } = notes;
        let (status, fault) = self.judge(step, done);
        let duration = began.elapsed();
        let failed = status == StepStatus::Failed;
        let cancelled = fault
            .as_ref()
            .is_some_and(|fault| fault.code() == ErrorCode::Cancelled);
        let screenshot = if failed && !cancelled {
            self.gather(stage, before.or_else(|| self.last_picture.clone()))
                .await
        } else if picture.is_some() {
            picture
        } else if self.options.screenshots == ScreenshotMode::Always {
            let page = stage.page();
            picture::viewport(&self.run, &page).await
        } else {
            None
        };
        let spot = match &screenshot {
            Some(_) if failed => {
                let progress = self.run.within(SPOT_PATIENCE);
                let filled = step.with_values(&self.variables);
                spot::of(&progress, &stage.page(), &filled).await
            }
            _ => None,
        };
        if screenshot.is_some() {
            self.last_picture.clone_from(&screenshot);
        }
        let result = StepResult {
            index,
            id: step.id.clone(),
            step_type: step.kind.type_name().to_owned(),
            title,
            status: mask::status(&self.variables, status),
            started_at,
            duration_ms: u64::try_from(duration.as_millis()).unwrap_or(u64::MAX),
            rounds: self.verdicts.rounds(index) + 1,
            matched: matched.map(|matched| mask::matched(&self.variables, matched)),
            healed: healed.map(|healed| mask::healed(&self.variables, healed)),
            retries,
            dismissed: covers
                .dismissed
                .into_iter()
                .map(|line| self.masked(line))
                .collect(),
            waits: waits.into_iter().map(|line| self.masked(line)).collect(),
            expected: expected.map(|text| self.masked(text)),
            actual: actual.map(|text| self.masked(text)),
            visual,
            visuals_within,
            error: fault.map(|fault| self.error_of(fault, &progress)),
            screenshot,
            spot,
            url: self.masked(stage.page().url()),
        };
        (result, decision)
    }

    /// Performs a step of `recording`, which is the run's own or one that it includes.
    async fn attempt(
        &mut self,
        stage: &mut Stage,
        pace: &mut Pace,
        recording: &Recording,
        flow: &Flow<'_>,
        index: usize,
        step: &Step,
    ) -> Attempt {
        if let StepKind::Include(include) = &step.kind {
            return Box::pin(self.include(stage, pace, step, include)).await;
        }
        let filled = step.with_values(&self.variables);
        let step: &Step = &filled;
        let limit = step
            .timeout
            .map_or(self.options.step_timeout, Duration::from_millis);
        // Its own call log: the report of a step tells what that step did.
        let deadline = self.run.deadline().min(Instant::now() + limit);
        let progress = Progress::with_deadline(deadline, self.run.cancel_token().clone());
        if !matches!(step.kind, StepKind::Control(_)) {
            stage.mark();
            self.observer.in_front(&stage.page());
        }
        let mut scene = Scene {
            progress: progress.clone(),
            stage,
            options: self.options,
            variables: &self.variables,
            recording,
            step,
            index,
            within: &self.within,
            pace,
            rebase: &self.rebase,
            manner: self.manner,
            has_to_decide: flow.has_to_decide(),
            round: flow.round(),
            notes: Notes::default(),
            acted: Arc::new(AtomicBool::new(false)),
        };
        let is_navigation = matches!(step.kind, StepKind::Navigation(_));
        if !is_navigation {
            scene.stage.navigated = false;
        }
        let (done, before) = loop {
            let (done, before) = self.perform(&mut scene).await;
            let code = done.as_ref().err().map(Fault::code);
            if code == Some(ErrorCode::PageClosed) && scene.goes_on_in_another_tab() {
                continue;
            }
            break (done, before);
        };
        let mut notes = scene.notes;
        let done = done.map_err(|fault| held_up(fault, stage));
        // A tab that the step opened is listened to from here on.
        if let Err(fault) = stage.notice_new_tabs(&self.run).await {
            tracing::debug!(message = fault.message(), "a new tab is not listened to");
        }
        self.observer.in_front(&stage.page());
        self.keep(notes.stored.take());
        Attempt {
            done,
            notes,
            before,
            progress,
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
            mask::evidence(&self.variables, &mut evidence);
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

    /// The run is over: cancelled or out of time.
    async fn stop(&mut self) {
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
        self.skip_rest(message).await;
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
            passed: self.verdicts.passed(),
            failed: self.verdicts.failed(),
            skipped: self.verdicts.skipped(),
            steps_healed: self.verdicts.healed(),
            healed: self.verdicts.healed() > 0,
            duration,
            error: self.error.clone(),
            failure_evidence: self.evidence.take(),
        }
    }

    fn error_of(&self, fault: Fault, progress: &Progress) -> StepError {
        mask::error(&self.variables, fault.into_error(progress.call_log()))
    }

    fn masked(&self, text: String) -> String {
        mask::text(&self.variables, text)
    }
}

/// What was waited for in vain while a dialog held the page up did not come because of it.
fn held_up(fault: Fault, stage: &mut Stage) -> Fault {
    let in_vain = matches!(
        fault.code(),
        ErrorCode::Timeout
            | ErrorCode::TabNotFound
            | ErrorCode::WrongAddress
            | ErrorCode::NoDownload
    );
    match stage.page().open_dialog().filter(|_| in_vain) {
        Some(dialog) => browser::BrowserError::DialogOpen { dialog }.into(),
        None => fault,
    }
}

/// Whether the run goes on when the check fails.
fn is_soft(step: &Step) -> bool {
    matches!(&step.kind, StepKind::Checkpoint(check) if check.soft == Some(true))
}

//! A recording in the place of a step: its steps are performed one by one, on the page as it is. They are told in the
//! result of the one step that stands for them.

use std::time::{Duration, Instant};

use browser::Progress;
use recording::{Include, Recording, Step};

use super::{Attempt, Player, is_soft};
use crate::fault::Fault;
use crate::flow::Flow;
use crate::opening;
use crate::outcome::{ErrorCode, StepStatus};
use crate::pace::Pace;
use crate::scene::{Done, Notes};
use crate::stage::Stage;

/// Recordings that include each other deeper than this do so in a circle.
const DEEPEST: usize = 8;

impl Player<'_> {
    pub(super) async fn include(
        &mut self,
        stage: &mut Stage,
        pace: &mut Pace,
        step: &Step,
        include: &Include,
    ) -> Attempt {
        // As long as the step says, or as long as is left of the run: the steps in it have limits of their own.
        let limit = step.timeout.map(Duration::from_millis);
        let deadline = limit.map_or(self.run.deadline(), |limit| {
            self.run.deadline().min(Instant::now() + limit)
        });
        let progress = Progress::with_deadline(deadline, self.run.cancel_token().clone());
        let mut notes = Notes::default();
        let outer = std::mem::replace(&mut self.run, progress.clone());
        self.within.push(step.id.clone());
        let done = self
            .included(stage, pace, include, &progress, &mut notes)
            .await;
        self.within.pop();
        self.run = outer;
        Attempt {
            done,
            notes,
            before: None,
            progress,
        }
    }

    async fn included(
        &mut self,
        stage: &mut Stage,
        pace: &mut Pace,
        include: &Include,
        progress: &Progress,
        notes: &mut Notes,
    ) -> Result<Done, Fault> {
        if self.within.len() > DEEPEST {
            let message = "recordings include each other in a circle";
            return Err(Fault::new(ErrorCode::Unsupported, message));
        }
        let options = self.options;
        let recording: &Recording =
            options.recordings.get(&include.recording).ok_or_else(|| {
                let name = include
                    .recording_name
                    .as_ref()
                    .unwrap_or(&include.recording);
                Fault::new(
                    ErrorCode::FileMissing,
                    format!("the recording {name:?} is not there"),
                )
            })?;
        if include.open == Some(true) {
            let url = self.variables.substitute(&recording.url)?.into_owned();
            let url = self.rebase.apply(&url);
            let progress = progress.within(options.step_timeout);
            opening::open(&progress, &stage.page(), &url).await?;
            // A first step that goes there by itself need not go twice.
            stage.navigated = true;
        }
        // The first soft check that failed: the steps after it are performed, and then this has failed.
        let mut soft = None;
        let mut pictures = Pictures::default();
        let mut flow = Flow::new(&recording.steps)?;
        while let Some((index, step)) = flow.step() {
            if flow.is_end_of_branch() {
                flow.go_on(None)?;
                continue;
            }
            self.pause(pace, recording, step).await?;
            let began = Instant::now();
            let mut attempt = self
                .attempt(stage, pace, recording, &flow, index, step)
                .await;
            pace.done(recording, step, began);
            notes.retries += attempt.notes.retries;
            let dismissed = std::mem::take(&mut attempt.notes.covers.dismissed);
            notes.covers.dismissed.extend(dismissed);
            let decision = attempt.notes.decision.take();
            let (status, fault) = self.judge(step, attempt.done);
            pictures.take(notes, &mut attempt.notes, &status);
            let title = format!("{}. {}", index + 1, step.title());
            let line = match status {
                StepStatus::Passed => {
                    let took = began.elapsed().as_millis();
                    let healed = attempt.notes.healed;
                    let word = if healed.is_some() { ", healed" } else { "" };
                    notes.healed = notes.healed.take().or(healed);
                    format!("{title} ({took} ms{word})")
                }
                StepStatus::Skipped { reason } => format!("{title}: {reason}"),
                StepStatus::Failed => {
                    for line in attempt.progress.call_log() {
                        progress.log(line);
                    }
                    if soft.is_none() {
                        notes.expected = attempt.notes.expected;
                        notes.actual = attempt.notes.actual;
                    }
                    let fault =
                        fault.unwrap_or_else(|| Fault::new(ErrorCode::Browser, "it failed"));
                    let line = format!("{title}: {}", fault.message());
                    let fault = fault.within(&format!(
                        "step {} of “{}” ({})",
                        index + 1,
                        recording.test_name,
                        step.title()
                    ));
                    if !is_soft(step) || self.is_over() {
                        return Err(soft.unwrap_or(fault));
                    }
                    soft.get_or_insert(fault);
                    line
                }
            };
            progress.log(line.clone());
            notes.waits.push(line);
            self.keep(flow.go_on(decision)?.variable);
        }
        soft.map_or(Ok(Done::Performed), Err)
    }
}

/// Which of the visual checks is told first.
#[derive(Default)]
struct Pictures {
    has_failed: bool,
}

impl Pictures {
    /// The first one that failed is what somebody has to look at, and until then the last one is.
    fn take(&mut self, notes: &mut Notes, inner: &mut Notes, status: &StepStatus) {
        notes.visuals_within.append(&mut inner.visuals_within);
        let Some(visual) = inner.visual.take() else {
            return;
        };
        if self.has_failed {
            notes.visuals_within.push(*visual);
            return;
        }
        self.has_failed = *status == StepStatus::Failed;
        let before = notes.visual.replace(visual);
        notes.visuals_within.extend(before.map(|before| *before));
    }
}

//! A recording in the place of a step: its steps are performed one by one, on the page as it is. They are told in the
//! result of the one step that stands for them.

use std::time::Instant;

use browser::{LoadState, Progress};
use recording::{CheckType, Include, Recording, StepKind};

use super::{Attempt, Player};
use crate::fault::Fault;
use crate::flow::Flow;
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
        include: &Include,
    ) -> Attempt {
        let progress =
            Progress::with_deadline(self.run.deadline(), self.run.cancel_token().clone());
        let mut notes = Notes::default();
        self.depth += 1;
        let done = self
            .included(stage, pace, include, &progress, &mut notes)
            .await;
        self.depth -= 1;
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
        if self.depth > DEEPEST {
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
            let opening = progress.within(options.step_timeout);
            let page = stage.page();
            let opened = page
                .goto(&opening, &url, LoadState::DomContentLoaded)
                .await?;
            if let Some(error) = opened.error_text {
                let message = format!("could not open {url}: {error}");
                return Err(Fault::new(ErrorCode::NavigationFailed, message));
            }
        }
        let mut flow = Flow::new(&recording.steps)?;
        while let Some((index, step)) = flow.step() {
            if flow.is_end_of_branch() {
                flow.go_on(None)?;
                continue;
            }
            if matches!(&step.kind, StepKind::Checkpoint(check) if check.check_type == CheckType::Visual)
            {
                let message = "pictures of an included recording have no baselines of their own";
                return Err(Fault::new(ErrorCode::Unsupported, message));
            }
            self.pause(pace, recording, step).await?;
            let began = Instant::now();
            let attempt = self
                .attempt(stage, pace, recording, &flow, index, step)
                .await;
            pace.done(recording, step, began);
            notes.retries += attempt.notes.retries;
            let decision = attempt.notes.decision;
            let (status, fault) = self.judge(step, attempt.done);
            let line = match status {
                StepStatus::Passed => format!(
                    "{}. {} ({} ms)",
                    index + 1,
                    step.title(),
                    began.elapsed().as_millis()
                ),
                StepStatus::Skipped { reason } => {
                    format!("{}. {}: {reason}", index + 1, step.title())
                }
                StepStatus::Failed => {
                    for line in attempt.progress.call_log() {
                        progress.log(line);
                    }
                    notes.expected = attempt.notes.expected;
                    notes.actual = attempt.notes.actual;
                    let fault =
                        fault.unwrap_or_else(|| Fault::new(ErrorCode::Browser, "it failed"));
                    return Err(fault.within(&format!(
                        "step {} of “{}” ({})",
                        index + 1,
                        recording.test_name,
                        step.title()
                    )));
                }
            };
            progress.log(line.clone());
            notes.waits.push(line);
            let next = flow.go_on(decision)?;
            if let Some((name, value)) = next.variable {
                self.variables.store(name, value);
            }
        }
        Ok(Done::Performed)
    }
}

//! What became of the recordings that were asked for; the reporters say it each in its own way.

use std::path::{Path, PathBuf};

use bytes::Bytes;
use jiff::Timestamp;
use replay::{Healed, Outcome, RunStatus, StepResult, StepStatus};
use serde::Serialize;

use super::baselines::Looked;
use super::job::Job;
use super::origin::Origin;
use crate::ci::Build;
use crate::exit_code::ExitCode;

/// What became of everything that was asked for.
pub(crate) struct Report {
    pub(super) began: Timestamp,
    pub(super) ended: Timestamp,
    pub(super) execution: Execution,
    /// In the order in which they were asked for.
    pub(super) performed: Vec<Performed>,
    /// Why nothing could be performed.
    pub(super) problem: Option<String>,
    pub(super) is_interrupted: bool,
    /// The build that this ran in.
    pub(super) build: Option<Build>,
    /// The tags that were asked for.
    pub(super) tags: Vec<String>,
}

/// How the recordings were performed.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Execution {
    pub(crate) browser: String,
    pub(crate) headless: bool,
    pub(crate) timing_enabled: bool,
    pub(crate) timing_mode: String,
    /// In milliseconds, for each step.
    pub(crate) timeout: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) base_url_override: Option<String>,
}

/// What is to be said of a recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It passed at once.
    Passed,
    /// It failed, and passed when it was performed again.
    Flaky,
    /// It failed every time.
    Failed,
    /// It was not performed: one before it failed, or somebody interrupted.
    NotRun,
}

/// What became of one recording.
pub(super) struct Performed {
    pub(super) origin: Origin,
    pub(super) test_name: String,
    pub(super) url: String,
    /// Its number of steps.
    pub(super) total: usize,
    /// Its runs, oldest first: one, and one more for each retry.
    pub(super) runs: Vec<Ran>,
}

/// One run of a recording.
pub(super) struct Ran {
    pub(super) began: Timestamp,
    pub(super) ended: Timestamp,
    /// Missing when the run could not begin.
    pub(super) outcome: Option<Outcome>,
    pub(super) steps: Vec<StepResult>,
    /// Pictures of the steps that failed.
    pub(super) pictures: Vec<Picture>,
    /// Where the pictures of all steps are, in the order in which they were taken.
    pub(super) screenshots: Vec<PathBuf>,
    /// What visual checks found.
    pub(super) looked: Vec<Looked>,
    pub(super) evidence: Option<Result<PathBuf, String>>,
    /// Where its video is, or why there is none; nothing when none was wanted.
    pub(super) video: Option<Result<PathBuf, String>>,
    pub(super) notes: Vec<String>,
}

/// The viewport when a step failed.
pub(super) struct Picture {
    /// Which step, from 0.
    pub(super) step: usize,
    /// JPEG.
    pub(super) jpeg: Bytes,
    /// Where it was written, unless that failed.
    pub(super) path: Option<PathBuf>,
}

impl Ran {
    /// A run that begins now.
    pub(super) fn begin() -> Self {
        let now = Timestamp::now();
        Self {
            began: now,
            ended: now,
            outcome: None,
            steps: Vec::new(),
            pictures: Vec::new(),
            screenshots: Vec::new(),
            looked: Vec::new(),
            evidence: None,
            video: None,
            notes: Vec::new(),
        }
    }

    /// A run that could not begin, and why.
    pub(super) fn could_not_begin(mut self, problem: String) -> Self {
        self.ended = Timestamp::now();
        self.notes.push(problem);
        self
    }

    pub(super) fn passed(&self) -> bool {
        self.is(RunStatus::Passed)
    }

    pub(super) fn is(&self, status: RunStatus) -> bool {
        self.outcome
            .as_ref()
            .is_some_and(|outcome| outcome.status == status)
    }

    pub(super) fn failed_steps(&self) -> impl Iterator<Item = &StepResult> {
        self.steps
            .iter()
            .filter(|step| step.status == StepStatus::Failed)
    }

    /// Where the picture of a step that failed is.
    pub(super) fn screenshot_of(&self, step: &StepResult) -> Option<&Path> {
        self.pictures
            .iter()
            .find(|picture| picture.step == step.index)
            .and_then(|picture| picture.path.as_deref())
    }

    /// Where its video is, when there is one.
    pub(super) fn video(&self) -> Option<&Path> {
        self.video.as_ref()?.as_deref().ok()
    }

    /// Steps that passed on another element than the recording names, and what became of that.
    pub(super) fn healed_steps(&self) -> impl Iterator<Item = (&StepResult, &Healed)> {
        self.steps
            .iter()
            .filter(|step| step.status == StepStatus::Passed)
            .filter_map(|step| Some((step, step.healed.as_deref()?)))
    }

    /// How long it took, in milliseconds.
    pub(super) fn milliseconds(&self) -> u64 {
        self.outcome.as_ref().map_or(0, |outcome| {
            u64::try_from(outcome.duration.as_millis()).unwrap_or(u64::MAX)
        })
    }

    /// Why it did not pass, in a line.
    pub(super) fn reason(&self) -> String {
        let error = self
            .outcome
            .as_ref()
            .and_then(|outcome| outcome.error.as_ref());
        error
            .map(|error| error.message.clone())
            .or_else(|| self.notes.first().cloned())
            .unwrap_or_else(|| "the run did not begin".to_owned())
    }
}

impl Performed {
    pub(super) fn new(job: &Job) -> Self {
        Self {
            origin: job.origin.clone(),
            test_name: job.name.clone(),
            url: job.recording.url.clone(),
            total: job.recording.steps.len(),
            runs: Vec::new(),
        }
    }

    pub(super) fn verdict(&self) -> Verdict {
        match self.runs.as_slice() {
            [] => Verdict::NotRun,
            [one] if one.passed() => Verdict::Passed,
            [.., last] if last.passed() => Verdict::Flaky,
            _ => Verdict::Failed,
        }
    }

    /// Passed, if only on a retry.
    pub(super) fn passed(&self) -> bool {
        matches!(self.verdict(), Verdict::Passed | Verdict::Flaky)
    }

    /// Passed, but not on the elements that the recording names.
    pub(super) fn is_healed(&self) -> bool {
        self.passed()
            && self
                .runs
                .last()
                .is_some_and(|run| run.healed_steps().next().is_some())
    }

    /// What it is called, or where it came from when nobody named it.
    pub(super) fn name(&self) -> String {
        if self.test_name.trim().is_empty() {
            self.origin.to_string()
        } else {
            self.test_name.clone()
        }
    }
}

impl Report {
    pub(super) fn count(&self, verdict: Verdict) -> usize {
        self.performed
            .iter()
            .filter(|performed| performed.verdict() == verdict)
            .count()
    }

    pub(super) fn passed(&self) -> bool {
        self.problem.is_none()
            && !self.is_interrupted
            && self.performed.iter().all(Performed::passed)
    }

    pub(crate) fn exit_code(&self) -> ExitCode {
        let could_not_begin = |performed: &Performed| {
            performed
                .runs
                .last()
                .is_some_and(|run| run.outcome.is_none())
        };
        if self.is_interrupted {
            ExitCode::CANCELLED
        } else if self.problem.is_some() || self.performed.iter().any(could_not_begin) {
            ExitCode::COULD_NOT_RUN
        } else if self.passed() {
            ExitCode::PASSED
        } else {
            ExitCode::FAILED
        }
    }
}

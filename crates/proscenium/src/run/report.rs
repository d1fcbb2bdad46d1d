//! The result of a run: as JSON in the shape that SaveAction's command prints, and as text for people.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use recording::Recording;
use replay::{Outcome, RunStatus, StepResult, StepStatus};
use serde::Serialize;
use serde_json::{Value, json};

use crate::exit_code::ExitCode;

/// What became of everything that was asked for.
pub(crate) struct Report {
    began: Timestamp,
    ended: Timestamp,
    execution: Execution,
    performed: Vec<Performed>,
    problem: Option<String>,
    is_interrupted: bool,
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

/// What became of one recording.
pub(crate) struct Performed {
    file: String,
    test_name: String,
    url: String,
    total: usize,
    began: Timestamp,
    ended: Timestamp,
    outcome: Option<Outcome>,
    steps: Vec<StepResult>,
    evidence: Option<Result<PathBuf, String>>,
    notes: Vec<String>,
}

impl Performed {
    pub(super) fn new(file: &Path, recording: &Recording) -> Self {
        let now = Timestamp::now();
        Self {
            file: file.display().to_string(),
            test_name: recording.test_name.clone(),
            url: recording.url.clone(),
            total: recording.steps.len(),
            began: now,
            ended: now,
            outcome: None,
            steps: Vec::new(),
            evidence: None,
            notes: Vec::new(),
        }
    }

    pub(super) fn failed_before(&mut self, problem: String) {
        self.ended = Timestamp::now();
        self.notes.push(problem);
    }

    pub(super) fn performed(
        &mut self,
        outcome: Outcome,
        steps: Vec<StepResult>,
        evidence: Option<Result<PathBuf, String>>,
        picture_problem: Option<String>,
        denial: Option<String>,
    ) {
        self.ended = Timestamp::now();
        self.notes.extend(picture_problem);
        if outcome.status != RunStatus::Passed {
            self.notes.extend(denial);
        }
        self.outcome = Some(outcome);
        self.steps = steps;
        self.evidence = evidence;
    }

    fn passed(&self) -> bool {
        self.outcome
            .as_ref()
            .is_some_and(|outcome| outcome.status == RunStatus::Passed)
    }

    fn word(&self) -> &'static str {
        if self.passed() { "passed" } else { "failed" }
    }

    fn to_value(&self, execution: &Execution) -> Value {
        let outcome = self.outcome.as_ref();
        let (passed, failed) = outcome.map_or((0, 0), |outcome| (outcome.passed, outcome.failed));
        let mut errors: Vec<Value> = self
            .steps
            .iter()
            .filter(|step| step.status == StepStatus::Failed)
            .map(|step| {
                let message = step
                    .error
                    .as_ref()
                    .map_or("", |error| error.message.as_str());
                json!({ "actionId": step.id, "actionType": step.step_type, "error": message })
            })
            .collect();
        if errors.is_empty() && !self.passed() {
            let run_error = outcome
                .and_then(|outcome| outcome.error.as_ref())
                .map(|error| error.message.as_str());
            let message = run_error
                .or(self.notes.first().map(String::as_str))
                .unwrap_or("the run did not begin");
            errors.push(json!({ "actionId": "", "actionType": "", "error": message }));
        }
        json!({
            "version": "1.0",
            "status": self.word(),
            "recording": {
                "file": self.file, "testName": self.test_name, "url": self.url, "actionsTotal": self.total, "source": "file",
            },
            "execution": execution,
            "result": {
                "duration": outcome.map_or(0, |outcome| u64::try_from(outcome.duration.as_millis()).unwrap_or(u64::MAX)),
                "actionsExecuted": passed + failed,
                "actionsPassed": passed,
                "actionsFailed": failed,
                "errors": errors,
                "video": null,
            },
            "timestamps": { "startedAt": self.began, "completedAt": self.ended },
        })
    }

    fn write_text(&self, out: &mut String) -> std::fmt::Result {
        let name = if self.test_name.is_empty() {
            &self.file
        } else {
            &self.test_name
        };
        let Some(outcome) = &self.outcome else {
            writeln!(out, "✗ {name}  could not be performed")?;
            return self
                .notes
                .iter()
                .try_for_each(|note| writeln!(out, "    {note}"));
        };
        let seconds = outcome.duration.as_secs_f64();
        let total = outcome.steps_total;
        match outcome.status {
            RunStatus::Passed => {
                let skipped = if outcome.skipped > 0 {
                    format!(", {} skipped", outcome.skipped)
                } else {
                    String::new()
                };
                writeln!(
                    out,
                    "✓ {name}  passed  {} of {total} steps{skipped}  {seconds:.1} s",
                    outcome.passed
                )?;
            }
            RunStatus::Failed => {
                let place = outcome.error.as_ref().and_then(|error| error.step);
                let place = place.map_or("before its first step".to_owned(), |step| {
                    format!("at step {} of {total}", step + 1)
                });
                writeln!(out, "✗ {name}  failed {place}  {seconds:.1} s")?;
            }
            RunStatus::TimedOut => writeln!(
                out,
                "✗ {name}  timed out  {} of {total} steps  {seconds:.1} s",
                outcome.passed
            )?,
            RunStatus::Cancelled => writeln!(
                out,
                "– {name}  cancelled  {} of {total} steps  {seconds:.1} s",
                outcome.passed
            )?,
        }
        for step in self
            .steps
            .iter()
            .filter(|step| step.status == StepStatus::Failed)
        {
            let Some(error) = &step.error else { continue };
            writeln!(out, "    {}. {}", step.index + 1, step.title)?;
            writeln!(out, "       {} ({})", error.message, error.code)?;
            if let Some(detail) = &error.detail {
                writeln!(out, "       {}", detail.lines().next().unwrap_or_default())?;
            }
            for tried in &error.tried {
                writeln!(
                    out,
                    "       tried {} {:?}: {} found",
                    tried.strategy, tried.value, tried.count
                )?;
            }
        }
        if let Some(error) = outcome.error.as_ref().filter(|error| error.step.is_none()) {
            writeln!(out, "    {} ({})", error.message, error.code)?;
        }
        for note in &self.notes {
            writeln!(out, "    {note}")?;
        }
        match &self.evidence {
            Some(Ok(folder)) => writeln!(out, "    evidence  {}", folder.display()),
            Some(Err(problem)) => writeln!(out, "    the evidence could not be kept: {problem}"),
            None => Ok(()),
        }
    }
}

impl Report {
    pub(super) fn new(began: Timestamp, execution: Execution) -> Self {
        Self {
            began,
            ended: began,
            execution,
            performed: Vec::new(),
            problem: None,
            is_interrupted: false,
        }
    }

    pub(super) fn add(&mut self, performed: Performed) {
        self.ended = performed.ended;
        self.performed.push(performed);
    }

    pub(super) fn could_not_run(&mut self, problem: String) {
        self.ended = Timestamp::now();
        self.problem = Some(problem);
    }

    pub(super) fn interrupted(&mut self) {
        self.ended = Timestamp::now();
        self.is_interrupted = true;
    }

    pub(crate) fn exit_code(&self) -> ExitCode {
        if self.is_interrupted {
            ExitCode::CANCELLED
        } else if self.problem.is_some()
            || self
                .performed
                .iter()
                .any(|performed| performed.outcome.is_none())
        {
            ExitCode::COULD_NOT_RUN
        } else if self.performed.iter().all(Performed::passed) {
            ExitCode::PASSED
        } else {
            ExitCode::FAILED
        }
    }

    /// One object for one recording; for several, an object that lists them.
    pub(crate) fn to_json(&self) -> anyhow::Result<String> {
        let timestamps = json!({ "startedAt": self.began, "completedAt": self.ended });
        let value = match (&self.problem, self.performed.as_slice()) {
            (Some(problem), _) => {
                json!({ "version": "1.0", "status": "failed", "error": problem, "timestamps": timestamps })
            }
            (None, []) => {
                json!({ "version": "1.0", "status": "failed", "error": "interrupted", "timestamps": timestamps })
            }
            (None, [one]) => one.to_value(&self.execution),
            (None, many) => {
                let passed = many.iter().filter(|performed| performed.passed()).count();
                json!({
                    "version": "1.0",
                    "status": if passed == many.len() && !self.is_interrupted { "passed" } else { "failed" },
                    "totalRecordings": many.len(),
                    "passed": passed,
                    "failed": many.len() - passed,
                    "recordings": many.iter().map(|performed| performed.to_value(&self.execution)).collect::<Vec<_>>(),
                    "timestamps": timestamps,
                })
            }
        };
        Ok(serde_json::to_string_pretty(&value)? + "\n")
    }

    pub(crate) fn to_text(&self) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = self
            .performed
            .iter()
            .try_for_each(|performed| performed.write_text(&mut out));
        if let Some(problem) = &self.problem {
            let _ = writeln!(out, "✗ nothing could be performed: {problem}");
        }
        if self.performed.len() > 1 {
            let passed = self
                .performed
                .iter()
                .filter(|performed| performed.passed())
                .count();
            let _ = writeln!(
                out,
                "{passed} of {} recordings passed",
                self.performed.len()
            );
        }
        out
    }
}

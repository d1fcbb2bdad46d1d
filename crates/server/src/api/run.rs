//! Runs.

use std::collections::BTreeMap;

use ids::{ArtifactId, RecordingId, RunId, ScheduleId};
use serde::{Deserialize, Serialize};
use store::{
    HealedStep, MatchedSelector, RunFailure, RunOptions, RunStatus, Spot, StepFailure, StepStatus,
    Time,
};
use utoipa::{IntoParams, ToSchema};

use super::visual::VisualStep;
use crate::error::ApiError;

/// The engine that runs use when nobody says another.
const BROWSER: &str = "chromium";

/// Every engine.
pub(crate) const BROWSERS: [&str; 3] = [BROWSER, "firefox", "webkit"];

/// Runs of one request.
const MOST_RUNS: usize = 200;

/// What to perform, and how.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct CreateRun {
    pub(crate) recording_id: RecordingId,
    /// `chromium`, `firefox` or `webkit`; `chromium` when absent.
    #[serde(default)]
    pub(crate) browser: Option<String>,
    /// Several of them, in place of `browser`: a run on each, at the same time where workers are free, and one result
    /// of all of them.
    #[serde(default)]
    pub(crate) browsers: Vec<String>,
    /// `fast` when absent.
    #[serde(default)]
    pub(crate) timing_mode: Option<TimingMode>,
    /// 2 plays twice as fast; above 0, at most 100.
    #[serde(default)]
    pub(crate) speed: Option<f64>,
    /// Milliseconds for one step; 30 000 when absent.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 3_600_000)]
    pub(crate) timeout: Option<u64>,
    /// Milliseconds for the whole run; 600 000 when absent.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 86_400_000)]
    pub(crate) run_timeout: Option<u64>,
    /// `always` when absent.
    #[serde(default)]
    pub(crate) screenshot_mode: Option<ScreenshotMode>,
    /// Whether a film of the run is kept, as MP4 among its artifacts: of the tab that it begins in; `never` when absent.
    #[serde(default)]
    pub(crate) video: Option<VideoMode>,
    /// Perform the steps after a failed one too.
    #[serde(default)]
    pub(crate) continue_on_error: bool,
    /// Whether a step whose selectors find nothing may be performed on the one element that is clearly the recorded one;
    /// such a run says so. `true` when absent.
    #[serde(default)]
    pub(crate) heal: Option<bool>,
    /// Whether a banner or a dialog that lies over a step's element for a second is closed by its own button; the step's result
    /// says so. `false` when absent: what nobody expected may be what the run is there to find.
    #[serde(default)]
    pub(crate) dismiss_overlays: Option<bool>,
    /// Opens relative addresses of the recording against this one.
    #[serde(default)]
    pub(crate) base_url: Option<String>,
    /// Not before this moment; at once when absent or past.
    #[serde(default)]
    pub(crate) start_at: Option<Time>,
    /// Values of the recording's variables, such as `PASSWORD`.
    #[serde(default)]
    pub(crate) variables: BTreeMap<String, String>,
    /// Values for several runs: CSV with a header, or a JSON list of objects, as text. One run a row, on each browser;
    /// the columns are variables and go before those of `variables`.
    #[serde(default)]
    pub(crate) data: Option<String>,
}

/// How much of the recorded time is kept between steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum TimingMode {
    /// As recorded.
    Realistic,
    /// Short pauses.
    Fast,
    /// None.
    Instant,
}

impl TimingMode {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Realistic => "realistic",
            Self::Fast => "fast",
            Self::Instant => "instant",
        }
    }
}

/// When a step leaves a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum ScreenshotMode {
    Always,
    OnFailure,
    Never,
}

impl ScreenshotMode {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::OnFailure => "onFailure",
            Self::Never => "never",
        }
    }
}

/// Of which runs a film is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum VideoMode {
    Always,
    /// Of those that do not pass; all are filmed.
    OnFailure,
    Never,
}

impl VideoMode {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::OnFailure => "onFailure",
            Self::Never => "never",
        }
    }
}

/// One performance of a recording.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Run {
    pub(crate) id: RunId,
    pub(crate) recording_id: RecordingId,
    pub(crate) recording_name: String,
    pub(crate) status: RunStatus,
    pub(crate) browser: String,
    /// The row of the data that it was asked for with, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) row: Option<u32>,
    pub(crate) timing_mode: String,
    pub(crate) steps_total: u32,
    pub(crate) steps_passed: u32,
    pub(crate) steps_failed: u32,
    pub(crate) steps_skipped: u32,
    /// Steps that passed on another element than their selectors name; they are among the passed ones.
    pub(crate) steps_healed: u32,
    /// Whether there is any such step: somebody should look at what the run did.
    pub(crate) healed: bool,
    pub(crate) created_at: Time,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) started_at: Option<Time>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) finished_at: Option<Time>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) duration_ms: Option<u64>,
    /// Why it did not pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<RunFailure>,
    /// This run and those that were asked for with it; absent when it was asked for alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) group: Option<RunGroup>,
    /// The schedule that asked for it; absent when a person did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) schedule_id: Option<ScheduleId>,
    /// From 1; more when a worker died or was stopped and the run was taken up again. 0 while no worker has taken it.
    pub(crate) attempt: u32,
}

/// Runs of one recording on several engines or with several rows of data, asked for together.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RunGroup {
    /// That of its first run, which stands for all of them in lists.
    pub(crate) id: RunId,
    /// Running until all are over, then the worst of theirs.
    pub(crate) status: RunStatus,
    pub(crate) runs: Vec<EngineRun>,
}

/// How it went on one engine, with one row.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EngineRun {
    pub(crate) id: RunId,
    pub(crate) browser: String,
    /// The row of the data, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) row: Option<u32>,
    pub(crate) status: RunStatus,
    pub(crate) steps_total: u32,
    pub(crate) steps_passed: u32,
    pub(crate) steps_failed: u32,
    pub(crate) steps_skipped: u32,
    pub(crate) steps_healed: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) duration_ms: Option<u64>,
    /// Why it did not pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<RunFailure>,
}

/// A run with its steps.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RunDetail {
    #[serde(flatten)]
    pub(crate) run: Run,
    pub(crate) steps: Vec<RunStep>,
}

/// One step of a run.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RunStep {
    /// From 0.
    pub(crate) index: u32,
    /// The step's id in the recording.
    pub(crate) id: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// A sentence: `Click “Add to cart” button`.
    pub(crate) title: String,
    pub(crate) status: StepStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) started_at: Option<Time>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) duration_ms: Option<u64>,
    /// The selector that found the element.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) matched: Option<MatchedSelector>,
    /// How often it was performed: more than once in a loop.
    pub(crate) rounds: u32,
    /// Set when no selector found the element and another took its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) healed: Option<HealedStep>,
    pub(crate) retries: u32,
    /// What was waited for.
    pub(crate) waits: Vec<String>,
    /// What a check wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) expected: Option<String>,
    /// What a check found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) actual: Option<String>,
    /// What a visual check found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) visual: Option<VisualStep>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<StepFailure>,
    /// Why it was not performed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) skipped_reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) screenshot: Option<Picture>,
    /// Where on the picture the element of a failed step is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) spot: Option<Spot>,
    /// Where the page was after the step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) url: Option<String>,
}

/// A stored picture.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Picture {
    pub(crate) artifact_id: ArtifactId,
    /// Path of its bytes.
    pub(crate) url: String,
}

impl From<ArtifactId> for Picture {
    fn from(artifact_id: ArtifactId) -> Self {
        Self {
            artifact_id,
            url: super::artifact::content_path(artifact_id),
        }
    }
}

/// Which runs are wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct RunFilter {
    /// Only those of this recording.
    #[param(value_type = Option<uuid::Uuid>)]
    pub(crate) recording_id: Option<RecordingId>,
    /// Only those that this schedule asked for.
    #[param(value_type = Option<uuid::Uuid>)]
    pub(crate) schedule_id: Option<ScheduleId>,
    /// Only those that stand here.
    #[param(inline)]
    pub(crate) status: Option<RunStatus>,
}

/// Nobody knows a browser of this name.
pub(crate) fn unknown_browser(name: &str) -> ApiError {
    let known = BROWSERS.join(", ");
    let sentence = format!("There is no browser “{name}”; there are {known}.");
    ApiError::invalid("unsupported_browser", sentence)
}

impl CreateRun {
    /// A run of the recording, with everything as it is when nothing is said.
    pub(crate) fn of(recording_id: RecordingId) -> Self {
        Self {
            recording_id,
            browser: None,
            browsers: Vec::new(),
            timing_mode: None,
            speed: None,
            timeout: None,
            run_timeout: None,
            screenshot_mode: None,
            video: None,
            continue_on_error: false,
            heal: None,
            dismiss_overlays: None,
            base_url: None,
            start_at: None,
            variables: BTreeMap::new(),
            data: None,
        }
    }

    /// The checked options, or what is wrong with them.
    pub(crate) fn into_options(self) -> Result<Vec<RunOptions>, ApiError> {
        let invalid = |sentence: &str| Err(ApiError::invalid("invalid_options", sentence));
        if let Some(browser) = self
            .browser
            .as_deref()
            .filter(|browser| !BROWSERS.contains(browser))
        {
            return Err(unknown_browser(browser));
        }
        if let Some(unknown) = self
            .browsers
            .iter()
            .find(|browser| !BROWSERS.contains(&browser.as_str()))
        {
            return Err(unknown_browser(unknown));
        }
        let twice =
            (1..self.browsers.len()).any(|at| self.browsers[..at].contains(&self.browsers[at]));
        if twice {
            return invalid("Each browser is named once.");
        }
        if self.browser.is_some() && !self.browsers.is_empty() {
            return invalid("Either `browser` or `browsers` says where to run.");
        }
        if self
            .speed
            .is_some_and(|speed| !(speed > 0.0 && speed <= 100.0))
        {
            return invalid("The speed is a number above 0, at most 100.");
        }
        if self
            .timeout
            .is_some_and(|ms| !(1..=3_600_000).contains(&ms))
        {
            return invalid("The time for a step is 1 to 3600000 milliseconds.");
        }
        if self
            .run_timeout
            .is_some_and(|ms| !(1..=86_400_000).contains(&ms))
        {
            return invalid("The time for a run is 1 to 86400000 milliseconds.");
        }
        let opens = |base: &str| {
            url::Url::parse(base).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
        };
        if self.base_url.as_deref().is_some_and(|base| !opens(base)) {
            return invalid("The base address begins with http:// or https://.");
        }
        let rows = match &self.data {
            None => vec![None],
            Some(text) => recording::rows(text.as_bytes())
                .map_err(|error| {
                    let sentence = format!("The data cannot be used: {}.", work::chain(&error));
                    ApiError::invalid("invalid_data", sentence)
                })?
                .into_iter()
                .map(Some)
                .collect(),
        };
        let browsers: Vec<Option<String>> = if self.browsers.is_empty() {
            vec![self.browser.clone()]
        } else {
            self.browsers.iter().cloned().map(Some).collect()
        };
        if browsers.len() * rows.len() > MOST_RUNS {
            return invalid(&format!(
                "Browsers times rows make {} runs; {MOST_RUNS} can be asked for at once.",
                browsers.len() * rows.len()
            ));
        }
        let common = RunOptions {
            browser: None,
            timing_mode: self.timing_mode.map(|mode| mode.as_str().to_owned()),
            speed: self.speed,
            step_timeout_ms: self.timeout,
            run_timeout_ms: self.run_timeout,
            screenshot_mode: self.screenshot_mode.map(|mode| mode.as_str().to_owned()),
            video: self.video.map(|mode| mode.as_str().to_owned()),
            continue_on_error: self.continue_on_error,
            heal: self.heal,
            dismiss_overlays: self.dismiss_overlays,
            base_url: self.base_url,
            variables: self.variables,
            sealed: None,
            row: None,
        };
        let mut all = Vec::with_capacity(browsers.len() * rows.len());
        for browser in browsers {
            for (nth, row) in (1..).zip(&rows) {
                let mut options = RunOptions {
                    browser: browser.clone(),
                    row: row.as_ref().map(|_| nth),
                    ..common.clone()
                };
                options.variables.extend(row.iter().flatten().cloned());
                all.push(options);
            }
        }
        Ok(all)
    }
}

impl From<store::Run> for Run {
    fn from(run: store::Run) -> Self {
        let took = run
            .started_at
            .zip(run.finished_at)
            .map(|(started, finished)| finished.since(started));
        Self {
            id: run.id,
            recording_id: run.recording_id,
            recording_name: run.recording_name,
            status: run.status,
            browser: run.options.browser.unwrap_or_else(|| BROWSER.to_owned()),
            row: run.options.row,
            timing_mode: run
                .options
                .timing_mode
                .unwrap_or_else(|| TimingMode::Fast.as_str().to_owned()),
            steps_total: run.steps_total,
            steps_passed: run.steps_passed,
            steps_failed: run.steps_failed,
            steps_skipped: run.steps_skipped,
            steps_healed: run.steps_healed,
            healed: run.steps_healed > 0,
            created_at: run.created_at,
            started_at: run.started_at,
            finished_at: run.finished_at,
            duration_ms: took.map(|took| u64::try_from(took.as_millis()).unwrap_or(u64::MAX)),
            error: run.error,
            group: None,
            schedule_id: run.schedule,
            attempt: run.attempt,
        }
    }
}

impl RunGroup {
    /// Of runs that were asked for together; at least one.
    pub(crate) fn of(id: RunId, runs: Vec<store::Run>) -> Self {
        let stands: Vec<RunStatus> = runs.iter().map(|run| run.status).collect();
        Self {
            id,
            status: RunStatus::of_all(&stands),
            runs: runs.into_iter().map(EngineRun::from).collect(),
        }
    }
}

impl From<store::Run> for EngineRun {
    fn from(run: store::Run) -> Self {
        let run = Run::from(run);
        Self {
            id: run.id,
            browser: run.browser,
            row: run.row,
            status: run.status,
            steps_total: run.steps_total,
            steps_passed: run.steps_passed,
            steps_failed: run.steps_failed,
            steps_skipped: run.steps_skipped,
            steps_healed: run.steps_healed,
            duration_ms: run.duration_ms,
            error: run.error,
        }
    }
}

impl From<store::RunStep> for RunStep {
    fn from(step: store::RunStep) -> Self {
        let detail = step.detail;
        Self {
            index: step.index,
            id: step.step_id,
            kind: step.kind,
            title: step.title,
            status: step.status,
            started_at: step.started_at,
            duration_ms: step.duration_ms,
            matched: detail.matched,
            healed: detail.healed,
            rounds: detail.rounds,
            retries: detail.retries,
            waits: detail.waits,
            expected: detail.expected,
            actual: detail.actual,
            visual: detail.visual.map(VisualStep::from),
            error: detail.error,
            skipped_reason: detail.skipped,
            screenshot: step.screenshot.map(Picture::from),
            spot: detail.spot,
            url: step.url,
        }
    }
}

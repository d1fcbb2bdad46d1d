//! Schedules.

use std::collections::BTreeMap;

use ids::{RecordingId, RunId, ScheduleId};
use serde::{Deserialize, Serialize};
use store::{RunStatus, Time};
use utoipa::{IntoParams, ToSchema};

use super::run::{CreateRun, ScreenshotMode, TimingMode, VideoMode};

/// What to perform, and when, again and again.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct CreateSchedule {
    /// That of the recording when absent.
    #[serde(default)]
    pub(crate) name: Option<String>,
    /// Five fields, `minute hour day month weekday`, or `@hourly`, `@daily`, `@weekly`, `@monthly`.
    #[schema(examples("0 7 * * MON-FRI"))]
    pub(crate) cron: String,
    /// Where the clock hangs that the moments are read from; `UTC` when absent.
    #[serde(default = "utc")]
    #[schema(examples("Europe/Berlin"), required = false)]
    pub(crate) time_zone: String,
    /// Whether it is in force; `true` when absent.
    #[serde(default = "yes")]
    #[schema(required = false)]
    pub(crate) enabled: bool,
    /// The runs, as they are asked for at `POST /runs`, without `startAt`.
    pub(crate) run: CreateRun,
}

/// What becomes another; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ChangeSchedule {
    #[serde(default)]
    pub(crate) name: Option<String>,
    #[serde(default)]
    pub(crate) cron: Option<String>,
    #[serde(default)]
    pub(crate) time_zone: Option<String>,
    #[serde(default)]
    pub(crate) enabled: Option<bool>,
    /// The runs as a whole, values of variables included.
    #[serde(default)]
    pub(crate) run: Option<CreateRun>,
}

/// When runs of a recording begin, again and again.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Schedule {
    pub(crate) id: ScheduleId,
    pub(crate) name: String,
    pub(crate) recording_id: RecordingId,
    /// Absent when the recording was deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) recording_name: Option<String>,
    pub(crate) cron: String,
    pub(crate) time_zone: String,
    pub(crate) enabled: bool,
    /// Why it is not in force, when nobody paused it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) disabled_reason: Option<String>,
    pub(crate) run: ScheduledRun,
    /// The next five moments; none while it is not in force.
    pub(crate) next: Vec<Time>,
    /// The latest run that it asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) last_run: Option<LastScheduledRun>,
    /// The latest moment that passed without a run, unless a run began since.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) last_skipped_at: Option<Time>,
    /// Why it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) last_skipped_reason: Option<String>,
    pub(crate) created_at: Time,
    pub(crate) updated_at: Time,
}

/// How the runs of a schedule are performed. What was given as values is not told.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ScheduledRun {
    /// The engines; `chromium` when there is none.
    pub(crate) browsers: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) timing_mode: Option<TimingMode>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) speed: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) timeout: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) run_timeout: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) screenshot_mode: Option<ScreenshotMode>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) video: Option<VideoMode>,
    pub(crate) continue_on_error: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) heal: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) dismiss_overlays: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) base_url: Option<String>,
    /// Names of the variables that were given values.
    pub(crate) variables: Vec<String>,
    /// Whether there are rows of data.
    pub(crate) has_data: bool,
}

/// What a scheduled run is given and nobody reads again: kept sealed.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Secrets {
    pub(crate) variables: BTreeMap<String, String>,
    pub(crate) data: Option<String>,
}

/// How the latest run of a schedule went, all engines and rows together.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LastScheduledRun {
    pub(crate) id: RunId,
    pub(crate) status: RunStatus,
    pub(crate) created_at: Time,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) finished_at: Option<Time>,
}

/// The moments of a schedule that does not exist yet.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SchedulePreview {
    pub(crate) cron: String,
    pub(crate) time_zone: String,
    /// The next five moments.
    pub(crate) next: Vec<Time>,
}

/// What is to be previewed.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PreviewQuery {
    /// A cron expression.
    #[param(example = "0 7 * * MON-FRI")]
    pub(crate) cron: String,
    /// The name of a time zone; `UTC` when absent.
    #[serde(default = "utc")]
    #[param(example = "Europe/Berlin")]
    pub(crate) tz: String,
}

/// Which schedules are wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct ScheduleFilter {
    /// Only those of this recording.
    #[param(value_type = Option<uuid::Uuid>)]
    pub(crate) recording_id: Option<RecordingId>,
}

impl ScheduledRun {
    /// What everybody may read of a request, and what nobody may.
    pub(crate) fn split(wanted: CreateRun) -> (Self, Secrets) {
        let browsers = match wanted.browser {
            Some(browser) => vec![browser],
            None => wanted.browsers,
        };
        let run = Self {
            browsers,
            timing_mode: wanted.timing_mode,
            speed: wanted.speed,
            timeout: wanted.timeout,
            run_timeout: wanted.run_timeout,
            screenshot_mode: wanted.screenshot_mode,
            video: wanted.video,
            continue_on_error: wanted.continue_on_error,
            heal: wanted.heal,
            dismiss_overlays: wanted.dismiss_overlays,
            base_url: wanted.base_url,
            variables: wanted.variables.keys().cloned().collect(),
            has_data: wanted.data.is_some(),
        };
        let secrets = Secrets {
            variables: wanted.variables,
            data: wanted.data,
        };
        (run, secrets)
    }

    /// The request again, as it was made.
    pub(crate) fn join(self, recording_id: RecordingId, secrets: Secrets) -> CreateRun {
        CreateRun {
            recording_id,
            browser: None,
            browsers: self.browsers,
            timing_mode: self.timing_mode,
            speed: self.speed,
            timeout: self.timeout,
            run_timeout: self.run_timeout,
            screenshot_mode: self.screenshot_mode,
            video: self.video,
            continue_on_error: self.continue_on_error,
            heal: self.heal,
            dismiss_overlays: self.dismiss_overlays,
            base_url: self.base_url,
            start_at: None,
            variables: secrets.variables,
            data: secrets.data,
        }
    }
}

impl Secrets {
    pub(crate) fn is_empty(&self) -> bool {
        self.variables.is_empty() && self.data.is_none()
    }
}

pub(crate) fn utc() -> String {
    "UTC".to_owned()
}

fn yes() -> bool {
    true
}

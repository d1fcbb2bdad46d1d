//! What rows keep as JSON: read and written whole, never queried inside.

use ids::ArtifactId;
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The size and kind of screen that a page believes it has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, FromJsonQueryResult)]
#[serde(rename_all = "camelCase")]
pub struct Viewport {
    /// CSS pixels.
    pub width: u32,
    /// CSS pixels.
    pub height: u32,
    /// Device pixels per CSS pixel.
    #[serde(default = "one")]
    pub device_scale_factor: f64,
    /// Whether the page is laid out as on a phone.
    #[serde(default)]
    pub mobile: bool,
    /// Whether the page gets touch events.
    #[serde(default)]
    pub touch: bool,
}

fn one() -> f64 {
    1.0
}

/// How a run is to be performed; what is absent takes the player's default.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(rename_all = "camelCase", default)]
pub struct RunOptions {
    /// `chromium`, and later others.
    pub browser: Option<String>,
    /// `realistic`, `fast` or `instant`.
    pub timing_mode: Option<String>,
    /// 2 plays twice as fast.
    pub speed: Option<f64>,
    /// Milliseconds for one step.
    pub step_timeout_ms: Option<u64>,
    /// Milliseconds for the whole run.
    pub run_timeout_ms: Option<u64>,
    /// `always`, `onFailure` or `never`.
    pub screenshot_mode: Option<String>,
    /// Whether the run is filmed: `always`, `onFailure` (the film of a run that passed is not kept) or `never`, which it is
    /// when this is absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub video: Option<String>,
    /// Whether steps after a failed one are performed.
    pub continue_on_error: bool,
    /// Whether a step whose selectors find nothing may be healed; it may when this is absent.
    pub heal: Option<bool>,
    /// Whether a banner or a dialog that lies over a step's element is closed by its own button.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dismiss_overlays: Option<bool>,
    /// Opens relative addresses against this one.
    pub base_url: Option<String>,
    /// Values of the recording's variables, as they are given. The store keeps them sealed and gives them back by
    /// [`Runs::values`](crate::Runs::values) only; here they are empty then.
    #[serde(skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub variables: std::collections::BTreeMap<String, String>,
    /// The values, sealed. A run that is asked for again has them from the one before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sealed: Option<String>,
    /// Which row of a table the values are from, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
}

/// The selector that found the element of a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MatchedSelector {
    /// For example `data-testid`, `role`, `css`.
    pub strategy: String,
    /// The selector's text.
    pub value: String,
    /// Its place among the step's selectors, from 0.
    pub index: u32,
}

/// A step was performed on another element than its selectors name, because they name none any more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct HealedStep {
    /// The element as the recording has it.
    pub before: HealedBefore,
    /// The element that the step was performed on.
    pub after: HealedAfter,
    /// How alike they are, 0 to 1.
    pub score: f64,
    /// The next best element of the page, which was not taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub runner_up: Option<HealedRunnerUp>,
}

/// What a recording says of an element that its selectors do not find.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HealedBefore {
    /// The strategy of its first selector.
    pub strategy: String,
    /// The text of its first selector.
    pub value: String,
    /// What the step does, as a sentence.
    pub description: String,
}

/// The element that took the place of the recorded one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HealedAfter {
    /// The selectors that the recorder would write for it, best first, as recordings have them.
    #[schema(value_type = Vec<Object>)]
    pub selectors: Vec<serde_json::Value>,
    /// Its role and name.
    pub description: String,
    /// What the recorder would keep of it beside them; null when that would tell a secret.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub fingerprint: serde_json::Value,
}

/// An element that was not taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HealedRunnerUp {
    /// How alike it is, 0 to 1.
    pub score: f64,
    /// Its role and name.
    pub description: String,
}

/// A selector that was tried and how many elements it found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TriedSelector {
    /// For example `data-testid`, `role`, `css`.
    pub strategy: String,
    /// The selector's text.
    pub value: String,
    /// How many elements it found.
    pub count: u32,
}

/// Why a step failed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StepFailure {
    /// A stable word for programs.
    pub code: String,
    /// One sentence for people.
    pub message: String,
    /// More, when there is more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// What was done before it failed, line by line.
    #[serde(default)]
    pub call_log: Vec<String>,
    /// The selectors that were tried.
    #[serde(default)]
    pub tried: Vec<TriedSelector>,
}

/// What a visual check found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct VisualCheck {
    /// What its baseline is kept under, when that is not the step's own id: the ids of the steps that include each
    /// other's recordings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step_id: Option<String>,
    /// `same`, `different`, `other-size` or `no-baseline`.
    pub verdict: String,
    /// The engine that drew the picture.
    pub engine: String,
    /// What it was drawn on: `1280x720`, `390x844@3`.
    pub screen: String,
    /// Size of the picture, in pixels.
    pub width: u32,
    /// Size of the picture, in pixels.
    pub height: u32,
    /// Pixels that differ; absent when there was nothing to compare with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub differing_pixels: Option<u64>,
    /// Their share of the pixels that were compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
    /// The largest share that may differ.
    pub threshold: f64,
    /// Whether the page stood still when the picture was taken.
    pub is_still: bool,
    /// The approved picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<ArtifactId>,
    /// What the page looked like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actual: Option<ArtifactId>,
    /// The page, pale, with what differs in red.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difference: Option<ArtifactId>,
}

/// What is known of a step that was performed, beyond its status and times.
#[derive(
    Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema, FromJsonQueryResult,
)]
#[serde(rename_all = "camelCase", default)]
pub struct StepDetail {
    /// The selector that found the element.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matched: Option<MatchedSelector>,
    /// Set when no selector found the element and another took its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub healed: Option<HealedStep>,
    /// How often the step was performed: more than once in a loop.
    #[serde(default)]
    pub rounds: u32,
    /// How often the step was tried again before this result.
    pub retries: u32,
    /// What was waited for, and how long.
    pub waits: Vec<String>,
    /// What a check wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// What a check found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actual: Option<String>,
    /// What a visual check found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visual: Option<VisualCheck>,
    /// Why the step failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<StepFailure>,
    /// Where on its picture the element of a failed step is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spot: Option<Spot>,
    /// Why the step was skipped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skipped: Option<String>,
}

/// A part of a picture, in shares of its width and height: 0 is the left or upper edge, 1 the other.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Spot {
    /// The left edge.
    pub x: f64,
    /// The upper edge.
    pub y: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

/// Why a run did not pass.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, FromJsonQueryResult)]
#[serde(rename_all = "camelCase")]
pub struct RunFailure {
    /// A stable word for programs.
    pub code: String,
    /// One sentence for people.
    pub message: String,
    /// The step that failed, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<u32>,
}

/// What was gathered when an error happened.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(rename_all = "camelCase", default)]
pub struct EvidenceRefs {
    /// The full-page picture.
    pub screenshot: Option<ArtifactId>,
    /// Pictures from before the error, oldest first.
    pub before: Vec<ArtifactId>,
    /// The document as HTML.
    pub dom: Option<ArtifactId>,
    /// The last console lines before the error.
    pub console: Vec<serde_json::Value>,
    /// The requests that failed before the error.
    pub network: Vec<serde_json::Value>,
}

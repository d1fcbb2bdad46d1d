//! What a run leaves: the result of each step and of the whole.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use capture::Evidence;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::healed::Healed;
use crate::spot::Spot;
use crate::visual::Visual;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RunStatus {
    /// Every step was performed; those that were skipped may be.
    Passed,
    /// A step failed, or the run could not begin.
    Failed,
    /// Somebody cancelled it.
    Cancelled,
    /// It took longer than it may.
    TimedOut,
}

/// What became of a run.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// How it ended.
    pub status: RunStatus,
    /// Steps of the recording.
    pub steps_total: usize,
    /// Steps that were performed.
    pub passed: usize,
    /// Steps that failed.
    pub failed: usize,
    /// Steps that were not performed, with a reason each.
    pub skipped: usize,
    /// Steps that passed on another element than the selectors name. They are among the passed ones.
    pub steps_healed: usize,
    /// Whether there is any such step: somebody should look at what the run did.
    pub healed: bool,
    /// How long it took.
    #[serde(rename = "durationMs", serialize_with = "milliseconds")]
    pub duration: Duration,
    /// Why it did not pass.
    pub error: Option<RunError>,
    /// What the page looked like when the first step failed.
    #[serde(skip)]
    pub failure_evidence: Option<Box<FailureEvidence>>,
}

/// Why a run did not pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RunError {
    /// What kind of trouble.
    pub code: ErrorCode,
    /// What happened, as a sentence.
    pub message: String,
    /// The step it happened in, from 0.
    pub step: Option<usize>,
}

/// What is left of the page at the first failure.
#[derive(Debug, Clone)]
pub struct FailureEvidence {
    /// Whole page, DOM, console, failed requests, address, title.
    pub evidence: Evidence,
    /// The viewport before the step acted, as JPEG.
    pub before: Option<Bytes>,
    /// The viewport after it failed, as JPEG.
    pub after: Option<Bytes>,
}

/// What became of a step.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StepResult {
    /// Which, from 0.
    pub index: usize,
    /// Its id in the recording.
    pub id: String,
    /// Its type in the recording.
    #[serde(rename = "type")]
    pub step_type: String,
    /// What it does, as a sentence.
    pub title: String,
    /// What became of it.
    #[serde(flatten)]
    pub status: StepStatus,
    /// When it began.
    pub started_at: Timestamp,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
    /// How often it was performed so far: more than once in a loop, 0 when it was passed over.
    pub rounds: u32,
    /// The selector that found its element.
    pub matched: Option<Matched>,
    /// The element that took the place of the recorded one, when no selector found that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub healed: Option<Box<Healed>>,
    /// How often the page was asked again, because a navigation or a redraw came between.
    pub retries: u32,
    /// What lay over its element and was closed, and by what: only where that was asked for ([`Overlays::Dismiss`](crate::Overlays)).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dismissed: Vec<String>,
    /// What was waited for and what is worth telling, in order.
    pub waits: Vec<String>,
    /// What a check expected.
    pub expected: Option<String>,
    /// What it found.
    pub actual: Option<String>,
    /// What a visual check found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visual: Option<Box<Visual>>,
    /// What the other visual checks of an included recording found; `visual` is the first of them that failed, or the last.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub visuals_within: Vec<Visual>,
    /// Why it failed, or why a step that may fail was skipped.
    pub error: Option<StepError>,
    /// The viewport after the step, as JPEG.
    #[serde(skip)]
    pub screenshot: Option<Bytes>,
    /// Where on the picture the step's own element is, when the step failed and the element is there and in view. Not of a
    /// step of an included recording.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spot: Option<Spot>,
    /// Address of the page after the step.
    pub url: String,
}

/// What became of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase", tag = "status")]
pub enum StepStatus {
    /// It was performed.
    Passed,
    /// It could not be performed, or what it checks does not hold.
    Failed,
    /// It was not performed.
    Skipped {
        /// Why, as a sentence.
        reason: String,
    },
}

/// The selector that found an element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Matched {
    /// Its strategy.
    pub strategy: String,
    /// Its value.
    pub value: String,
    /// Its place in the ranked list, from 0.
    pub index: usize,
}

/// A selector that was tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    /// Its strategy.
    pub strategy: String,
    /// Its value.
    #[serde(deserialize_with = "text_of")]
    pub value: String,
    /// How many elements it matched.
    pub count: u32,
    /// Why it could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// Why a step failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StepError {
    /// What kind of trouble.
    pub code: ErrorCode,
    /// What happened, as a sentence.
    pub message: String,
    /// More of it, for those who look closer.
    pub detail: Option<String>,
    /// What was done until then, oldest first.
    pub call_log: Vec<String>,
    /// The selectors that were tried.
    pub tried: Vec<Tried>,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $code:literal,)*) => {
        /// What kind of trouble a step had.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum ErrorCode {
            $($(#[$doc])* #[serde(rename = $code)] $variant,)*
        }

        impl ErrorCode {
            /// The code as reports write it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The code that a word of the page bundle stands for.
            pub(crate) fn from_word(word: &str) -> Option<Self> {
                match word { $($code => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

codes! {
    /// No selector matches anything.
    NotFound = "not-found",
    /// The selectors match several elements and nothing tells them apart.
    NotUnique = "not-unique",
    /// The element is not visible.
    Hidden = "hidden",
    /// The element does not stop moving.
    Unstable = "unstable",
    /// The element is disabled.
    Disabled = "disabled",
    /// The field cannot be written to.
    Readonly = "readonly",
    /// Something else would receive the click.
    Covered = "covered",
    /// The element cannot be brought into view.
    OutsideViewport = "outside-viewport",
    /// The list has no such option.
    OptionNotFound = "option-not-found",
    /// The field does not take such a value.
    InvalidValue = "invalid-value",
    /// The frame that holds the element is not there.
    FrameNotFound = "frame-not-found",
    /// What a checkpoint says does not hold.
    CheckFailed = "check-failed",
    /// No picture was approved that a visual check could compare with.
    NoBaseline = "no-baseline",
    /// The field holds something else after the input.
    ValueMismatch = "value-mismatch",
    /// The address is not the recorded one.
    WrongAddress = "wrong-address",
    /// The address could not be opened.
    NavigationFailed = "navigation-failed",
    /// A dialog opened that no step answers.
    UnexpectedDialog = "unexpected-dialog",
    /// No dialog opened that the step could answer.
    NoDialog = "no-dialog",
    /// The dialog is of another kind than the recorded one.
    WrongDialog = "wrong-dialog",
    /// No file came that the step could take.
    NoDownload = "no-download",
    /// The tab is not there.
    TabNotFound = "tab-not-found",
    /// A file of an upload is missing.
    FileMissing = "file-missing",
    /// A variable has no value.
    VariableMissing = "variable-missing",
    /// A script of the recording threw.
    ScriptFailed = "script-failed",
    /// The browser took the presses of a double click as clicks of their own.
    NoDoubleClick = "no-double-click",
    /// The form was not submitted.
    NotSubmitted = "not-submitted",
    /// The page cannot be scrolled that far.
    ScrollShort = "scroll-short",
    /// A loop does not end.
    EndlessLoop = "endless-loop",
    /// Nothing else was wrong, but it took too long.
    Timeout = "timeout",
    /// Somebody cancelled the run.
    Cancelled = "cancelled",
    /// The step makes no sense or is of an unknown type.
    Unsupported = "unsupported",
    /// The page's process crashed.
    PageCrashed = "page-crashed",
    /// The page was closed.
    PageClosed = "page-closed",
    /// The browser is gone.
    BrowserGone = "browser-gone",
    /// The browser refused something it should not.
    Browser = "browser",
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

fn milliseconds<S: serde::Serializer>(
    duration: &Duration,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(u64::try_from(duration.as_millis()).unwrap_or(u64::MAX))
}

/// A selector's value is text, or an object for a place among siblings.
fn text_of<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    recording::SelectorValue::deserialize(deserializer).map(|value| value.to_string())
}

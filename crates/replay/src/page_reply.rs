//! What the page bundle answers.

use recording::Selector;
use serde::Deserialize;
use serde_json::Value;

use crate::fault::Fault;
use crate::healed::{HealedAfter, RunnerUp};
use crate::outcome::{ErrorCode, Matched, Tried};

/// A point in a frame's own viewport, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub(crate) struct At {
    pub(crate) x: f64,
    pub(crate) y: f64,
}

/// A rectangle in a viewport, the frame's own where nothing else is said, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct Area {
    /// The left edge.
    pub x: f64,
    /// The upper edge.
    pub y: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

/// How what covers an element could be closed.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct WayOut {
    /// The control, or the key, in words.
    pub(crate) by: String,
    /// Where the control is, in its frame's own viewport; without one it is the key `Escape`.
    #[serde(default)]
    pub(crate) point: Option<At>,
}

/// An element that can be acted on.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Ready {
    pub(crate) index: usize,
    pub(crate) selector: Selector,
    pub(crate) point: At,
    #[serde(rename = "box")]
    pub(crate) area: Area,
    pub(crate) tag: String,
    #[serde(rename = "type", default)]
    pub(crate) input_type: Option<String>,
    #[serde(default)]
    pub(crate) checked: Option<bool>,
    #[serde(default)]
    pub(crate) healed: Option<HealedReply>,
    #[serde(default)]
    pub(crate) retries: u32,
    #[serde(default)]
    pub(crate) waits: Vec<String>,
    /// The action has no effect without a listener, and scripts may be on their way that attach one.
    #[serde(default)]
    pub(crate) unsure: bool,
    /// `fillPrepare`: how the value gets in.
    #[serde(default)]
    pub(crate) mode: Option<FillMode>,
    /// `selectOption`: what is chosen now.
    #[serde(default)]
    pub(crate) selected: Vec<Chosen>,
}

/// How a value gets into a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum FillMode {
    /// The field is focused and its content selected: type over it.
    Insert,
    /// The page has set the value itself.
    Set,
    /// The field holds the value already.
    Done,
}

/// The element that took the place of one that no selector finds.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct HealedReply {
    pub(crate) after: HealedAfter,
    pub(crate) score: f64,
    #[serde(default)]
    pub(crate) runner_up: Option<RunnerUp>,
}

/// A chosen option.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Chosen {
    pub(crate) value: String,
    pub(crate) text: String,
}

impl Ready {
    pub(crate) fn matched(&self) -> Matched {
        Matched {
            strategy: self.selector.strategy.clone(),
            value: self.selector.value.to_string(),
            index: self.index,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Failed {
    reason: String,
    #[serde(default)]
    detail: String,
    #[serde(default)]
    tried: Vec<Tried>,
    #[serde(default)]
    covered_by: Option<String>,
    #[serde(default)]
    way_out: Option<WayOut>,
    #[serde(default)]
    not_healed: Option<String>,
}

/// Why an element cannot be acted on.
#[derive(Debug)]
pub(crate) struct Refused {
    pub(crate) fault: Fault,
    pub(crate) cover: Option<Cover>,
}

/// What covers an element.
#[derive(Debug)]
pub(crate) struct Cover {
    /// Its tag and what tells it apart, in words.
    pub(crate) what: String,
    /// How it could be closed, when it looks as if it could.
    pub(crate) out: Option<WayOut>,
}

impl Refused {
    pub(crate) fn has_way_out(&self) -> bool {
        self.cover.as_ref().is_some_and(|cover| cover.out.is_some())
    }
}

impl From<Refused> for Fault {
    fn from(refused: Refused) -> Self {
        refused.fault
    }
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self { fault, cover: None }
    }
}

/// Reads the answer of `actionable`, `fillPrepare` or `selectOption`.
pub(crate) fn read(reply: Value) -> Result<Ready, Refused> {
    if reply.get("ok").and_then(Value::as_bool) == Some(true) {
        return serde_json::from_value(reply).map_err(|error| unreadable(&error).into());
    }
    let failed: Failed = serde_json::from_value(reply).map_err(|error| unreadable(&error))?;
    let code = ErrorCode::from_word(&failed.reason).unwrap_or(ErrorCode::Browser);
    let message = match code {
        ErrorCode::NotFound => "no element matches".to_owned(),
        ErrorCode::NotUnique => "several elements match and nothing tells them apart".to_owned(),
        ErrorCode::Hidden => "the element is not visible".to_owned(),
        ErrorCode::Unstable => "the element does not stop moving".to_owned(),
        ErrorCode::Disabled => "the element is disabled".to_owned(),
        ErrorCode::Readonly => "the field cannot be written to".to_owned(),
        ErrorCode::Covered => match &failed.covered_by {
            Some(what) => format!("the element is covered by {what}"),
            None => "the element is covered".to_owned(),
        },
        ErrorCode::OutsideViewport => "the element cannot be brought into view".to_owned(),
        ErrorCode::OptionNotFound => "the list has no such option".to_owned(),
        ErrorCode::InvalidValue => "the field does not take such a value".to_owned(),
        _ => format!("the page answered {:?}", failed.reason),
    };
    let fault = Fault::new(code, message)
        .detail(failed.detail)
        .tried(failed.tried)
        .not_healed(failed.not_healed);
    let out = failed.way_out;
    let cover = failed.covered_by.map(|what| Cover { what, out });
    Err(Refused { fault, cover })
}

/// Reads any other answer.
pub(crate) fn of<T: serde::de::DeserializeOwned>(reply: Value) -> Result<T, Fault> {
    serde_json::from_value(reply).map_err(|error| unreadable(&error))
}

fn unreadable(error: &serde_json::Error) -> Fault {
    Fault::new(ErrorCode::Browser, "the page's answer could not be read").detail(error.to_string())
}

/// The answer of `check`.
#[derive(Debug, Deserialize)]
pub(crate) struct Checked {
    pub(crate) pass: bool,
    #[serde(default)]
    pub(crate) actual: Value,
    #[serde(default)]
    pub(crate) detail: Option<String>,
    /// Several elements match, so that nobody knows which one is judged.
    #[serde(default)]
    pub(crate) ambiguous: bool,
}

impl Checked {
    /// What was found, as text.
    pub(crate) fn actual_text(&self) -> Option<String> {
        match &self.actual {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        }
    }
}

/// The answer of `ownerPoint`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OwnerPoint {
    pub(crate) point: At,
    pub(crate) hit: bool,
    #[serde(default)]
    pub(crate) covered_by: Option<String>,
    #[serde(default)]
    pub(crate) way_out: Option<WayOut>,
}

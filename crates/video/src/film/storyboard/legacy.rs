//! Steps as older screen recorders write them: `{type, selector?, x?, y?, duration_ms, smooth, text?, scroll_amount?}`.

use std::time::Duration;

use serde_json::{Map, Value};

use super::aim::{self, Aim};
use super::document::{Action, Click, Highlight, Scroll, Step, Type, Wait};
use super::parse::StoryboardError;
use super::span;
use super::target::Target;

/// What an interaction takes that does not say it.
const USUAL: Duration = Duration::from_millis(1000);
/// Its word for it, beside a list.
const HIGHLIGHT_CLICKS: &str = "highlight_clicks";

/// Whether a box is drawn around what is clicked: `highlight_clicks` beside the list, true when nothing is said.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Clicks {
    Boxed,
    Plain,
}

impl Clicks {
    /// What a document says of all its clicks; it stays in there, for whoever reads it again.
    pub(super) fn of(fields: &Map<String, Value>) -> Result<Self, StoryboardError> {
        match fields.get(HIGHLIGHT_CLICKS) {
            None | Some(Value::Null | Value::Bool(true)) => Ok(Self::Boxed),
            Some(Value::Bool(false)) => Ok(Self::Plain),
            Some(other) => {
                let problem = format!("{other} is neither true nor false");
                Err(StoryboardError::new(HIGHLIGHT_CLICKS, problem))
            }
        }
    }
}

pub(super) fn step(
    place: &str,
    mut fields: Map<String, Value>,
    clicks: Clicks,
) -> Result<Step, StoryboardError> {
    let wrong = |problem: &str| StoryboardError::new(place, problem);
    let spot: Map<String, Value> = ["x", "y"]
        .into_iter()
        .filter_map(|name| fields.remove_entry(name))
        .filter(|(_, value)| !value.is_null())
        .collect();
    let mut word = |name: &str| match fields.remove(name) {
        Some(Value::String(text)) => Some(text),
        _ => None,
    };
    let kind = word("type").ok_or_else(|| wrong("an interaction has a type"))?;
    let selector = word("selector").filter(|selector| !selector.trim().is_empty());
    let text = word("text");
    let target = || {
        selector
            .clone()
            .map(Target::css)
            .ok_or_else(|| wrong("it needs a selector: only clicks and hovers take an x and a y"))
    };
    // An element is found again where the page is laid out otherwise: it counts more than its place.
    let aim = || match &selector {
        Some(selector) => Ok(Aim::from(Target::css(selector))),
        None if spot.is_empty() => Err(wrong("it needs a selector, or an x and a y")),
        None => aim::place(&spot).map_err(|problem| wrong(&problem)),
    };
    let duration = match fields.remove("duration_ms") {
        None | Some(Value::Null) => None,
        Some(value) => Some(
            span::read(&value)
                .map_err(|problem| StoryboardError::new(format!("{place}.duration_ms"), problem))?,
        ),
    };
    let amount = fields.remove("scroll_amount");
    let action = match kind.as_str() {
        "wait" => Action::Wait(Wait::Time(duration.unwrap_or(USUAL))),
        "click" => Action::Click(Click {
            target: aim()?,
            highlight: clicks == Clicks::Boxed,
        }),
        "hover" => Action::Hover(aim()?),
        "highlight" => Action::Highlight(Highlight(target()?)),
        "type" => Action::Type(Type {
            text: text.ok_or_else(|| wrong("typing needs a text"))?,
            into: target()?,
        }),
        "scroll" => Action::Scroll(match (amount.as_ref().and_then(Value::as_f64), &selector) {
            (Some(far), _) => Scroll::By(far),
            (None, Some(_)) => Scroll::To(target()?),
            (None, None) => return Err(wrong("scrolling needs a selector or a scroll_amount")),
        }),
        other => {
            let problem = format!(
                "{other:?} is no interaction; known are click, scroll, hover, type, wait, highlight"
            );
            return Err(wrong(&problem));
        }
    };
    if !matches!(action, Action::Click(_) | Action::Hover(_)) {
        fields.extend(spot);
    }
    // A person always scrolls smoothly here.
    fields.remove("smooth");
    let is_wait = matches!(action, Action::Wait(_));
    Ok(Step {
        action,
        caption: None,
        at: None,
        duration: duration.filter(|_| !is_wait),
        extra: fields,
    })
}

//! Steps as older screen recorders write them: `{type, selector?, x?, y?, duration_ms, smooth, text?, scroll_amount?}`.

use std::time::Duration;

use serde_json::{Map, Value};

use super::document::{Action, Click, Highlight, Scroll, Step, Type, Wait};
use super::parse::StoryboardError;
use super::span;
use super::target::Target;

/// What an interaction takes that does not say it.
const USUAL: Duration = Duration::from_millis(1000);

pub(super) fn step(place: &str, mut fields: Map<String, Value>) -> Result<Step, StoryboardError> {
    let wrong = |problem: &str| StoryboardError::new(place, problem);
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
            .ok_or_else(|| wrong("it needs a selector; places by x and y alone are not filmed"))
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
            target: target()?,
            highlight: true,
        }),
        "hover" => Action::Hover(target()?),
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

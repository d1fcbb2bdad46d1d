//! Scripts of sections with times, as writers of narrated films have them:
//! `{name, duration_seconds, visual_cues[], target_elements[], actions[]}`.

use std::time::Duration;

use serde_json::{Map, Value};

use super::document::{Action, Highlight, Step};
use super::legacy::{self, Clicks};
use super::parse::{StoryboardError, time};
use super::target::Target;

/// Adds a section's steps: a chapter that begins when the sections before it end, the elements that are shown, the actions.
/// The answer is how long the section is.
pub(super) fn read(
    place: &str,
    mut fields: Map<String, Value>,
    (begins, clicks): (Duration, Clicks),
    steps: &mut Vec<Step>,
) -> Result<Duration, StoryboardError> {
    let wrong =
        |name: &str, problem: &str| StoryboardError::new(format!("{place}.{name}"), problem);
    let Some(Value::String(name)) = fields.remove("name") else {
        return Err(wrong("name", "a section has a name"));
    };
    let lasts = match fields.remove("duration_seconds") {
        // Seconds are what the format has; everything else in a storyboard says its unit.
        Some(Value::Number(seconds)) => {
            let mut given = Map::new();
            given.insert("duration".to_owned(), format!("{seconds}s").into());
            time(&mut given, "duration", &format!("{place}.duration_seconds"))?
        }
        _ => None,
    };
    let lasts = lasts.ok_or_else(|| wrong("duration_seconds", "a section says how long it is"))?;
    let mut list = |name: &str| match fields.remove(name) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(values)) => Ok(values),
        Some(_) => Err(wrong(name, "this is a list")),
    };
    let (cues, elements, actions) = (
        list("visual_cues")?,
        list("target_elements")?,
        list("actions")?,
    );
    let words = cues.first().and_then(Value::as_str).map(str::to_owned);
    let mut chapter = Step::new(Action::Chapter(name)).starting(begins);
    chapter.extra = fields;
    steps.push(chapter);
    let first = steps.len();
    for (index, element) in elements.iter().enumerate() {
        let target = Target::read(element)
            .map_err(|problem| wrong(&format!("target_elements[{index}]"), &problem))?;
        steps.push(Step::new(Action::Highlight(Highlight(target))));
    }
    for (index, action) in actions.into_iter().enumerate() {
        let place = format!("{place}.actions[{index}]");
        let Value::Object(fields) = action else {
            return Err(StoryboardError::new(place, "an action has a type"));
        };
        steps.push(legacy::step(&place, fields, clicks)?);
    }
    // What is said about the section stands beside the first thing that it shows.
    match steps.get_mut(first) {
        Some(step) => step.caption = words,
        None => steps.extend(words.map(|words| Step::new(Action::Caption(words)))),
    }
    Ok(lasts)
}

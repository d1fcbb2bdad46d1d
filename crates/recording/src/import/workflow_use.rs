//! Workflows of workflow-use: steps with a CSS selector and an XPath each, inputs as `{name}`.

use std::time::Duration;

use serde_json::{Value, json};

use super::Imported;
use super::draft::Draft;
use crate::{
    Click, Input, Keypress, Limits, Map, Navigation, ParseError, Scroll, Select, Selector, Step,
    StepKind, VariableDeclaration, Wait, WaitFor,
};

/// The version that a workflow has whose version says nothing: of the document, not of the format.
pub(crate) const VERSION: &str = "1.0";

/// Fields of the document that are carried over.
const HEAD: [&str; 4] = ["name", "description", "steps", "input_schema"];

/// Fields of a step that are carried over, or that say nothing that a run has to know.
const CARRIED: [&str; 15] = [
    "type",
    "description",
    "timestamp",
    "tabId",
    "url",
    "cssSelector",
    "xpath",
    "elementTag",
    "elementText",
    "value",
    "selectedText",
    "key",
    "scrollX",
    "scrollY",
    "frameUrl",
];

/// Types of steps that only this format has.
const OWN_TYPES: [&str; 6] = [
    "navigation",
    "input",
    "select_change",
    "key_press",
    "extract_page_content",
    "agent",
];

/// Whether a document with steps is one of these rather than a flow of the `DevTools` Recorder.
pub(super) fn is_one(document: &Value) -> bool {
    let steps = document.get("steps").and_then(Value::as_array);
    let is_own = |step: &Value| {
        step.get("cssSelector").is_some()
            || step
                .get("type")
                .and_then(Value::as_str)
                .is_some_and(|kind| OWN_TYPES.contains(&kind))
    };
    document.get("input_schema").is_some()
        || document.get("workflow_analysis").is_some()
        || steps.is_some_and(|steps| steps.iter().any(is_own))
}

pub(super) fn import(document: Value, limits: Limits) -> Result<Imported, ParseError> {
    let Value::Object(mut workflow) = document else {
        return Err(ParseError::one("", "a workflow must be an object"));
    };
    let name = text(&workflow, "name").unwrap_or_else(|| "Imported workflow".to_owned());
    let Some(Value::Array(steps)) = workflow.shift_remove("steps") else {
        return Err(ParseError::one("steps", "must be a list"));
    };
    if steps.len() > limits.steps {
        let message = format!(
            "there are {} steps, the limit is {}",
            steps.len(),
            limits.steps
        );
        return Err(ParseError::one("steps", message));
    }
    let mut draft = Draft::new(name);
    for (key, value) in &workflow {
        let says_nothing = key == "version" && value == VERSION;
        if !says_nothing && !HEAD.contains(&key.as_str()) {
            draft.lose(key, "is not carried over");
        }
    }
    if let Some(description) = workflow.shift_remove("description") {
        draft
            .recording
            .extra
            .insert("description".to_owned(), description);
    }
    let names = inputs(&mut draft, workflow.get("input_schema"));
    let mut tab = None;
    for (index, step) in steps.into_iter().enumerate() {
        draft.path = format!("steps[{index}]");
        let Value::Object(fields) = step else {
            draft.error("", "a step must be an object");
            continue;
        };
        let of_tab = fields.get("tabId").cloned();
        if tab.is_some() && of_tab.is_some() && tab != of_tab {
            draft.lose("tabId", "it is performed in the tab of the step before");
        }
        tab = of_tab.or(tab);
        one(&mut draft, fields, &names);
    }
    draft.path.clear();
    draft.finish()
}

/// The declared inputs become variables; gives their names.
fn inputs(draft: &mut Draft, schema: Option<&Value>) -> Vec<String> {
    let mut names = Vec::new();
    for (index, input) in schema
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .enumerate()
    {
        let Some(name) = input.get("name").and_then(Value::as_str) else {
            draft.error(
                &format!("input_schema[{index}].name"),
                "an input must have a name",
            );
            continue;
        };
        if !is_name(name) {
            draft.lose(
                &format!("input_schema[{index}].name"),
                format!("{name:?} is no name of a variable; its value stays as it is written"),
            );
            continue;
        }
        draft.recording.variables.push(VariableDeclaration {
            name: name.to_owned(),
            field_type: input.get("type").and_then(Value::as_str).map(str::to_owned),
            placeholder: Some(format!("${{{name}}}")),
            ..VariableDeclaration::default()
        });
        names.push(name.to_owned());
    }
    names
}

/// What the importer makes of a step, for the exporter, which looks whether that is what was meant. `names` are those of the
/// declared inputs.
pub(crate) fn step_of(fields: &Map, names: &[String]) -> Option<Step> {
    let mut draft = Draft::new("");
    // The first navigation of a workflow is no step, but where it starts.
    draft.recording.url = "about:blank".to_owned();
    one(&mut draft, fields.clone(), names);
    draft.recording.steps.pop()
}

/// A step that an export wrote as it was beside what stands for it, unless somebody has changed that since.
fn kept(draft: &mut Draft, fields: &mut Map) -> Option<Step> {
    let note = fields.shift_remove("proscenium")?;
    let is_as_it_was = note.get("standsFor").and_then(Value::as_object) == Some(fields);
    let step = note.get("step").filter(|_| is_as_it_was);
    let step = step.and_then(|step| Step::from_value(step.clone()).ok());
    if step.is_none() {
        draft.lose("proscenium", "the step was changed, and counts for more");
    }
    let mut step = step?;
    step.id.clear();
    Some(step)
}

fn one(draft: &mut Draft, mut fields: Map, names: &[String]) {
    if let Some(step) = kept(draft, &mut fields) {
        draft.recording.push(step);
        return;
    }
    let Some(kind) = text(&fields, "type") else {
        return draft.error("type", "a step must say its type");
    };
    let made = match read(&kind, &fields, names) {
        Ok(made) => made,
        Err((field, why)) => return draft.error(field, why),
    };
    let Some(kind) = made else {
        let why = "there is no such step here";
        return draft.keep("workflow-use", "type", &kind, why, Value::Object(fields));
    };
    // The text that newer versions look for says again what the selectors say, where there are any.
    let has_selector = ["cssSelector", "xpath"]
        .into_iter()
        .any(|field| text(&fields, field).is_some_and(|value| !value.trim().is_empty()));
    for key in fields.keys().filter(|key| !is_carried(&kind, key)) {
        if key != "target_text" || !has_selector {
            draft.lose(key, "is not carried over");
        }
    }
    if let StepKind::Navigation(navigation) = &kind
        && draft.is_blank()
    {
        draft.recording.url.clone_from(&navigation.to);
        return;
    }
    let mut step = Step::new(kind);
    step.name = text(&fields, "description").filter(|name| !name.trim().is_empty());
    step.timestamp = fields
        .get("timestamp")
        .and_then(Value::as_f64)
        .unwrap_or(0.0);
    for (strategy, field) in [("css", "cssSelector"), ("xpath", "xpath")] {
        let value = text(&fields, field).filter(|value| !value.trim().is_empty());
        step.selectors
            .extend(value.map(|value| Selector::new(strategy, rooted(strategy, value))));
    }
    draft.add(step);
}

fn is_carried(kind: &StepKind, field: &str) -> bool {
    CARRIED.contains(&field)
        || (matches!(kind, StepKind::Wait(_)) && matches!(field, "duration_seconds" | "message"))
}

/// What the step does; `None` when there is no such step here.
fn read(
    kind: &str,
    fields: &Map,
    names: &[String],
) -> Result<Option<StepKind>, (&'static str, &'static str)> {
    let filled = |field| text(fields, field).map(|value| placeholders(&value, names));
    let number = |field| fields.get(field).and_then(Value::as_f64);
    let tag_name = text(fields, "elementTag").map(|tag| tag.to_lowercase());
    Ok(Some(match kind {
        "navigation" => Navigation {
            to: filled("url").ok_or(("url", "a navigation must name its address"))?,
            ..Navigation::default()
        }
        .into(),
        "click" => Click {
            text: text(fields, "elementText"),
            tag_name,
            ..Click::default()
        }
        .into(),
        "input" => Input {
            value: filled("value").ok_or(("value", "an input must say its value, as text"))?,
            tag_name,
            ..Input::default()
        }
        .into(),
        "select_change" => Select {
            selected_text: Some(
                filled("selectedText").ok_or(("selectedText", "a choice must name its option"))?,
            ),
            tag_name,
            ..Select::default()
        }
        .into(),
        "key_press" => Keypress {
            key: text(fields, "key").ok_or(("key", "a key press must name its key"))?,
            ..Keypress::default()
        }
        .into(),
        "scroll" => Scroll {
            scroll_x: number("scrollX").unwrap_or(0.0),
            scroll_y: number("scrollY").unwrap_or(0.0),
            ..Scroll::default()
        }
        .into(),
        "wait" => {
            let seconds = number("duration_seconds")
                .ok_or(("duration_seconds", "a wait must say how long"))?;
            Wait {
                wait_for: WaitFor::Duration,
                value: Some(milliseconds(seconds)),
                ..Wait::default()
            }
            .into()
        }
        _ => return Ok(None),
    }))
}

/// Written without a fraction when there is none, as a recording does.
fn milliseconds(seconds: f64) -> Value {
    let time = Duration::try_from_secs_f64(seconds).ok();
    let whole = time.and_then(|time| u64::try_from(time.as_millis()).ok());
    match whole {
        Some(whole) if time == Some(Duration::from_millis(whole)) => whole.into(),
        _ => json!(seconds * 1000.0),
    }
}

/// Its recorder leaves the slash out before `html`.
fn rooted(strategy: &str, value: String) -> String {
    if strategy == "xpath" && !value.starts_with(['/', '(', '.']) {
        format!("/{value}")
    } else {
        value
    }
}

/// `{name}` of a declared input is `${name}` here; other braces are text.
fn placeholders(value: &str, names: &[String]) -> String {
    names.iter().fold(value.to_owned(), |value, name| {
        value.replace(&format!("{{{name}}}"), &format!("${{{name}}}"))
    })
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn text(fields: &Map, name: &str) -> Option<String> {
    fields.get(name).and_then(Value::as_str).map(str::to_owned)
}

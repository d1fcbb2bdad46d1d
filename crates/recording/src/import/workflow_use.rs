//! Workflows of workflow-use: steps with a CSS selector and an XPath each, inputs as `{name}`.

use serde_json::{Value, json};

use super::Imported;
use super::draft::Draft;
use crate::{
    Click, Input, Keypress, Limits, Map, Navigation, ParseError, Scroll, Select, Selector, Step,
    StepKind, VariableDeclaration, Wait, WaitFor,
};

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
    for key in workflow.keys().filter(|key| !HEAD.contains(&key.as_str())) {
        draft.lose(key, "is not carried over");
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

fn one(draft: &mut Draft, fields: Map, names: &[String]) {
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
    for key in fields.keys().filter(|key| !is_carried(&kind, key)) {
        draft.lose(key, "is not carried over");
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
                value: Some(json!(seconds * 1000.0)),
                ..Wait::default()
            }
            .into()
        }
        _ => return Ok(None),
    }))
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

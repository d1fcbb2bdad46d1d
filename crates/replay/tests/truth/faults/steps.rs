//! Every kind of step that needs something of the page, on a page that does not have it.

use std::collections::BTreeSet;

use browser::Engine;
use recording::{Recording, StepKind};
use replay::{ErrorCode, Files, PlayOptions};
use serde_json::{Value, json};

use crate::support::{css, engine};

/// A step that waits, and what it says when that does not come.
pub(super) struct Waiting {
    pub(super) step: Value,
    pub(super) code: ErrorCode,
}

/// These ask for nothing that could be missing.
const NEEDS_NOTHING: [&str; 2] = ["viewport", "screenshot"];

pub(super) fn waiting() -> Vec<Waiting> {
    let gone = || css("#b");
    let of = |step: Value, code: ErrorCode| Waiting { step, code };
    let never = "new Promise(() => {})";
    let steps = vec![
        of(
            json!({ "type": "click", "selectors": gone() }),
            ErrorCode::NotFound,
        ),
        of(
            json!({ "type": "input", "selectors": gone(), "value": "x" }),
            ErrorCode::NotFound,
        ),
        of(
            json!({ "type": "select", "selectors": gone(), "selectedValue": "x" }),
            ErrorCode::NotFound,
        ),
        of(
            json!({ "type": "hover", "selectors": gone() }),
            ErrorCode::NotFound,
        ),
        of(
            json!({ "type": "scroll", "scrollX": 0, "scrollY": 9, "element": { "css": "#b" } }),
            ErrorCode::NotFound,
        ),
        of(
            json!({ "type": "wheel", "selectors": gone(), "deltaX": 0, "deltaY": 100 }),
            ErrorCode::NotFound,
        ),
        of(json!({ "type": "download" }), ErrorCode::NoDownload),
        of(
            json!({ "type": "keypress", "selectors": gone(), "key": "a" }),
            ErrorCode::NotFound,
        ),
        of(
            json!({ "type": "submit", "selectors": gone() }),
            ErrorCode::NotFound,
        ),
        of(
            json!({ "type": "checkpoint", "checkType": "elementVisible", "selectors": gone() }),
            ErrorCode::CheckFailed,
        ),
        of(
            json!({ "type": "modal-lifecycle", "modalSelector": "#b", "toState": "open" }),
            ErrorCode::CheckFailed,
        ),
        of(
            json!({ "type": "drag", "selectors": gone(), "target": { "selectors": gone() } }),
            ErrorCode::NotFound,
        ),
        of(
            json!({ "type": "upload", "selectors": gone(), "files": [{ "name": "Cargo.toml" }] }),
            ErrorCode::NotFound,
        ),
        of(
            json!({ "type": "dialog", "dialogType": "confirm", "response": "accept" }),
            ErrorCode::NoDialog,
        ),
        of(
            json!({ "type": "tab", "event": "switch", "index": 3 }),
            ErrorCode::TabNotFound,
        ),
        of(
            json!({ "type": "navigation", "to": "{site}/there", "navigationTrigger": "click" }),
            ErrorCode::WrongAddress,
        ),
        of(
            json!({ "type": "wait", "waitFor": "element", "selectors": gone() }),
            ErrorCode::CheckFailed,
        ),
        of(
            json!({ "type": "wait", "waitFor": "url", "value": "/there" }),
            ErrorCode::WrongAddress,
        ),
        of(
            json!({ "type": "wait", "waitFor": "expression", "value": "false" }),
            ErrorCode::Timeout,
        ),
        of(
            json!({ "type": "wait", "waitFor": "response", "value": "/there" }),
            ErrorCode::Timeout,
        ),
        of(
            json!({ "type": "javascript", "expression": never }),
            ErrorCode::Timeout,
        ),
        of(
            json!({ "type": "store", "from": "text", "variable": "N", "selectors": gone() }),
            ErrorCode::CheckFailed,
        ),
        of(
            json!({ "type": "include", "recording": "inner" }),
            ErrorCode::NotFound,
        ),
        of(
            json!({ "type": "control", "command": "if", "expression": never }),
            ErrorCode::Timeout,
        ),
    ];
    let known: BTreeSet<&str> = steps
        .iter()
        .filter_map(|of| of.step["type"].as_str())
        .collect();
    let missing: Vec<&&str> = StepKind::TYPES
        .iter()
        .filter(|kind| !known.contains(**kind) && !NEEDS_NOTHING.contains(kind))
        .collect();
    assert!(missing.is_empty(), "{missing:?} can have faults too");
    // An engine that tells nothing of downloads refuses to wait for one.
    let is_possible = |of: &Waiting| of.step["type"] != "download" || engine() != Engine::WebKit;
    steps.into_iter().filter(is_possible).collect()
}

/// The whole recording of a step.
pub(super) fn recording_of(step: &Value, timeout: u64) -> Value {
    let mut step = step.clone();
    step["timeout"] = json!(timeout);
    match step["type"] == "control" {
        true => json!([step, { "type": "control", "command": "end" }]),
        false => json!([step]),
    }
}

/// What the steps above need of the run.
pub(super) fn provide(options: &mut PlayOptions) {
    let inner = json!({
        "testName": "Inner", "url": "http://127.0.0.1/", "actions": [{ "type": "click", "selectors": css("#b") }],
    });
    options.files = Files {
        folder: Some(env!("CARGO_MANIFEST_DIR").into()),
        ..Files::default()
    };
    let inner = Recording::from_value(inner).unwrap();
    options.recordings.insert("inner".to_owned(), inner);
}

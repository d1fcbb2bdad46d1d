//! Texts, choices, keys, forms, files.

use replay::{ErrorCode, Files};
use serde_json::json;

use super::{Case, case};
use crate::support::css;

const FORM: &str = "<form onsubmit='event.preventDefault()'><input id=b value=x required></form>";

pub(super) fn cases() -> Vec<Case> {
    let b = || css("#b");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "alpha").unwrap();
    vec![
        case(
            "<input id=b>",
            "<input id=b readonly>",
            json!([{ "type": "input", "selectors": b(), "value": "Ann" }]),
            ErrorCode::Readonly,
        ),
        case(
            "<input id=b>",
            "<input id=b oninput='this.value = \"\"'>",
            json!([{ "type": "input", "selectors": b(), "value": "Ann" }]),
            ErrorCode::ValueMismatch,
        ),
        case(
            "<input id=b type=range>",
            "<input id=b type=range max=10>",
            json!([{ "type": "input", "selectors": b(), "value": "70", "inputType": "range" }]),
            ErrorCode::InvalidValue,
        ),
        case(
            "<select id=b><option>One<option>Two</select>",
            "<select id=b><option>One<option>Three</select>",
            json!([{ "type": "select", "selectors": b(), "selectedValue": "Two", "selectedText": "Two", "selectedIndex": 1 }]),
            ErrorCode::OptionNotFound,
        ),
        case(
            "<select id=b multiple><option>One<option>Two</select>",
            "<select id=b><option>One<option>Two</select>",
            json!([{ "type": "select", "selectors": b(), "selectedText": "Two", "change": "add" }]),
            ErrorCode::OptionNotFound,
        ),
        case(
            "<input id=b>",
            "<input>",
            json!([{ "type": "keypress", "selectors": b(), "key": "ArrowDown" }]),
            ErrorCode::NotFound,
        ),
        case(
            FORM,
            &FORM.replace("value=x ", ""),
            json!([{ "type": "submit", "selectors": css("form") }]),
            ErrorCode::NotSubmitted,
        ),
        case(
            "<input id=b type=file>",
            "<input id=b type=file disabled>",
            json!([{ "type": "upload", "selectors": b(), "files": [{ "name": "a.txt" }] }]),
            ErrorCode::Disabled,
        )
        .with(move |options| {
            options.files = Files {
                folder: Some(folder.path().to_owned()),
                ..Files::default()
            };
        }),
    ]
}

//! Branches, loops, stored values, recordings in recordings.

use recording::Recording;
use replay::ErrorCode;
use serde_json::{Value, json};

use super::{Case, case};
use crate::support::css;

const KNOWN: &str = "<p id=p title=tip>3</p><input id=i value=4><script>globalThis.left = { rounds: 2, list: [1, 2] }</script>";

fn control(command: &str, expression: &str) -> Value {
    json!({ "type": "control", "command": command, "expression": expression })
}

fn store(from: &str, css_of: &str, value: Value) -> Value {
    json!([{ "type": "store", "from": from, "variable": "N", "selectors": css(css_of), "value": value }])
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = loops();
    cases.extend(values());
    cases.push(included());
    cases
}

fn loops() -> Vec<Case> {
    let end = json!({ "type": "control", "command": "end" });
    let work = json!({ "type": "javascript", "expression": "left.rounds--" });
    let (count, times) = (
        store("text", "#p", Value::Null)[0].clone(),
        json!({ "type": "control", "command": "times", "count": "${N}" }),
    );
    let endless = KNOWN.replace("rounds: 2", "rounds: Infinity");
    vec![
        case(
            KNOWN,
            "",
            json!([control("if", "left.rounds"), end]),
            ErrorCode::ScriptFailed,
        )
        .at(0),
        case(
            KNOWN,
            "",
            json!([
                control("if", "false"),
                control("elseIf", "left.rounds"),
                end
            ]),
            ErrorCode::ScriptFailed,
        )
        .at(1),
        case(
            KNOWN,
            &endless,
            json!([control("while", "left.rounds > 0"), work, end]),
            ErrorCode::EndlessLoop,
        )
        .at(0),
        case(
            KNOWN,
            &KNOWN.replace("left =", "right ="),
            json!([{ "type": "control", "command": "do" }, control("repeatIf", "left.rounds-- > 0")]),
            ErrorCode::ScriptFailed,
        ),
        case(
            KNOWN,
            &KNOWN.replace('3', "many"),
            json!([count, times, end]),
            ErrorCode::InvalidValue,
        )
        .at(1),
        case(
            KNOWN,
            &KNOWN.replace("[1, 2]", "12"),
            json!([control("forEach", "left.list"), end]),
            ErrorCode::ScriptFailed,
        )
        .at(0),
    ]
}

fn values() -> Vec<Case> {
    let missing =
        |from: &str| json!({ "type": "store", "from": from, "variable": "N", "value": "${NEVER}" });
    vec![
        case(
            KNOWN,
            "",
            store("text", "#p", Value::Null),
            ErrorCode::CheckFailed,
        ),
        case(
            KNOWN,
            "<p id=i>4</p>",
            store("value", "#i", Value::Null),
            ErrorCode::CheckFailed,
        ),
        case(
            KNOWN,
            &KNOWN.replace("title=tip", ""),
            store("attribute", "#p", json!("title")),
            ErrorCode::CheckFailed,
        ),
        case(
            KNOWN,
            "",
            store("expression", "p", json!("left.rounds")),
            ErrorCode::ScriptFailed,
        ),
        case(
            "",
            "",
            store("literal", "p", json!("four")),
            ErrorCode::VariableMissing,
        )
        .instead(missing("literal")),
        // The page is asked for its title, which it cannot give while a dialog is open.
        case(
            "<button id=b>ask</button>",
            "<button id=b onclick='alert(1)'>ask</button>",
            json!([{ "type": "click", "selectors": css("#b") }, store("title", "p", Value::Null)[0]]),
            ErrorCode::UnexpectedDialog,
        ),
    ]
}

fn included() -> Case {
    let look = json!({ "type": "checkpoint", "checkType": "pageTitle", "expectedValue": "Test", "timeout": 600 });
    let inner = json!({ "testName": "Inner", "url": "http://127.0.0.1/", "actions": [look] });
    let inner = Recording::from_value(inner).unwrap();
    case(
        "",
        "<script>document.title = 'Other'</script>",
        json!([{ "type": "include", "recording": "inner" }]),
        ErrorCode::CheckFailed,
    )
    .with(move |options| {
        options.recordings.insert("inner".to_owned(), inner.clone());
    })
}

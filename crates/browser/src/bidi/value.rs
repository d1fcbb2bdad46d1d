//! Values of a page as BiDi writes them, read as JSON and as the text that a console shows.

use serde_json::{Map, Number, Value};

use crate::error::BrowserError;

/// Deeper values are cut: a page can nest as deep as it likes.
const DEEPEST: usize = 100;

/// The value as `JSON.stringify` would have it; what JSON lacks is `null`.
pub(crate) fn to_json(value: &Value) -> Value {
    json(value, 0)
}

fn json(value: &Value, depth: usize) -> Value {
    if depth > DEEPEST {
        return Value::Null;
    }
    let inside = value.get("value");
    match value
        .get("type")
        .and_then(Value::as_str)
        .unwrap_or_default()
    {
        "string" | "boolean" | "date" => inside.cloned().unwrap_or(Value::Null),
        "bigint" => inside.cloned().unwrap_or(Value::Null),
        "number" => number(inside),
        "array" | "set" | "htmlcollection" | "nodelist" => {
            let items = inside.and_then(Value::as_array);
            Value::Array(
                items
                    .into_iter()
                    .flatten()
                    .map(|item| json(item, depth + 1))
                    .collect(),
            )
        }
        "object" | "map" => {
            let pairs = inside.and_then(Value::as_array).into_iter().flatten();
            let mut object = Map::new();
            for pair in pairs {
                let (Some(key), Some(item)) = (pair.get(0), pair.get(1)) else {
                    continue;
                };
                let key = key.as_str().map_or_else(|| text(key), str::to_owned);
                if item.get("type").and_then(Value::as_str) != Some("undefined") {
                    object.insert(key, json(item, depth + 1));
                }
            }
            Value::Object(object)
        }
        "undefined" | "null" => Value::Null,
        // What has no value of its own is an empty object, as with the DevTools protocol.
        _ => Value::Object(Map::new()),
    }
}

/// Numbers that JSON lacks are `null`; zero keeps its value and loses its sign.
fn number(value: Option<&Value>) -> Value {
    match value {
        Some(Value::Number(number)) => Value::Number(number.clone()),
        Some(Value::String(text)) if text == "-0" => Value::Number(Number::from(0)),
        _ => Value::Null,
    }
}

/// The value as a console prints it in one line.
pub(crate) fn text(value: &Value) -> String {
    match value
        .get("type")
        .and_then(Value::as_str)
        .unwrap_or_default()
    {
        "string" | "number" | "bigint" | "date" | "boolean" => match value.get("value") {
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
            None => String::new(),
        },
        kind @ ("undefined" | "null") => kind.to_owned(),
        "array" | "set" => {
            let items = value.get("value").and_then(Value::as_array);
            let items: Vec<_> = items.into_iter().flatten().map(text).collect();
            format!("[{}]", items.join(", "))
        }
        "object" | "map" => {
            let pairs = value.get("value").and_then(Value::as_array);
            let pairs = pairs.into_iter().flatten().filter_map(|pair| {
                let key = pair.get(0)?;
                let key = key.as_str().map_or_else(|| text(key), str::to_owned);
                Some(format!("{key}: {}", text(pair.get(1)?)))
            });
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
        }
        "node" => {
            let name = value.pointer("/value/localName").and_then(Value::as_str);
            format!("<{}>", name.unwrap_or("node"))
        }
        other => other.to_owned(),
    }
}

/// What a script came to: its value, or the error that it threw.
pub(crate) fn outcome(answer: &Value) -> Result<&Value, BrowserError> {
    let Some(thrown) = answer.get("exceptionDetails") else {
        return Ok(answer.get("result").unwrap_or(&Value::Null));
    };
    let message = thrown
        .get("text")
        .and_then(Value::as_str)
        .unwrap_or_default();
    // A value that is no error is told as "uncaught exception: value"; the value itself says it better.
    let message = match thrown.get("exception") {
        Some(value) if value.get("type").and_then(Value::as_str) != Some("error") => text(value),
        _ => message.to_owned(),
    };
    let calls = stack(thrown.get("stackTrace"));
    let stack = if calls.is_empty() {
        message.clone()
    } else {
        format!("{message}\n{calls}")
    };
    Err(BrowserError::Evaluation {
        message: message.lines().next().unwrap_or_default().to_owned(),
        stack,
    })
}

/// A stack, one call per line, innermost first.
pub(crate) fn stack(trace: Option<&Value>) -> String {
    let calls = trace
        .and_then(|trace| trace.get("callFrames"))
        .and_then(Value::as_array);
    let lines = calls.into_iter().flatten().map(|call| {
        let text = |name: &str| call.get(name).and_then(Value::as_str).unwrap_or_default();
        let name = match text("functionName") {
            "" => "<anonymous>",
            name => name,
        };
        let at = |name: &str| call.get(name).and_then(Value::as_u64).unwrap_or_default() + 1;
        format!(
            "    at {name} ({}:{}:{})",
            text("url"),
            at("lineNumber"),
            at("columnNumber")
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn values_read_as_json() {
        let value = json!({"type": "object", "value": [
            ["list", {"type": "array", "value": [{"type": "number", "value": 1}, {"type": "number", "value": "NaN"}]}],
            ["none", {"type": "null"}],
            ["gone", {"type": "undefined"}],
            ["zero", {"type": "number", "value": "-0"}],
            ["when", {"type": "date", "value": "1970-01-01T00:00:00.000Z"}],
            [{"type": "number", "value": 7}, {"type": "string", "value": "seven"}],
            ["f", {"type": "function"}],
        ]});
        assert_eq!(
            to_json(&value),
            json!({"list": [1, null], "none": null, "zero": 0, "when": "1970-01-01T00:00:00.000Z", "7": "seven", "f": {}})
        );
    }

    #[test]
    fn an_exception_is_an_error_with_its_stack() {
        let answer = json!({"type": "exception", "exceptionDetails": {
            "text": "TypeError: bad", "exception": {"type": "error"},
            "stackTrace": {"callFrames": [{"functionName": "", "url": "http://a/", "lineNumber": 0, "columnNumber": 6}]},
        }});
        let Err(BrowserError::Evaluation { message, stack }) = outcome(&answer) else {
            panic!("it threw");
        };
        assert_eq!(message, "TypeError: bad");
        assert_eq!(stack, "TypeError: bad\n    at <anonymous> (http://a/:1:7)");
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::Bool),
            any::<i64>().prop_map(Value::from),
            "[a-z]{0,9}".prop_map(Value::String),
        ];
        leaf.prop_recursive(6, 48, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::Array),
                (
                    prop::sample::select(vec!["object", "array", "map", "number", "node"]),
                    inner
                )
                    .prop_map(|(kind, value)| json!({"type": kind, "value": value})),
            ]
        })
    }

    proptest! {
        #[test]
        fn no_value_is_too_strange(value in any_json()) {
            let _ = (to_json(&value), text(&value), outcome(&value).is_ok());
        }
    }
}

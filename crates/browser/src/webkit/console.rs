//! Console lines and uncaught exceptions, as the crate's own words for them. Stock WebKit tells exceptions as lines.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use serde::Deserialize;
use serde_json::Value;

use crate::drive::core::Core;
use crate::events::{ConsoleLevel, ConsoleMessage, PageEvent, PageException};
use crate::ids::FrameId;
use crate::webkit::bootstrap::{RemoteValue, context_of};
use crate::webkit::page_events::with;
use crate::webkit::wire::Wire;

/// The newest line, which the browser may say to have come again.
pub(crate) type Line = PageEvent;

/// What it says before the error of a promise that nobody caught.
const REJECTED: &str = "Unhandled Promise Rejection: ";

#[derive(Deserialize)]
struct Added {
    message: Message,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct Message {
    source: String,
    level: String,
    text: String,
    r#type: String,
    url: String,
    line: u32,
    column: u32,
    parameters: Vec<RemoteValue>,
    stack_trace: StackTrace,
    timestamp: f64,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct StackTrace {
    call_frames: Vec<CallFrame>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct CallFrame {
    function_name: String,
    url: String,
    line_number: u32,
    column_number: u32,
}

/// Takes an event of the Console domain.
pub(crate) fn event(wire: &Wire, core: &Arc<Core>, method: &str, params: &Bytes) {
    if method == "Console.messageRepeatCountUpdated" {
        let again = wire.lock().last_line.clone();
        return again.map_or((), |line| core.publish(line));
    }
    with(params, |event: Added| {
        let message = event.message;
        if let Some((place, told)) = wire.bootstrap.read(&message.parameters) {
            return wire.told(core, place, told);
        }
        // Only objects say where they are.
        let context = message
            .parameters
            .iter()
            .find_map(|value| context_of(value.object_id.as_deref()?));
        let frame = context.and_then(|context| wire.frame_of(context));
        let line = match (message.source.as_str(), message.level.as_str()) {
            ("javascript", "error") => PageEvent::Exception(Arc::new(exception(message))),
            ("console-api", _) => PageEvent::Console(Arc::new(line(message, frame))),
            _ if Wire::is_on(&wire.log) => PageEvent::Console(Arc::new(line(message, None))),
            _ => return,
        };
        wire.lock().last_line = Some(line.clone());
        core.publish(line);
    });
}

fn line(message: Message, frame: Option<FrameId>) -> ConsoleMessage {
    let level = match (message.r#type.as_str(), message.level.as_str()) {
        ("assert", _) | (_, "error") => ConsoleLevel::Error,
        (_, "warning") => ConsoleLevel::Warning,
        (_, "info") => ConsoleLevel::Info,
        (_, "debug") => ConsoleLevel::Debug,
        _ => ConsoleLevel::Log,
    };
    let args: Vec<String> = if message.parameters.is_empty() {
        vec![message.text]
    } else {
        message.parameters.iter().map(text_of).collect()
    };
    ConsoleMessage {
        level,
        text: args.join(" "),
        args,
        url: message.url,
        line: message.line,
        stack: stack_text(&message.stack_trace),
        frame,
        at: at(message.timestamp),
    }
}

fn exception(message: Message) -> PageException {
    let text = message.text.strip_prefix(REJECTED).unwrap_or(&message.text);
    PageException {
        text: text.to_owned(),
        stack: stack_text(&message.stack_trace),
        url: message.url,
        line: message.line,
        column: message.column,
        frame: None,
        at: at(message.timestamp),
    }
}

/// A value in one line.
fn text_of(value: &RemoteValue) -> String {
    if value.subtype.as_deref() == Some("null") {
        return "null".to_owned();
    }
    match &value.value {
        Value::Null => {}
        Value::String(text) => return text.clone(),
        other => return other.to_string(),
    }
    let preview = value
        .preview
        .as_ref()
        .filter(|_| !matches!(value.subtype.as_deref(), Some("error" | "node")));
    preview
        .and_then(preview_text)
        .or_else(|| value.description.clone())
        .or_else(|| value.class_name.clone())
        .unwrap_or_else(|| value.r#type.clone())
}

/// `{a: 1}` or `[1, x]`; what is missing in the preview shows as "…".
fn preview_text(preview: &Value) -> Option<String> {
    let properties = preview.get("properties")?.as_array()?;
    let is_array = preview.get("subtype").and_then(Value::as_str) == Some("array");
    let mut parts: Vec<String> = properties
        .iter()
        .map(|property| {
            let text = |name: &str| property.get(name).and_then(Value::as_str);
            let value = text("value").unwrap_or("…");
            match text("name").filter(|_| !is_array) {
                Some(name) => format!("{name}: {value}"),
                None => value.to_owned(),
            }
        })
        .collect();
    if preview.get("overflow").and_then(Value::as_bool) == Some(true) {
        parts.push("…".to_owned());
    }
    let inside = parts.join(", ");
    Some(if is_array {
        format!("[{inside}]")
    } else {
        format!("{{{inside}}}")
    })
}

fn stack_text(stack: &StackTrace) -> String {
    let mut text = String::new();
    for call in &stack.call_frames {
        let name = if call.function_name.is_empty() {
            "(anonymous)"
        } else {
            &call.function_name
        };
        let (line, column) = (call.line_number, call.column_number);
        // Writing to a string cannot fail.
        let _ = writeln!(text, "    at {name} ({}:{line}:{column})", call.url);
    }
    text.truncate(text.trim_end().len());
    text
}

fn at(unix_seconds: f64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::try_from_secs_f64(unix_seconds).unwrap_or_default()
}

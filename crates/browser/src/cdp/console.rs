//! Console lines and uncaught exceptions, as the crate's own words for them.

use std::fmt::Write as _;
use std::time::{Duration, SystemTime};

use crate::cdp::evaluate::describe_exception;
use crate::cdp::protocol::log::{LogEntry, LogEntryLevel};
use crate::cdp::protocol::runtime::{
    ConsoleAPICalledEvent, ConsoleAPICalledEventType as Kind, ExceptionThrownEvent, ObjectPreview,
    RemoteObject, RemoteObjectSubtype, StackTrace,
};
use crate::events::{ConsoleLevel, ConsoleMessage, PageException};
use crate::ids::FrameId;

/// A console call.
pub(crate) fn message(
    event: ConsoleAPICalledEvent,
    frame: impl Fn(i64) -> Option<FrameId>,
) -> ConsoleMessage {
    let level = match event.r#type {
        Kind::Debug => ConsoleLevel::Debug,
        Kind::Info => ConsoleLevel::Info,
        Kind::Warning => ConsoleLevel::Warning,
        Kind::Error | Kind::Assert => ConsoleLevel::Error,
        _ => ConsoleLevel::Log,
    };
    let args: Vec<String> = event.args.iter().map(text_of).collect();
    let top = event
        .stack_trace
        .as_ref()
        .and_then(|stack| stack.call_frames.first());
    ConsoleMessage {
        level,
        text: args.join(" "),
        url: top.map(|call| call.url.clone()).unwrap_or_default(),
        line: top.map_or(0, |call| one_based(call.line_number)),
        stack: event
            .stack_trace
            .as_ref()
            .map(stack_text)
            .unwrap_or_default(),
        frame: frame(event.execution_context_id),
        at: from_millis(event.timestamp),
        args,
    }
}

/// An entry of the browser's own log.
pub(crate) fn log_entry(entry: LogEntry) -> ConsoleMessage {
    let level = match entry.level {
        LogEntryLevel::Verbose => ConsoleLevel::Debug,
        LogEntryLevel::Warning => ConsoleLevel::Warning,
        LogEntryLevel::Error => ConsoleLevel::Error,
        LogEntryLevel::Info | LogEntryLevel::Unknown => ConsoleLevel::Info,
    };
    ConsoleMessage {
        level,
        args: vec![entry.text.clone()],
        text: entry.text,
        url: entry.url.unwrap_or_default(),
        line: entry.line_number.map_or(0, one_based),
        stack: entry
            .stack_trace
            .as_ref()
            .map(stack_text)
            .unwrap_or_default(),
        frame: None,
        at: from_millis(entry.timestamp),
    }
}

/// An exception that no script caught.
pub(crate) fn exception(
    event: ExceptionThrownEvent,
    frame: impl Fn(i64) -> Option<FrameId>,
) -> PageException {
    let details = event.exception_details;
    let whole = describe_exception(&details);
    let text = whole.lines().next().unwrap_or_default().to_owned();
    let top = details
        .stack_trace
        .as_ref()
        .and_then(|stack| stack.call_frames.first());
    let stack = match &details.stack_trace {
        _ if whole.lines().nth(1).is_some() => whole,
        Some(stack) => stack_text(stack),
        None => String::new(),
    };
    PageException {
        text,
        stack,
        url: details
            .url
            .or_else(|| top.map(|call| call.url.clone()))
            .unwrap_or_default(),
        line: one_based(details.line_number),
        column: one_based(details.column_number),
        frame: details.execution_context_id.and_then(frame),
        at: from_millis(event.timestamp),
    }
}

/// A value as DevTools prints it in one line.
fn text_of(object: &RemoteObject) -> String {
    if object.subtype == Some(RemoteObjectSubtype::Null) {
        return "null".to_owned();
    }
    if let Some(value) = &object.value {
        return match value {
            serde_json::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
    }
    if let Some(text) = &object.unserializable_value {
        return text.clone();
    }
    let preview = object
        .preview
        .as_ref()
        .filter(|_| object.subtype != Some(RemoteObjectSubtype::Error));
    match (preview, &object.description) {
        (Some(preview), _) => preview_text(preview),
        (None, Some(description)) => description.clone(),
        (None, None) => "undefined".to_owned(),
    }
}

fn preview_text(preview: &ObjectPreview) -> String {
    let is_array = preview
        .subtype
        .as_ref()
        .is_some_and(|kind| format!("{kind:?}") == "Array");
    let mut parts: Vec<String> = preview
        .properties
        .iter()
        .map(|property| {
            let value = property.value.clone().unwrap_or_else(|| "…".to_owned());
            if is_array {
                value
            } else {
                format!("{}: {value}", property.name)
            }
        })
        .collect();
    if preview.overflow {
        parts.push("…".to_owned());
    }
    let inside = parts.join(", ");
    if is_array {
        format!("[{inside}]")
    } else {
        format!("{{{inside}}}")
    }
}

fn stack_text(stack: &StackTrace) -> String {
    let mut text = String::new();
    for call in &stack.call_frames {
        let name = if call.function_name.is_empty() {
            "(anonymous)"
        } else {
            &call.function_name
        };
        let (line, column) = (one_based(call.line_number), one_based(call.column_number));
        // Writing to a string cannot fail.
        let _ = writeln!(text, "    at {name} ({}:{line}:{column})", call.url);
    }
    text.truncate(text.trim_end().len());
    text
}

fn one_based(zero_based: i64) -> u32 {
    u32::try_from(zero_based).map_or(0, |number| number.saturating_add(1))
}

fn from_millis(unix_millis: f64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::try_from_secs_f64(unix_millis / 1000.0).unwrap_or_default()
}

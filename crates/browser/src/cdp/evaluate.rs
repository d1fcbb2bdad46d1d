//! Running scripts in a frame: the commands with their values left as raw JSON.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::Result;
use crate::cdp::message::Command;
use crate::cdp::protocol::runtime::ExceptionDetails;
use crate::cdp::session::parse;
use crate::error::BrowserError;

/// `Runtime.evaluate`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Evaluate<'a> {
    pub(crate) expression: &'a str,
    pub(crate) unique_context_id: &'a str,
    pub(crate) await_promise: bool,
    pub(crate) return_by_value: bool,
    pub(crate) user_gesture: bool,
    /// With the names of the developer tools' command line.
    #[serde(rename = "includeCommandLineAPI")]
    pub(crate) command_line: bool,
}

impl Command for Evaluate<'_> {
    const METHOD: &'static str = "Runtime.evaluate";
    type Response = Outcome;
}

/// `Runtime.callFunctionOn`, either in a context or on an object.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Call<'a> {
    pub(crate) function_declaration: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) unique_context_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) object_id: Option<&'a str>,
    pub(crate) arguments: [Argument<'a>; 1],
    pub(crate) await_promise: bool,
    pub(crate) return_by_value: bool,
}

#[derive(Serialize)]
pub(crate) struct Argument<'a> {
    pub(crate) value: &'a RawValue,
}

impl Command for Call<'_> {
    const METHOD: &'static str = "Runtime.callFunctionOn";
    type Response = Outcome;
}

/// What a script came to.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Outcome {
    result: Value,
    exception_details: Option<ExceptionDetails>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Value {
    value: Option<Box<RawValue>>,
    /// `NaN`, `-0`, `Infinity` and big integers, which JSON lacks.
    unserializable_value: Option<String>,
    object_id: Option<String>,
}

impl Outcome {
    /// The value; `undefined` and what JSON lacks read as `null`, big integers as their text.
    pub(crate) fn value<T: DeserializeOwned>(self, method: &'static str) -> Result<T> {
        let value = self.checked()?;
        if let Some(text) = value.unserializable_value {
            let json = serde_json::to_string(&text.strip_suffix('n')).unwrap_or_default();
            return parse(method, json.as_bytes());
        }
        parse(
            method,
            value
                .value
                .as_ref()
                .map_or("null", |raw| raw.get())
                .as_bytes(),
        )
    }

    /// The remote object's id; `None` when the value is no object.
    pub(crate) fn object(self) -> Result<Option<String>> {
        Ok(self.checked()?.object_id)
    }

    fn checked(self) -> Result<Value> {
        match self.exception_details {
            Some(details) => Err(thrown(&details)),
            None => Ok(self.result),
        }
    }
}

/// What was thrown, as an error: the first line as message, the whole as stack.
pub(crate) fn thrown(details: &ExceptionDetails) -> BrowserError {
    let stack = describe_exception(details);
    let message = stack.lines().next().unwrap_or_default().to_owned();
    BrowserError::Evaluation { message, stack }
}

/// What was thrown, as DevTools prints it: an error with its stack, any other value as text.
pub(crate) fn describe_exception(details: &ExceptionDetails) -> String {
    let Some(exception) = &details.exception else {
        return details.text.clone();
    };
    match (&exception.description, &exception.value) {
        (Some(description), _) => description.clone(),
        (None, Some(serde_json::Value::String(text))) => text.clone(),
        (None, Some(value)) => value.to_string(),
        (None, None) => details.text.clone(),
    }
}

/// A function declaration that calls `name` of the page bundle with the elements of its one argument, an array; on an
/// object, the object comes first.
pub(crate) fn bundle_call(name: &str, on_object: bool) -> Result<String> {
    if name.is_empty()
        || !name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'_')
    {
        return Err(BrowserError::Invalid(format!(
            "{name:?} is no function of the page bundle"
        )));
    }
    Ok(if on_object {
        format!("function(a){{return globalThis.__proscenium.{name}(this,...a)}}")
    } else {
        format!("function(a){{return globalThis.__proscenium.{name}(...a)}}")
    })
}

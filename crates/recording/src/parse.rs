//! Text to document. Every problem is named with its place; no input makes the reader panic or run away.

use serde::de::DeserializeSeed;
use serde_json::Value;
use thiserror::Error;

use crate::tree::{Findings, Tree};
use crate::{Map, Problem, Recording, Step};

/// How the document is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// JSON.
    Json,
    /// YAML, for documents written by hand.
    Yaml,
    /// JSON if it begins with a brace, YAML otherwise.
    #[default]
    Auto,
}

/// How large a document may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Size of the text, in bytes.
    pub bytes: usize,
    /// Number of steps.
    pub steps: usize,
    /// Levels of objects and lists inside each other.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 10 * 1024 * 1024,
            steps: 10_000,
            depth: 64,
        }
    }
}

/// Why a text is not a recording.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", summary(.problems))]
pub struct ParseError {
    /// Everything that is wrong; never empty.
    pub problems: Vec<Problem>,
}

fn summary(problems: &[Problem]) -> String {
    match problems {
        [] => "not a recording".to_owned(),
        [one] => format!("not a recording: {one}"),
        [first, rest @ ..] => format!(
            "not a recording: {first} (and {} more problems)",
            rest.len()
        ),
    }
}

impl ParseError {
    pub(crate) fn one(path: &str, message: impl Into<String>) -> Self {
        Self {
            problems: vec![Problem::error(path, message)],
        }
    }
}

/// The tree of a document: within the limits, and with nothing in it that cannot be kept.
pub(crate) fn tree(bytes: &[u8], format: Format, limits: Limits) -> Result<Value, ParseError> {
    if bytes.len() > limits.bytes {
        let (size, most) = (bytes.len(), limits.bytes);
        return Err(ParseError::one(
            "",
            format!("the document has {size} bytes, the limit is {most}"),
        ));
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|error| ParseError::one("", format!("the document is not UTF-8 text: {error}")))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(ParseError::one("", "the document is empty"));
    }
    let json = match format {
        Format::Json => true,
        Format::Yaml => false,
        Format::Auto => text.trim_start().starts_with(['{', '[']),
    };
    let findings = Findings::default();
    let tree = Tree {
        findings: &findings,
        path: String::new(),
        levels: limits.depth,
    };
    let read = if json {
        read_json(text, tree)
    } else {
        read_yaml(text, tree, limits)
    };
    let value = read.map_err(|message| ParseError::one("", message))?;
    let problems = findings.into_problems();
    if !problems.is_empty() {
        return Err(ParseError { problems });
    }
    Ok(value)
}

/// Reads a text into a tree of values within the usual [`Limits`], whatever it says.
///
/// # Errors
/// When it is neither JSON nor YAML, larger than a recording may be, or holds something that cannot be kept.
pub fn read_tree(text: impl AsRef<[u8]>) -> Result<Value, ParseError> {
    tree(text.as_ref(), Format::Auto, Limits::default())
}

impl Recording {
    /// Reads a document within the usual [`Limits`].
    pub fn parse(text: impl AsRef<[u8]>, format: Format) -> Result<Self, ParseError> {
        Self::parse_within(text, format, Limits::default())
    }

    /// Reads a document within the given limits.
    pub fn parse_within(
        text: impl AsRef<[u8]>,
        format: Format,
        limits: Limits,
    ) -> Result<Self, ParseError> {
        Self::from_value_within(tree(text.as_ref(), format, limits)?, limits)
    }

    /// Reads a document from its tree, within the usual [`Limits`] (except for the size of a text it never was).
    pub fn from_value(value: Value) -> Result<Self, ParseError> {
        Self::from_value_within(value, Limits::default())
    }

    fn from_value_within(value: Value, limits: Limits) -> Result<Self, ParseError> {
        let Value::Object(mut document) = value else {
            return Err(ParseError::one("", "a recording must be an object"));
        };
        let mut wrapper = None;
        if is_wrapper(&document)
            && let Some(Value::Object(inner)) = document.shift_remove("data")
        {
            wrapper = Some(std::mem::replace(&mut document, inner));
        }
        let prefix = if wrapper.is_some() { "data." } else { "" };

        let mut problems = Vec::new();
        let steps = match document.shift_remove("actions") {
            Some(Value::Array(steps)) => steps,
            Some(_) => {
                problems.push(Problem::error(
                    format!("{prefix}actions"),
                    "the actions must be a list",
                ));
                Vec::new()
            }
            None => {
                problems.push(Problem::error(
                    format!("{prefix}actions"),
                    "the recording has no actions",
                ));
                Vec::new()
            }
        };
        if steps.len() > limits.steps {
            let message = format!("{} actions, the limit is {}", steps.len(), limits.steps);
            return Err(ParseError::one(&format!("{prefix}actions"), message));
        }
        let steps = read_steps(steps, prefix, &mut problems);
        match serde_path_to_error::deserialize::<_, Self>(Value::Object(document)) {
            Ok(recording) if problems.is_empty() => {
                let mut recording = Self {
                    wrapper,
                    ..recording
                };
                for step in steps {
                    recording.push(step);
                }
                Ok(recording)
            }
            Ok(_) => Err(ParseError { problems }),
            Err(error) => {
                let path = error.path().to_string();
                let path = if path == "." { String::new() } else { path };
                let message = error.into_inner().to_string();
                problems.insert(
                    0,
                    Problem::error(format!("{prefix}{path}").trim_end_matches('.'), message),
                );
                Err(ParseError { problems })
            }
        }
    }
}

/// `{"data": {"actions": […]}}`, as some stored files are.
fn is_wrapper(document: &Map) -> bool {
    !document.contains_key("actions")
        && document
            .get("data")
            .and_then(Value::as_object)
            .is_some_and(|data| data.contains_key("actions"))
}

fn read_steps(values: Vec<Value>, prefix: &str, problems: &mut Vec<Problem>) -> Vec<Step> {
    let mut steps = Vec::with_capacity(values.len());
    for (index, value) in values.into_iter().enumerate() {
        match Step::from_value(value) {
            Ok(step) => steps.push(step),
            Err(problem) => {
                let path = format!("{prefix}actions[{index}].{}", problem.path);
                problems.push(Problem {
                    path: path.trim_end_matches('.').to_owned(),
                    ..problem
                });
            }
        }
    }
    steps
}

fn read_json(text: &str, tree: Tree<'_>) -> Result<Value, String> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = tree
        .deserialize(&mut deserializer)
        .map_err(|error| format!("not valid JSON: {error}"))?;
    deserializer
        .end()
        .map_err(|error| format!("not valid JSON: {error}"))?;
    Ok(value)
}

fn read_yaml(text: &str, tree: Tree<'_>, limits: Limits) -> Result<Value, String> {
    let options = serde_saphyr::options! {
        // Only true and false are booleans: "no" and "on" are words people type into forms.
        strict_booleans: true,
        with_snippet: false,
        budget: serde_saphyr::budget! {
            max_depth: limits.depth + 1,
            max_documents: 1,
            // A document that is many times larger once its aliases are followed is an attack.
            max_total_scalar_bytes: limits.bytes,
        },
    };
    serde_saphyr::with_deserializer_from_str_with_options(text, options, |deserializer| {
        tree.deserialize(deserializer)
    })
    .map_err(|error| format!("not valid YAML: {error}"))
}

impl Recording {
    /// The document as YAML text.
    pub fn to_yaml(&self) -> Result<String, WriteError> {
        let value = self.to_value().map_err(WriteError::Json)?;
        serde_saphyr::to_string(&value).map_err(|error| WriteError::Yaml(error.to_string()))
    }
}

/// Why a document cannot be written.
#[derive(Debug, Error)]
pub enum WriteError {
    /// The tree could not be made.
    #[error("cannot write the recording as a tree")]
    Json(#[source] serde_json::Error),
    /// The YAML text could not be made.
    #[error("cannot write the recording as YAML: {0}")]
    Yaml(String),
}

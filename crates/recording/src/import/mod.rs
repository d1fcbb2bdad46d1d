//! Recordings of other tools as documents of this one. Nothing is left out in silence: what a step cannot say is in
//! [`Imported::losses`], and a step that has no counterpart is kept as an unknown one, which no run pretends to perform.

pub(crate) mod codegen;
mod devtools;
mod draft;
mod side;
pub(crate) mod workflow_use;

use serde_json::Value;

use crate::{Format, Limits, ParseError, Problem, Recording, parse};

/// A recording made from another tool's file.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// The recording.
    pub recording: Recording,
    /// What it does not say although the file did, with the place in the file.
    pub losses: Vec<Problem>,
}

impl Imported {
    /// The names of recordings, for a message: the first of them, and how many more there are.
    #[must_use]
    pub fn names(all: &[Self]) -> String {
        const SHOWN: usize = 8;
        let names = all.iter().take(SHOWN);
        let names = names.map(|one| format!("{:?}", one.recording.test_name));
        let mut said = names.collect::<Vec<_>>().join(", ");
        if let Some(more) = all.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            said.push_str(&format!(" and {more} more"));
        }
        said
    }
}

/// A format that can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// This program's own, which is a superset of SaveAction's: JSON or YAML.
    Recording,
    /// Chrome `DevTools` Recorder and `@puppeteer/replay`: `{"title": …, "steps": […]}`.
    DevTools,
    /// A project of Selenium IDE, `.side`: `{"tests": [{"commands": […]}]}`.
    Side,
    /// A workflow of workflow-use: `{"name": …, "input_schema": […], "steps": […]}`.
    WorkflowUse,
    /// What Playwright's code generator writes with `--target jsonl`: a JSON object on each line.
    PlaywrightJsonl,
}

impl Source {
    /// The format that a document looks like; `None` when it is none of those known here, or no single document.
    #[must_use]
    pub fn of(document: &Value) -> Option<Self> {
        if Recording::is_claimed_by(document) {
            Some(Self::Recording)
        } else if side::is_one(document) {
            Some(Self::Side)
        } else if !document.get("steps").is_some_and(Value::is_array) {
            None
        } else if workflow_use::is_one(document) {
            Some(Self::WorkflowUse)
        } else {
            Some(Self::DevTools)
        }
    }
}

/// Reads another tool's file that holds one recording, within the usual [`Limits`]; the format is told by its shape.
///
/// # Errors
/// As [`import_all`], and when the file holds several recordings.
pub fn import(text: impl AsRef<[u8]>) -> Result<Imported, ParseError> {
    let mut all = import_all(text)?;
    match (all.pop(), all.is_empty()) {
        (Some(one), true) => Ok(one),
        (last, _) => {
            all.extend(last);
            let message = format!("it holds several recordings: {}", Imported::names(&all));
            Err(ParseError::one("", message))
        }
    }
}

/// Reads every recording of another tool's file, within the usual [`Limits`]; the format is told by its shape. A test that
/// runs another one has its steps.
///
/// # Errors
/// When it is no file of a known tool, or something in it makes no sense there.
pub fn import_all(text: impl AsRef<[u8]>) -> Result<Vec<Imported>, ParseError> {
    read(text.as_ref(), None)
}

/// As [`import_all`], for recordings that are kept beside each other: a test that runs another one includes it. `word` gives
/// what the recording is kept under, by its number from 0 and its name.
///
/// # Errors
/// As [`import_all`].
pub fn import_together(
    text: impl AsRef<[u8]>,
    word: &dyn Fn(usize, &str) -> String,
) -> Result<Vec<Imported>, ParseError> {
    read(text.as_ref(), Some(word))
}

/// Gives what a recording is kept under, by its number and its name.
type Word<'a> = &'a dyn Fn(usize, &str) -> String;

fn read(bytes: &[u8], word: Option<Word<'_>>) -> Result<Vec<Imported>, ParseError> {
    let limits = Limits::default();
    if bytes.len() <= limits.bytes
        && let Ok(text) = std::str::from_utf8(bytes)
        && codegen::is_one(text)
    {
        return codegen::import(text, limits).map(|one| vec![one]);
    }
    let document = parse::tree(bytes, Format::Auto, limits)?;
    match Source::of(&document) {
        Some(Source::Recording) => Recording::from_value(document).map(|recording| {
            vec![Imported {
                recording,
                losses: Vec::new(),
            }]
        }),
        Some(Source::DevTools) => devtools::import(document, limits).map(|one| vec![one]),
        Some(Source::WorkflowUse) => workflow_use::import(document, limits).map(|one| vec![one]),
        Some(Source::Side) => side::import(document, limits, word),
        Some(Source::PlaywrightJsonl) | None => Err(ParseError::one(
            "",
            "it is no file of a known tool: a DevTools recording has a title and steps, a Selenium IDE project has \
             tests, a workflow has a name and steps, Playwright's JSONL an object on each line",
        )),
    }
}

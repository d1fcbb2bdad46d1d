//! Recordings of other tools as documents of this one. Nothing is left out in silence: what a step cannot say is in
//! [`Imported::losses`], and a step that has no counterpart is kept as an unknown one, which no run pretends to perform.

mod devtools;

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

/// A format that can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Chrome `DevTools` Recorder and `@puppeteer/replay`: `{"title": …, "steps": […]}`.
    DevTools,
}

impl Source {
    /// The format that a document looks like; `None` when it is none of those known here.
    #[must_use]
    pub fn of(document: &Value) -> Option<Self> {
        document
            .get("steps")
            .is_some_and(Value::is_array)
            .then_some(Self::DevTools)
    }
}

/// Reads another tool's file within the usual [`Limits`]; the format is told by its shape.
pub fn import(text: impl AsRef<[u8]>) -> Result<Imported, ParseError> {
    let limits = Limits::default();
    let document = parse::tree(text.as_ref(), Format::Json, limits)?;
    match Source::of(&document) {
        Some(Source::DevTools) => devtools::import(document, limits),
        None => Err(ParseError::one(
            "",
            "it is no file of a known tool: a DevTools recording has a title and steps",
        )),
    }
}

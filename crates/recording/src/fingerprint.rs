//! What is kept of an element beside its selectors, for the day when none of them finds it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Map;

/// What an element was, what stood around it and what else of its kind there was. Our recorder keeps it from version 0.1
/// on; recordings of other tools have none, and healing goes by their selectors alone.
///
/// In a step it stays the JSON that it was read as: one of another shape is kept and not used.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Fingerprint {
    /// `press`, `text`, `secret`, `choice`, `toggle`, …: what it is for. Nothing of another kind takes its place.
    pub kind: String,
    /// Its ARIA role.
    pub role: String,
    /// Its accessible name, or its text.
    pub name: String,
    /// `button`, `a`.
    pub tag: String,
    /// The type of an `<input>` or `<button>`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub input_type: Option<String>,
    /// `testId`, `id`, `name`, `placeholder`, `href` (the path alone), … where they were not made by a program.
    pub attributes: Map,
    /// Classes that say what it is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<String>,
    /// What its list item, its section and the heading above it are called.
    pub near: Map,
    /// The names of the next elements of its kind, which it must not be taken for.
    pub others: Vec<String>,
    /// Its box in the document: `x`, `y`, `width`, `height` in CSS pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Value>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

//! Which element is meant.

use std::fmt;

use serde_json::{Value, json};

/// Words for the ways to find an element, and the page's own word for each.
const WAYS: [(&str, &str); 12] = [
    ("css", "css"),
    ("text", "text"),
    ("role", "role"),
    ("label", "label"),
    ("placeholder", "placeholder"),
    ("testid", "data-testid"),
    ("id", "id"),
    ("name", "name"),
    ("alt", "alt"),
    ("title", "title"),
    ("aria-label", "aria-label"),
    ("xpath", "xpath"),
];

/// Which element is meant: a way to find it, and what to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    way: &'static str,
    value: String,
}

impl Target {
    /// By CSS.
    pub fn css(selector: impl Into<String>) -> Self {
        Self {
            way: "css",
            value: selector.into(),
        }
    }

    /// In one of the known ways: "css", "text", "role", "label" …, or in the words of recordings: "data-testid".
    pub fn by(way: &str, value: impl Into<String>) -> Option<Self> {
        let (way, _) = WAYS
            .iter()
            .find(|(known, word)| *known == way || *word == way)?;
        Some(Self {
            way,
            value: value.into(),
        })
    }

    /// The selectors that the page understands.
    pub(crate) fn selectors(&self) -> Value {
        let strategy = WAYS.iter().find(|(way, _)| *way == self.way);
        json!([{ "strategy": strategy.map(|(_, word)| word), "value": self.value }])
    }

    pub(super) fn read(value: &Value) -> Result<Self, String> {
        let (way, value) = match value {
            Value::String(selector) => ("css", selector),
            Value::Object(map) if map.len() == 1 => match map.iter().next() {
                Some((way, Value::String(value))) => (way.as_str(), value),
                _ => return Err(unknown(value)),
            },
            other => return Err(unknown(other)),
        };
        if value.trim().is_empty() {
            return Err("it does not say which element is meant".to_owned());
        }
        Self::by(way, value.as_str()).ok_or_else(|| {
            format!(
                "{way:?} is no way to find an element; known are {}",
                known()
            )
        })
    }

    pub(super) fn write(&self) -> Value {
        if self.way == "css" {
            return self.value.clone().into();
        }
        json!({ self.way: self.value })
    }
}

fn known() -> String {
    WAYS.map(|(way, _)| way).join(", ")
}

fn unknown(value: &Value) -> String {
    format!(
        "{value} names no element: write a CSS selector, or one of {} with what to look for",
        known()
    )
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.way == "css" {
            f.write_str(&self.value)
        } else {
            write!(f, "{} {:?}", self.way, self.value)
        }
    }
}

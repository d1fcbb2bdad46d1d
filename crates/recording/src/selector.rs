//! How a step names its element: a ranked list of selectors, or the single selector of older files.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::{Map, number, text};

/// One way to find an element.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Selector {
    /// `data-testid`, `id`, `aria-label`, `name`, `role`, `label`, `text-content`, `css`, `xpath`, …
    #[serde(deserialize_with = "text::lenient")]
    pub strategy: String,
    /// What the strategy looks for.
    pub value: SelectorValue,
    /// What narrows the search: the `alt` of an image, the class of the parent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context: Option<Value>,
    /// Rank, 1 is tried first.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "number::tidy_option"
    )]
    pub priority: Option<f64>,
    /// How sure the recorder was, 0–100.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "number::tidy_option"
    )]
    pub confidence: Option<f64>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

impl Selector {
    /// A selector with neither rank nor confidence.
    pub fn new(strategy: impl Into<String>, value: impl Into<SelectorValue>) -> Self {
        Self {
            strategy: strategy.into(),
            value: value.into(),
            context: None,
            priority: None,
            confidence: None,
            extra: Map::new(),
        }
    }
}

/// What a strategy looks for: text for every strategy but `position`, which recorders also write as
/// `{parent, index}`.
#[derive(Debug, Clone, PartialEq)]
pub enum SelectorValue {
    /// Text.
    Text(String),
    /// An object, kept as it was written.
    Place(Map),
}

impl SelectorValue {
    /// The text; of a place, what a person would read: `ul.menu > 3`.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Place(place) => match (
                place.get("parent").and_then(Value::as_str),
                place.get("index"),
            ) {
                (Some(parent), Some(index)) => Cow::Owned(format!("{parent} > {index}")),
                _ => Cow::Owned(Value::Object(place.clone()).to_string()),
            },
        }
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::Place(place) => place.is_empty(),
        }
    }
}

impl fmt::Display for SelectorValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl From<&str> for SelectorValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for SelectorValue {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for SelectorValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl Serialize for SelectorValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Place(place) => place.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for SelectorValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::String(text) => Ok(Self::Text(text)),
            Value::Object(place) => Ok(Self::Place(place)),
            number @ (Value::Number(_) | Value::Bool(_)) => Ok(Self::Text(number.to_string())),
            Value::Null | Value::Array(_) => Err(serde::de::Error::custom(
                "the value of a selector must be text",
            )),
        }
    }
}

/// A frame on the way to an element, named in its parent document.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct FrameRef {
    /// How to find the frame's element in the document above it.
    #[serde(default, deserialize_with = "text::list_or_null")]
    pub selectors: Vec<Selector>,
    /// The address that the frame showed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

/// The single selector of older files: one object with a value per strategy.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct LegacySelector {
    /// Element id.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text::lenient_option"
    )]
    pub id: Option<String>,
    /// Value of `data-testid`, `data-test` or `data-cy`.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text::lenient_option"
    )]
    pub data_test_id: Option<String>,
    /// Value of `aria-label`.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text::lenient_option"
    )]
    pub aria_label: Option<String>,
    /// Value of `name`.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text::lenient_option"
    )]
    pub name: Option<String>,
    /// A CSS selector.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub css: Option<String>,
    /// A relative XPath.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub xpath: Option<String>,
    /// An XPath from the root.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub xpath_absolute: Option<String>,
    /// Exact text.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text::lenient_option"
    )]
    pub text: Option<String>,
    /// Part of the text.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text::lenient_option"
    )]
    pub text_contains: Option<String>,
    /// `{parent, index}` among its siblings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<Value>,
    /// Order in which the strategies are tried.
    #[serde(deserialize_with = "text::list_or_null")]
    pub priority: Vec<String>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

impl LegacySelector {
    /// Order of the strategies when the document gives none: the stable ones first.
    const DEFAULT_ORDER: [&str; 10] = [
        "dataTestId",
        "id",
        "ariaLabel",
        "name",
        "css",
        "xpath",
        "xpathAbsolute",
        "text",
        "textContains",
        "position",
    ];

    /// The same element as a ranked list; strategies that `priority` leaves out come last.
    pub fn to_selectors(&self) -> Vec<Selector> {
        let listed = self.priority.iter().map(String::as_str);
        let mut order: Vec<&str> = Vec::new();
        for name in listed.chain(Self::DEFAULT_ORDER) {
            if !order.contains(&name) {
                order.push(name);
            }
        }
        order
            .into_iter()
            .filter_map(|name| self.one(name))
            .collect()
    }

    fn one(&self, name: &str) -> Option<Selector> {
        let (strategy, value) = match name {
            "id" => ("id", self.id.as_ref()),
            "dataTestId" => ("data-testid", self.data_test_id.as_ref()),
            "ariaLabel" => ("aria-label", self.aria_label.as_ref()),
            "name" => ("name", self.name.as_ref()),
            "css" | "css-semantic" => ("css", self.css.as_ref()),
            "xpath" => ("xpath", self.xpath.as_ref()),
            "xpathAbsolute" => ("xpath", self.xpath_absolute.as_ref()),
            "text" | "text-content" => ("text", self.text.as_ref()),
            "textContains" => ("textContains", self.text_contains.as_ref()),
            "position" => return self.by_position(),
            _ => return None,
        };
        value
            .filter(|value| !value.trim().is_empty())
            .map(|value| Selector::new(strategy, value))
    }

    fn by_position(&self) -> Option<Selector> {
        let place = self.position.as_ref()?.as_object()?;
        (place.contains_key("parent") && place.contains_key("index"))
            .then(|| Selector::new("position", SelectorValue::Place(place.clone())))
    }
}

/// Another way to the same element, as the recorder extension writes it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AlternativeSelector {
    /// A CSS selector.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub css: Option<String>,
    /// An XPath.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub xpath: Option<String>,
    /// A CSS attribute selector, or the value of a test id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_attribute: Option<String>,
    /// Value of `aria-label`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aria_label: Option<String>,
    /// Exact text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Rank, 1 is tried first.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "number::tidy_option"
    )]
    pub priority: Option<f64>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

impl AlternativeSelector {
    /// The same as plain selectors.
    pub fn to_selectors(&self) -> Vec<Selector> {
        let data = self.data_attribute.as_ref().map(|value| {
            let strategy = if value.starts_with('[') {
                "css"
            } else {
                "data-testid"
            };
            (strategy, value)
        });
        [
            data,
            self.aria_label.as_ref().map(|value| ("aria-label", value)),
            self.css.as_ref().map(|value| ("css", value)),
            self.xpath.as_ref().map(|value| ("xpath", value)),
            self.text.as_ref().map(|value| ("text-content", value)),
        ]
        .into_iter()
        .flatten()
        .filter(|(_, value)| !value.trim().is_empty())
        .map(|(strategy, value)| Selector::new(strategy, value))
        .collect()
    }
}

//! Steps of the mouse: click, hover, scroll, drag.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::form::Modifier;
use crate::open_enum::open_enum;
use crate::{LegacySelector, Map, Selector, number, text};

open_enum! {
    /// Which mouse button.
    MouseButton { Left = "left", Right = "right", Middle = "middle", Back = "back", Forward = "forward" }
}

open_enum! {
    /// What recorded coordinates are measured from.
    RelativeTo { Viewport = "viewport", Element = "element", Document = "document" }
}

/// A place, in CSS pixels.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Point {
    /// From the left.
    #[serde(serialize_with = "number::tidy")]
    pub x: f64,
    /// From the top.
    #[serde(serialize_with = "number::tidy")]
    pub y: f64,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

impl Point {
    /// A place, in CSS pixels.
    pub fn new(x: f64, y: f64) -> Self {
        Self {
            x,
            y,
            extra: Map::new(),
        }
    }
}

/// A click, a double click, a right click.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Click {
    /// Tag of the element, lower case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag_name: Option<String>,
    /// Its text when recorded.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text::lenient_option"
    )]
    pub text: Option<String>,
    /// Where the button went down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coordinates: Option<Point>,
    /// What `coordinates` are measured from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coordinates_relative_to: Option<RelativeTo>,
    /// Which button.
    pub button: MouseButton,
    /// 1 or 2.
    #[serde(deserialize_with = "click_count")]
    pub click_count: u32,
    /// Keys held during the click.
    #[serde(deserialize_with = "text::list_or_null")]
    pub modifiers: Vec<Modifier>,
    /// `standard`, `submit`, `toggle-input`, `dropdown-trigger`, `carousel-navigation`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub click_type: Option<String>,
    /// Whether a navigation followed when recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expects_navigation: Option<bool>,
    /// `checkbox` or `radio` when a choice was toggled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_type: Option<String>,
    /// State of the choice after the click.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked: Option<bool>,
    /// What the recorder thought of the click.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub validation: Option<ClickValidation>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

impl Default for Click {
    fn default() -> Self {
        Self {
            tag_name: None,
            text: None,
            coordinates: None,
            coordinates_relative_to: None,
            button: MouseButton::Left,
            click_count: 1,
            modifiers: Vec::new(),
            click_type: None,
            expects_navigation: None,
            input_type: None,
            checked: None,
            validation: None,
            extra: Map::new(),
        }
    }
}

/// `clickCount: 0` or null in odd files means one click.
fn click_count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    Ok(Option::<u32>::deserialize(deserializer)?
        .unwrap_or(1)
        .max(1))
}

/// The recorder's own doubt about a click.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ClickValidation {
    /// The same click was recorded twice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_duplicate: Option<bool>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

/// The pointer rested on an element.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Hover {
    /// Tag of the element, lower case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag_name: Option<String>,
    /// Its text when recorded.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text::lenient_option"
    )]
    pub text: Option<String>,
    /// How long, in milliseconds.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "number::tidy_option"
    )]
    pub duration: Option<f64>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

/// The wheel was turned over an element that does something else with it than to scroll: a map, a drawing.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Wheel {
    /// Tag of the element, lower case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag_name: Option<String>,
    /// How far to the right in all, in CSS pixels.
    #[serde(serialize_with = "number::tidy")]
    pub delta_x: f64,
    /// How far down in all, in CSS pixels.
    #[serde(serialize_with = "number::tidy")]
    pub delta_y: f64,
    /// In how many turns, each of the same length; one when it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turns: Option<u32>,
    /// Where the pointer was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coordinates: Option<Point>,
    /// What `coordinates` are measured from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coordinates_relative_to: Option<RelativeTo>,
    /// Keys held meanwhile.
    #[serde(
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "text::list_or_null"
    )]
    pub modifiers: Vec<Modifier>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

impl Wheel {
    /// More turns than this are no turns of a hand.
    pub const MOST_TURNS: u32 = 1_000;
}

/// The window or an element was scrolled to a position.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Scroll {
    /// Distance from the left, in CSS pixels.
    #[serde(serialize_with = "number::tidy")]
    pub scroll_x: f64,
    /// Distance from the top, in CSS pixels.
    #[serde(serialize_with = "number::tidy")]
    pub scroll_y: f64,
    /// What was scrolled.
    pub element: ScrollTarget,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

/// What a scroll step scrolls.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum ScrollTarget {
    /// The window.
    #[default]
    Window,
    /// An element, named by the single selector of the format.
    Element(Box<LegacySelector>),
}

impl Serialize for ScrollTarget {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Window => serializer.serialize_str("window"),
            Self::Element(selector) => selector.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for ScrollTarget {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        match Value::deserialize(deserializer)? {
            Value::Null => Ok(Self::Window),
            Value::String(word) if word == "window" => Ok(Self::Window),
            value @ Value::Object(_) => serde_json::from_value(value)
                .map(|selector| Self::Element(Box::new(selector)))
                .map_err(D::Error::custom),
            _ => Err(D::Error::custom("expected \"window\" or a selector")),
        }
    }
}

/// An element was dragged onto another, or by a distance.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Drag {
    /// Tag of the dragged element, lower case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag_name: Option<String>,
    /// Its text when recorded.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text::lenient_option"
    )]
    pub text: Option<String>,
    /// Where the button went down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coordinates: Option<Point>,
    /// What `coordinates` are measured from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coordinates_relative_to: Option<RelativeTo>,
    /// Where the pointer went meanwhile, measured as `coordinates` are, where the way counts: a stroke on a canvas.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<Point>,
    /// Where it was dropped.
    pub target: DragTarget,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

/// Where a drag ended: an element, a place, or a place in an element.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DragTarget {
    /// How to find the element.
    #[serde(
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "text::list_or_null"
    )]
    pub selectors: Vec<Selector>,
    /// Its text when recorded.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text::lenient_option"
    )]
    pub text: Option<String>,
    /// Where the button was released.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coordinates: Option<Point>,
    /// What `coordinates` are measured from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coordinates_relative_to: Option<RelativeTo>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

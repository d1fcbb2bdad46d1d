//! What is pointed at: an element, or a place of the view.

use std::fmt;

use serde_json::{Map, Value, json};

use super::target::Target;

/// What is pointed at.
#[derive(Debug, Clone, PartialEq)]
pub enum Aim {
    /// An element, wherever it is: the page is scrolled to it.
    Element(Target),
    /// A place of what is seen of the page, in CSS pixels from its upper left corner: of a drawing, whose parts are no elements.
    Place {
        /// From the left edge.
        x: f64,
        /// From the upper edge.
        y: f64,
    },
}

impl Aim {
    pub(super) fn read(value: &Value) -> Result<Self, String> {
        match value {
            Value::Object(fields) if fields.contains_key("x") || fields.contains_key("y") => {
                place(fields)
            }
            element => Target::read(element).map(Self::Element),
        }
    }

    pub(super) fn write(&self) -> Value {
        match self {
            Self::Element(target) => target.write(),
            Self::Place { x, y } => json!({ "x": x, "y": y }),
        }
    }
}

/// A place by its `x` and `y`.
pub(super) fn place(fields: &Map<String, Value>) -> Result<Aim, String> {
    if let Some(name) = fields
        .keys()
        .find(|name| !matches!(name.as_str(), "x" | "y"))
    {
        return Err(format!("a place has x and y, and no {name:?}"));
    }
    let side = |name: &str| {
        let number = fields.get(name).and_then(Value::as_f64);
        number
            .filter(|number| (0.0..=10_000.0).contains(number))
            .ok_or_else(|| format!("a place has {name}, CSS pixels from 0 to 10000"))
    };
    Ok(Aim::Place {
        x: side("x")?,
        y: side("y")?,
    })
}

impl From<Target> for Aim {
    fn from(target: Target) -> Self {
        Self::Element(target)
    }
}

impl fmt::Display for Aim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Element(target) => target.fmt(f),
            Self::Place { x, y } => write!(f, "({x}, {y})"),
        }
    }
}

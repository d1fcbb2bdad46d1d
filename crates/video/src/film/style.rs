//! How the pointer and clicks look.

use serde::{Deserialize, Serialize};

/// The pointer that is drawn. In documents `true` is the first one, and `false` none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "Said", into = "Said")]
pub enum PointerStyle {
    /// A dark arrow.
    #[default]
    Arrow,
    /// A white arrow.
    White,
    /// A round spot, as of a finger.
    Dot,
    /// None.
    None,
}

/// What a click does to the picture. In documents `true` is the first one, and `false` nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "Said", into = "Said")]
pub enum ClickEffect {
    /// A ring that grows.
    #[default]
    Ring,
    /// A disc that grows.
    Disc,
    /// Two rings, one after the other.
    Pulse,
    /// Nothing.
    None,
}

/// Yes, no, or the name of one.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Said {
    Flag(bool),
    Name(String),
}

/// A name that is none of the names.
#[derive(Debug, thiserror::Error)]
#[error("{said:?} is none of true, false, {names}")]
struct NoSuchStyle {
    said: String,
    names: &'static str,
}

impl TryFrom<Said> for PointerStyle {
    type Error = NoSuchStyle;

    fn try_from(said: Said) -> Result<Self, NoSuchStyle> {
        Ok(match said {
            Said::Flag(true) => Self::Arrow,
            Said::Flag(false) => Self::None,
            Said::Name(name) => match name.as_str() {
                "arrow" => Self::Arrow,
                "white" => Self::White,
                "dot" => Self::Dot,
                "none" => Self::None,
                _ => {
                    return Err(NoSuchStyle {
                        said: name,
                        names: "arrow, white, dot, none",
                    });
                }
            },
        })
    }
}

impl From<PointerStyle> for Said {
    fn from(style: PointerStyle) -> Self {
        match style {
            PointerStyle::Arrow => Self::Flag(true),
            PointerStyle::None => Self::Flag(false),
            PointerStyle::White | PointerStyle::Dot => Self::Name(style.as_str().to_owned()),
        }
    }
}

impl PointerStyle {
    /// Its name in documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Arrow => "arrow",
            Self::White => "white",
            Self::Dot => "dot",
            Self::None => "none",
        }
    }
}

impl TryFrom<Said> for ClickEffect {
    type Error = NoSuchStyle;

    fn try_from(said: Said) -> Result<Self, NoSuchStyle> {
        Ok(match said {
            Said::Flag(true) => Self::Ring,
            Said::Flag(false) => Self::None,
            Said::Name(name) => match name.as_str() {
                "ring" => Self::Ring,
                "disc" => Self::Disc,
                "pulse" => Self::Pulse,
                "none" => Self::None,
                _ => {
                    return Err(NoSuchStyle {
                        said: name,
                        names: "ring, disc, pulse, none",
                    });
                }
            },
        })
    }
}

impl From<ClickEffect> for Said {
    fn from(effect: ClickEffect) -> Self {
        match effect {
            ClickEffect::Ring => Self::Flag(true),
            ClickEffect::None => Self::Flag(false),
            ClickEffect::Disc => Self::Name("disc".to_owned()),
            ClickEffect::Pulse => Self::Name("pulse".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, from_value, json, to_value};

    use super::*;

    #[test]
    fn flags_and_names_are_read_and_the_first_style_stays_a_flag() {
        let pointer = |said: Value| from_value::<PointerStyle>(said);
        for (said, style, written) in [
            (json!(true), PointerStyle::Arrow, json!(true)),
            (json!("arrow"), PointerStyle::Arrow, json!(true)),
            (json!("white"), PointerStyle::White, json!("white")),
            (json!("dot"), PointerStyle::Dot, json!("dot")),
            (json!(false), PointerStyle::None, json!(false)),
            (json!("none"), PointerStyle::None, json!(false)),
        ] {
            assert_eq!(pointer(said).unwrap(), style);
            assert_eq!(to_value(style).unwrap(), written);
        }
        let effect = |said: Value| from_value::<ClickEffect>(said);
        for (said, style, written) in [
            (json!(true), ClickEffect::Ring, json!(true)),
            (json!("disc"), ClickEffect::Disc, json!("disc")),
            (json!("pulse"), ClickEffect::Pulse, json!("pulse")),
            (json!("none"), ClickEffect::None, json!(false)),
        ] {
            assert_eq!(effect(said).unwrap(), style);
            assert_eq!(to_value(style).unwrap(), written);
        }
        let refused = pointer(json!("crosshair")).unwrap_err().to_string();
        assert!(refused.contains("arrow, white, dot"), "{refused}");
        assert!(effect(json!(3)).is_err());
    }
}

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

/// The first is what a flag asks for, and the last is none.
const POINTERS: [(&str, PointerStyle); 4] = [
    ("arrow", PointerStyle::Arrow),
    ("white", PointerStyle::White),
    ("dot", PointerStyle::Dot),
    ("none", PointerStyle::None),
];

/// As the pointers.
const EFFECTS: [(&str, ClickEffect); 4] = [
    ("ring", ClickEffect::Ring),
    ("pulse", ClickEffect::Pulse),
    ("disc", ClickEffect::Disc),
    ("none", ClickEffect::None),
];

/// Yes, no, or the name of one.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Said {
    Flag(bool),
    Name(String),
}

/// A name that is none of the names.
#[derive(Debug, thiserror::Error)]
#[error("{said:?} is none of true, false, {}", names.join(", "))]
struct NoSuchStyle {
    said: String,
    names: [&'static str; 4],
}

fn read<Style: Copy>(said: Said, styles: [(&'static str, Style); 4]) -> Result<Style, NoSuchStyle> {
    match said {
        Said::Flag(true) => Ok(styles[0].1),
        Said::Flag(false) => Ok(styles[3].1),
        Said::Name(said) => match styles.iter().find(|(name, _)| *name == said) {
            Some((_, style)) => Ok(*style),
            None => Err(NoSuchStyle {
                said,
                names: styles.map(|(name, _)| name),
            }),
        },
    }
}

/// What was a flag before there were names stays one.
fn said<Style: PartialEq>(style: &Style, styles: &[(&str, Style); 4]) -> Said {
    if *style == styles[0].1 {
        return Said::Flag(true);
    }
    match name(style, styles) {
        "none" => Said::Flag(false),
        name => Said::Name(name.to_owned()),
    }
}

fn name<'a, Style: PartialEq>(style: &Style, styles: &[(&'a str, Style); 4]) -> &'a str {
    let found = styles.iter().find(|(_, one)| one == style);
    found.map_or("none", |(name, _)| name)
}

impl PointerStyle {
    /// Its name in documents.
    pub fn as_str(self) -> &'static str {
        name(&self, &POINTERS)
    }
}

impl TryFrom<Said> for PointerStyle {
    type Error = NoSuchStyle;

    fn try_from(said: Said) -> Result<Self, NoSuchStyle> {
        read(said, POINTERS)
    }
}

impl From<PointerStyle> for Said {
    fn from(style: PointerStyle) -> Self {
        said(&style, &POINTERS)
    }
}

impl TryFrom<Said> for ClickEffect {
    type Error = NoSuchStyle;

    fn try_from(said: Said) -> Result<Self, NoSuchStyle> {
        read(said, EFFECTS)
    }
}

impl From<ClickEffect> for Said {
    fn from(effect: ClickEffect) -> Self {
        said(&effect, &EFFECTS)
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

//! What the page tells about its elements.

use serde::Deserialize;

use crate::film::notes::Area;
use crate::film::storyboard::Target;

/// A page, as far as a tour is concerned.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Scan {
    pub(super) elements: Vec<Element>,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) length: f64,
    pub(super) title: String,
}

/// Something that could be shown.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Element {
    pub(super) tag: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) name: String,
    /// Everything that tells what it does: name, text, id, address.
    pub(super) words: String,
    selectors: Vec<Selector>,
    /// In the document.
    pub(super) area: Area,
}

#[derive(Debug, Clone, Deserialize)]
struct Selector {
    strategy: String,
    value: String,
}

impl Element {
    /// The best way to find it that storyboards know.
    pub(super) fn target(&self) -> Option<Target> {
        self.selectors
            .iter()
            .find_map(|selector| Target::by(&selector.strategy, &*selector.value))
    }

    #[cfg(test)]
    pub(super) fn example(tag: &str, name: &str, (y, width, height): (f64, f64, f64)) -> Self {
        Self {
            tag: tag.to_owned(),
            kind: String::new(),
            name: name.to_owned(),
            words: name.to_owned(),
            selectors: vec![Selector {
                strategy: "css".to_owned(),
                value: format!("#{}", name.to_lowercase().replace(' ', "-")),
            }],
            area: Area {
                x: 100.0,
                y,
                width,
                height,
            },
        }
    }
}

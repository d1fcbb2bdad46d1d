//! What is around and over the page.

use browser::{ColorScheme, Viewport};
use serde::{Deserialize, Serialize};

use crate::film::order::Setup;
use crate::film::style::{ClickEffect, PointerStyle};

/// What is around and over the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Look {
    /// What the page stands in.
    pub frame: Frame,
    /// What is behind the window.
    pub background: Background,
    /// Which look pages are asked for, light or dark, and that of the window around them; the browser's own, in a light
    /// window, when none is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheme: Option<Scheme>,
    /// The pointer that is drawn.
    pub pointer: PointerStyle,
    /// What clicks make.
    pub ripples: ClickEffect,
    /// Whether the view goes near what happens.
    pub zoom: bool,
    /// Of rings and of boxes, as "#rrggbb".
    pub highlight_color: String,
}

/// What the page stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Frame {
    /// A browser's window with a bar, on a background.
    #[default]
    Window,
    /// A card with round corners and a shadow, on a background.
    Card,
    /// Nothing: the page fills the film.
    None,
}

/// One of the two looks that many pages have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl From<Scheme> for ColorScheme {
    fn from(scheme: Scheme) -> Self {
        match scheme {
            Scheme::Light => Self::Light,
            Scheme::Dark => Self::Dark,
        }
    }
}

/// A CSS background: a colour or a gradient. Pictures are not loaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Background(pub String);

impl Default for Background {
    fn default() -> Self {
        Self("linear-gradient(135deg, #24304f 0%, #45426f 55%, #7a5c86 100%)".to_owned())
    }
}

impl Default for Look {
    fn default() -> Self {
        Self {
            frame: Frame::default(),
            background: Background::default(),
            scheme: None,
            pointer: PointerStyle::Arrow,
            ripples: ClickEffect::Ring,
            zoom: true,
            highlight_color: "#ff3b30".to_owned(),
        }
    }
}

impl Look {
    /// The page and nothing else: no window, no pointer, no zoom.
    pub fn plain() -> Self {
        Self {
            frame: Frame::None,
            pointer: PointerStyle::None,
            ripples: ClickEffect::None,
            zoom: false,
            ..Self::default()
        }
    }

    /// What is wrong with it: a field's name, and what would be right.
    pub fn problem(&self) -> Option<(&'static str, String)> {
        let colour = &self.highlight_color;
        let wrong = || format!("{colour:?} is no colour as #rrggbb writes it");
        self.highlight()
            .is_none()
            .then(|| ("highlightColor", wrong()))
    }

    /// Red, green and blue of "#rrggbb" or "#rgb".
    pub(crate) fn highlight(&self) -> Option<[u8; 3]> {
        let digits = self.highlight_color.strip_prefix('#')?;
        let long: String = match digits.len() {
            3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
            6 => digits.to_owned(),
            _ => return None,
        };
        let part = |at: usize| u8::from_str_radix(long.get(at..at + 2)?, 16).ok();
        Some([part(0)?, part(2)?, part(4)?])
    }
}

/// Where things are in the film, in its own pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Layout {
    pub(crate) size: (u32, u32),
    /// Pixels per CSS pixel.
    pub(crate) scale: u32,
    /// The bar above the page: x, y, width, height; no height when there is none.
    pub(crate) bar: (u32, u32, u32, u32),
    /// The page: x, y, width, height.
    pub(crate) page: (u32, u32, u32, u32),
    /// Of the corners of the page, in pixels.
    pub(crate) radius: u32,
}

/// Share of the film's height that is left free around a window.
const MARGIN: f64 = 0.055;
/// CSS pixels.
const BAR_HEIGHT: u32 = 40;
/// CSS pixels.
const RADIUS: u32 = 12;

impl Layout {
    pub(crate) fn of(setup: Setup, frame: Frame) -> Self {
        let Setup {
            width,
            height,
            scale,
            ..
        } = setup;
        if frame == Frame::None {
            return Self {
                size: (width, height),
                scale,
                bar: (0, 0, width, 0),
                page: (0, 0, width, height),
                radius: 0,
            };
        }
        // Whole CSS pixels, so that no pixel of the page is ever resampled.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of a side of at most 4096 pixels"
        )]
        let margin = (f64::from(height) * MARGIN / f64::from(2 * scale)).round() as u32 * 2 * scale;
        let bar = if frame == Frame::Window {
            BAR_HEIGHT * scale
        } else {
            0
        };
        let inner = (width - 2 * margin, height - 2 * margin);
        Self {
            size: (width, height),
            scale,
            bar: (margin, margin, inner.0, bar),
            page: (margin, margin + bar, inner.0, inner.1 - bar),
            radius: RADIUS * scale,
        }
    }

    /// The page's viewport, in CSS pixels.
    pub(crate) fn viewport(&self) -> (u32, u32) {
        (self.page.2 / self.scale, self.page.3 / self.scale)
    }

    /// The screen that pages see.
    pub(crate) fn screen(&self) -> Viewport {
        let (width, height) = self.viewport();
        Viewport {
            device_scale_factor: f64::from(self.scale),
            ..Viewport::desktop(width, height)
        }
    }

    /// A point of the page as a point of the film.
    pub(crate) fn in_film(&self, x: f64, y: f64) -> (f64, f64) {
        let scale = f64::from(self.scale);
        (
            f64::from(self.page.0) + x * scale,
            f64::from(self.page.1) + y * scale,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::film::order::Preset;

    #[test]
    fn the_page_has_whole_pixels_in_every_frame() {
        for preset in Preset::ALL {
            for frame in [Frame::Window, Frame::Card, Frame::None] {
                let layout = Layout::of(preset.setup(), frame);
                let (width, height) = layout.viewport();
                let pixels = (width * layout.scale, height * layout.scale);
                assert_eq!(pixels, (layout.page.2, layout.page.3));
                assert!(layout.page.1 + layout.page.3 <= layout.size.1);
            }
        }
        let full = Layout::of(Preset::Ultra.setup(), Frame::None);
        assert_eq!(full.viewport(), (1920, 1080));
    }

    #[test]
    fn colours_are_read_as_css_writes_them() {
        let look = |colour: &str| Look {
            highlight_color: colour.to_owned(),
            ..Look::default()
        };
        assert_eq!(look("#ff0080").highlight(), Some([255, 0, 128]));
        assert_eq!(look("#f08").highlight(), Some([255, 0, 136]));
        for wrong in ["red", "#12", "#gg0000", "#é00"] {
            assert_eq!(look(wrong).highlight(), None, "{wrong}");
        }
    }
}

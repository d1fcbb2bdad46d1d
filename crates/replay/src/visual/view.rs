//! Where a picture begins and ends, in the page and in pixels.

use browser::{Clip, ScreenshotOptions};
use serde::Deserialize;

use super::baseline::Screen;
use super::raster::Patch;
use crate::page_reply::{Area, At};

/// How much of a page a picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// What is in view.
    Viewport,
    /// The whole document.
    Document,
}

/// What a page measures while it stands still.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct View {
    width: f64,
    height: f64,
    scroll_x: f64,
    scroll_y: f64,
    scale: f64,
    bar_at_right: bool,
    bar_at_bottom: bool,
}

/// How wide a scroll bar is that lies over the page, with the room that it keeps from the edge.
const BAR: f64 = 16.0;

impl View {
    pub(super) fn screen(self) -> Screen {
        Screen {
            width: self.width.round() as u32,
            height: self.height.round() as u32,
            scale: self.scale,
        }
    }

    /// Where scroll bars lie over the page.
    pub(super) fn bars(self) -> impl Iterator<Item = Area> {
        let right = Area {
            x: self.width - BAR,
            y: 0.0,
            width: BAR,
            height: self.height,
        };
        let bottom = Area {
            x: 0.0,
            y: self.height - BAR,
            width: self.width,
            height: BAR,
        };
        let right = Some(right).filter(|_| self.bar_at_right);
        let bottom = Some(bottom).filter(|_| self.bar_at_bottom);
        right.into_iter().chain(bottom)
    }

    /// What to ask of the browser, and where in the viewport the picture begins.
    pub(super) fn options(self, element: Option<Area>, extent: Extent) -> (ScreenshotOptions, At) {
        let scrolled = At {
            x: self.scroll_x,
            y: self.scroll_y,
        };
        let Some(area) = element else {
            let full_page = extent == Extent::Document;
            let origin = At {
                x: if full_page { -scrolled.x } else { 0.0 },
                y: if full_page { -scrolled.y } else { 0.0 },
            };
            let options = ScreenshotOptions {
                full_page,
                ..ScreenshotOptions::default()
            };
            return (options, origin);
        };
        let origin = At {
            x: area.x.floor(),
            y: area.y.floor(),
        };
        let clip = Clip {
            x: origin.x,
            y: origin.y,
            width: ((area.x + area.width).ceil() - origin.x).max(1.0),
            height: ((area.y + area.height).ceil() - origin.y).max(1.0),
        };
        let fits = origin.x >= 0.0
            && origin.y >= 0.0
            && origin.x + clip.width <= self.width
            && origin.y + clip.height <= self.height;
        // What is larger than the viewport can only be had from the whole page.
        let clip = if fits {
            clip
        } else {
            Clip {
                x: clip.x + scrolled.x,
                y: clip.y + scrolled.y,
                ..clip
            }
        };
        let options = ScreenshotOptions {
            full_page: !fits,
            clip: Some(clip),
            ..ScreenshotOptions::default()
        };
        (options, origin)
    }

    /// An area of the viewport in the pixels of a picture.
    pub(super) fn patch(self, area: Area, origin: At) -> Patch {
        Patch {
            left: ((area.x - origin.x) * self.scale).floor() as i64,
            top: ((area.y - origin.y) * self.scale).floor() as i64,
            right: ((area.x + area.width - origin.x) * self.scale).ceil() as i64,
            bottom: ((area.y + area.height - origin.y) * self.scale).ceil() as i64,
        }
    }
}

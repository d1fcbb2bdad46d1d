//! The world that the film looks at: background, window and page, pixel for pixel.

use std::sync::Arc;

use raster::{Part, Raster, Scaler};
use tiny_skia::{FillRule, Mask, PathBuilder, Pixmap, PixmapPaint, Rect, Transform};

use super::lens::View;
use crate::film::error::FilmError;
use crate::film::look::{Frame, Layout};

/// Background, window and page.
pub(crate) struct World {
    layout: Layout,
    backdrop: Option<Pixmap>,
    pixels: Pixmap,
    /// Pixels of the page's corners that are not quite the page's: index in bytes, and how much the page has of it.
    corners: Vec<(usize, u8)>,
    scaler: Scaler,
}

impl World {
    pub(crate) fn new(layout: Layout, frame: Frame, backdrop: Option<Pixmap>) -> Self {
        let (width, height) = layout.size;
        let mut pixels = backdrop.clone().unwrap_or_else(|| blank(width, height));
        // Until the first picture comes the page is white, as in a browser.
        fill_white(&mut pixels, layout.page);
        let mut world = Self {
            layout,
            backdrop,
            pixels,
            corners: corners(layout, frame),
            scaler: Scaler::default(),
        };
        world.round();
        world
    }

    pub(crate) fn pixels(&self) -> &[u8] {
        self.pixels.data()
    }

    /// Puts the window's bar in its place.
    pub(crate) fn set_bar(&mut self, bar: &Arc<Pixmap>) {
        let (x, y, ..) = self.layout.bar;
        // What was there before is below it, corners included.
        self.restore(self.layout.bar);
        let place = |side: u32| i32::try_from(side).unwrap_or_default();
        self.pixels.draw_pixmap(
            place(x),
            place(y),
            (**bar).as_ref(),
            &PixmapPaint::default(),
            Transform::identity(),
            None,
        );
    }

    /// Puts a picture of the page in its place; one of another size is made to fit.
    pub(crate) fn set_page(&mut self, picture: Raster) -> Result<(), FilmError> {
        let (x, y, width, height) = self.layout.page;
        let pixels = if (picture.width, picture.height) == (width, height) {
            picture.pixels
        } else {
            let mut fitted = vec![0; width as usize * height as usize * 4];
            let whole = Part {
                x: 0.0,
                y: 0.0,
                width: f64::from(picture.width),
                height: f64::from(picture.height),
            };
            let source = (&*picture.pixels, picture.width, picture.height);
            self.scaler
                .scale(source, whole, (&mut fitted, width, height))
                .map_err(|error| FilmError::Picture(error.to_string()))?;
            fitted
        };
        let stride = self.layout.size.0 as usize * 4;
        let row = width as usize * 4;
        let start = y as usize * stride + x as usize * 4;
        let target = self.pixels.data_mut();
        for (index, line) in pixels.chunks_exact(row).enumerate() {
            let at = start + index * stride;
            target[at..at + row].copy_from_slice(line);
        }
        self.round();
        Ok(())
    }

    /// What is seen through the lens, in the film's size.
    pub(crate) fn see(&mut self, view: View, film: &mut Vec<u8>) -> Result<(), FilmError> {
        film.clear();
        if view.is_whole() {
            film.extend_from_slice(self.pixels.data());
            return Ok(());
        }
        let (width, height) = self.layout.size;
        film.resize(self.pixels.data().len(), 0);
        let part = Part {
            x: view.x,
            y: view.y,
            width: view.width,
            height: view.height,
        };
        self.scaler
            .scale(
                (self.pixels.data(), width, height),
                part,
                (film, width, height),
            )
            .map_err(|error| FilmError::Picture(error.to_string()))
    }

    /// Mixes the background into the page's corners.
    fn round(&mut self) {
        let Some(backdrop) = &self.backdrop else {
            return;
        };
        let behind = backdrop.data();
        let pixels = self.pixels.data_mut();
        for &(at, share) in &self.corners {
            for byte in at..at + 3 {
                let (page, back) = (u32::from(pixels[byte]), u32::from(behind[byte]));
                let mixed = (page * u32::from(share) + back * u32::from(255 - share) + 127) / 255;
                pixels[byte] = u8::try_from(mixed).unwrap_or(u8::MAX);
            }
        }
    }

    fn restore(&mut self, (x, y, width, height): (u32, u32, u32, u32)) {
        let Some(backdrop) = &self.backdrop else {
            return;
        };
        let stride = self.layout.size.0 as usize * 4;
        for row in y as usize..(y + height) as usize {
            let from = row * stride + x as usize * 4;
            let to = from + width as usize * 4;
            self.pixels.data_mut()[from..to].copy_from_slice(&backdrop.data()[from..to]);
        }
    }
}

fn blank(width: u32, height: u32) -> Pixmap {
    // Sizes are checked before: one too large for memory ends the program as every failed allocation does.
    Pixmap::new(width, height).unwrap_or_else(|| unreachable!("a film's size is never zero"))
}

fn fill_white(pixels: &mut Pixmap, (x, y, width, height): (u32, u32, u32, u32)) {
    let stride = pixels.width() as usize * 4;
    for row in y as usize..(y + height) as usize {
        let from = row * stride + x as usize * 4;
        pixels.data_mut()[from..from + width as usize * 4].fill(255);
    }
}

/// How much of each corner pixel belongs to the page. Below a bar the upper corners are square.
fn corners(layout: Layout, frame: Frame) -> Vec<(usize, u8)> {
    let (x, y, width, height) = layout.page;
    let radius = layout.radius;
    let mut path = PathBuilder::new();
    // Above a bar the round corners are the bar's: the shape begins out of sight.
    let top = if frame == Frame::Window {
        2 * radius
    } else {
        0
    };
    #[expect(clippy::cast_precision_loss, reason = "sides have at most 4096 pixels")]
    let rect = Rect::from_xywh(0.0, 0.0, width as f32, (height + top) as f32);
    let (Some(rect), Some(mut mask)) = (rect, Mask::new(width, height + top)) else {
        return Vec::new();
    };
    if radius == 0 {
        return Vec::new();
    }
    super::overlay::push_rounded(&mut path, rect, radius);
    if let Some(path) = path.finish() {
        mask.fill_path(&path, FillRule::Winding, true, Transform::identity());
    }
    let stride = layout.size.0 as usize;
    let mut found = Vec::new();
    let sides = |length: u32| (0..radius).chain(length - radius..length);
    for row in sides(height) {
        for column in sides(width) {
            let share = mask.data()[((row + top) * width + column) as usize];
            if share < 255 {
                let at = (y + row) as usize * stride + (x + column) as usize;
                found.push((at * 4, share));
            }
        }
    }
    found
}

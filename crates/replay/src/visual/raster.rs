//! A picture as pixels.

use std::io::Cursor;

use bytes::Bytes;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder, ImageFormat, ImageReader};

/// Larger pictures are refused: comparing one would take gigabytes.
const MOST_PIXELS: u64 = 64_000_000;

/// A pixel that is painted out. Pictures of pages are opaque, so that nothing else looks like it.
pub(super) const HOLE: [u8; 4] = [0, 0, 0, 0];

/// A picture as rows of red, green, blue and opacity.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Raster {
    width: u32,
    height: u32,
    pixels: Vec<[u8; 4]>,
}

/// A rectangle in pixels, from the top left corner of a picture; what lies outside is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Patch {
    pub(crate) left: i64,
    pub(crate) top: i64,
    pub(crate) right: i64,
    pub(crate) bottom: i64,
}

impl Patch {
    /// The same with `margin` more on every side.
    pub(crate) fn grown(self, margin: i64) -> Self {
        Self {
            left: self.left.saturating_sub(margin),
            top: self.top.saturating_sub(margin),
            right: self.right.saturating_add(margin),
            bottom: self.bottom.saturating_add(margin),
        }
    }
}

impl Raster {
    /// A picture of one colour.
    #[cfg(test)]
    pub(super) fn plain(width: u32, height: u32, colour: [u8; 4]) -> Self {
        let count = usize::try_from(u64::from(width) * u64::from(height)).unwrap_or(0);
        Self {
            width,
            height,
            pixels: vec![colour; count],
        }
    }

    /// Reads a PNG; an error is a sentence.
    pub(crate) fn read(png: &[u8]) -> Result<Self, String> {
        let broken = |error: image::ImageError| format!("the picture cannot be read: {error}");
        let open = || ImageReader::with_format(Cursor::new(png), ImageFormat::Png);
        let (width, height) = open().into_dimensions().map_err(broken)?;
        if u64::from(width) * u64::from(height) > MOST_PIXELS {
            return Err(format!(
                "a picture of {width} × {height} pixels is too large to be compared"
            ));
        }
        let decoded = open().decode().map_err(broken)?.into_rgba8();
        let (pixels, _) = decoded.as_raw().as_chunks::<4>();
        Ok(Self {
            width,
            height,
            pixels: pixels.to_vec(),
        })
    }

    /// The picture as PNG; an error is a sentence.
    pub(crate) fn write(&self) -> Result<Bytes, String> {
        let mut png = Vec::new();
        PngEncoder::new_with_quality(&mut png, CompressionType::Fast, FilterType::Adaptive)
            .write_image(
                self.pixels.as_flattened(),
                self.width,
                self.height,
                ExtendedColorType::Rgba8,
            )
            .map_err(|error| format!("the picture cannot be written: {error}"))?;
        Ok(png.into())
    }

    pub(crate) fn width(&self) -> u32 {
        self.width
    }

    pub(crate) fn height(&self) -> u32 {
        self.height
    }

    pub(super) fn pixels(&self) -> &[[u8; 4]] {
        &self.pixels
    }

    /// The pixel at a place, or nothing outside.
    pub(super) fn at(&self, x: i64, y: i64) -> Option<[u8; 4]> {
        let (x, y) = (u32::try_from(x).ok()?, u32::try_from(y).ok()?);
        let inside = x < self.width && y < self.height;
        let index = y as usize * self.width as usize + x as usize;
        inside.then(|| self.pixels.get(index).copied()).flatten()
    }

    pub(super) fn set(&mut self, index: usize, colour: [u8; 4]) {
        if let Some(pixel) = self.pixels.get_mut(index) {
            *pixel = colour;
        }
    }

    /// Paints a patch out.
    pub(crate) fn paint_out(&mut self, patch: Patch) {
        for index in self.indexes(patch) {
            self.set(index, HOLE);
        }
    }

    /// The places of a patch's pixels, as far as they are inside.
    pub(super) fn indexes(&self, patch: Patch) -> impl Iterator<Item = usize> + use<> {
        let within =
            |value: i64, most: u32| usize::try_from(value.clamp(0, most.into())).unwrap_or(0);
        let columns = within(patch.left, self.width)..within(patch.right, self.width);
        let rows = within(patch.top, self.height)..within(patch.bottom, self.height);
        let width = self.width as usize;
        rows.flat_map(move |row| columns.clone().map(move |column| row * width + column))
    }
}

impl std::fmt::Debug for Raster {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Raster({} × {})", self.width, self.height)
    }
}

//! Pictures of four bytes a pixel: decoded from JPEG and PNG, cut and resized. And the colours of television.
//!
//! It is a crate of its own because the libraries are generic: they are compiled where they are used, and here they are
//! optimised in every build.

mod television;

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::U8x4;
use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

pub use television::png_to_television;

/// An opaque picture: red, green, blue and 255 for each pixel, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raster {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Four bytes a pixel.
    pub pixels: Vec<u8>,
}

/// A part of a picture, in its pixels and parts of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// From the left edge.
    pub x: f64,
    /// From the top edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// A picture that cannot be read or resized.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct RasterError(String);

fn wrong(error: impl std::fmt::Display) -> RasterError {
    RasterError(error.to_string())
}

/// Reads a JPEG.
///
/// # Errors
/// When it is none.
pub fn decode_jpeg(bytes: &[u8]) -> Result<Raster, RasterError> {
    let options = DecoderOptions::new_fast().jpeg_set_out_colorspace(ColorSpace::RGBA);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let pixels = decoder.decode().map_err(wrong)?;
    let (width, height) = decoder
        .dimensions()
        .ok_or_else(|| wrong("it has no size"))?;
    Ok(Raster {
        width: u32::try_from(width).map_err(wrong)?,
        height: u32::try_from(height).map_err(wrong)?,
        pixels,
    })
}

/// Reads a PNG; what is transparent in it is opaque afterwards.
///
/// # Errors
/// When it is none.
pub fn decode_png(bytes: &[u8]) -> Result<Raster, RasterError> {
    let picture =
        image::load_from_memory_with_format(bytes, image::ImageFormat::Png).map_err(wrong)?;
    let (width, height) = (picture.width(), picture.height());
    let mut pixels = picture.into_rgba8().into_raw();
    for alpha in pixels.iter_mut().skip(3).step_by(4) {
        *alpha = 255;
    }
    Ok(Raster {
        width,
        height,
        pixels,
    })
}

/// Resizes pictures; it keeps what it needs for the next one.
#[derive(Debug, Default)]
pub struct Scaler(Resizer);

impl Scaler {
    /// Makes the part of a picture fill another picture.
    ///
    /// # Errors
    /// When the part is not inside the picture, or a size does not fit its bytes.
    pub fn scale(
        &mut self,
        (source, width, height): (&[u8], u32, u32),
        part: Part,
        (target, to_width, to_height): (&mut [u8], u32, u32),
    ) -> Result<(), RasterError> {
        // Of one type of pixel: all of them would take minutes to compile.
        let source = TypedImageRef::<U8x4>::from_buffer(width, height, source).map_err(wrong)?;
        let mut target =
            TypedImage::<U8x4>::from_buffer(to_width, to_height, target).map_err(wrong)?;
        // Down, every pixel counts; up, the nearest do.
        let is_smaller = part.width > f64::from(to_width) || part.height > f64::from(to_height);
        let how = if is_smaller {
            ResizeAlg::Convolution(FilterType::CatmullRom)
        } else {
            ResizeAlg::Interpolation(FilterType::CatmullRom)
        };
        let options = ResizeOptions::new()
            .crop(part.x, part.y, part.width, part.height)
            .resize_alg(how)
            .use_alpha(false);
        self.0
            .resize_typed(&source, &mut target, &options)
            .map_err(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_fills_the_whole() {
        // Left half black, right half white.
        let source: Vec<u8> = (0..8 * 8)
            .flat_map(|index| [if index % 8 < 4 { 0 } else { 255 }; 4])
            .collect();
        let mut target = vec![0; 16 * 16 * 4];
        let part = Part {
            x: 6.0,
            y: 0.0,
            width: 2.0,
            height: 8.0,
        };
        Scaler::default()
            .scale((&source, 8, 8), part, (&mut target, 16, 16))
            .unwrap();
        assert!(target.iter().all(|byte| *byte == 255));
        let outside = Part { x: 7.0, ..part };
        let refused = Scaler::default().scale((&source, 8, 8), outside, (&mut target, 16, 16));
        assert!(refused.is_err());
    }

    #[test]
    fn what_is_no_picture_says_so() {
        assert!(decode_jpeg(b"hello").is_err());
        assert!(decode_png(b"hello").is_err());
    }
}

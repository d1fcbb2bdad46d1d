//! A picture that somebody has, as it will lie over a film.

use std::io::{Cursor, Read as _};
use std::path::Path;

use image::{
    DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, RgbaImage, imageops,
};

use super::error::EditError;

/// Bytes of the file of a picture that is laid over a film.
pub const LARGEST_STILL: u64 = 32 << 20;
/// Kinds of pictures; others may be known to the crate because somebody else needs them.
const KINDS: [ImageFormat; 3] = [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP];
/// Pixels of a side of such a picture.
pub const LARGEST_STILL_SIDE: u32 = 8192;
/// Bytes of what is decoded.
const LARGEST_DECODED: u64 = 256 << 20;

/// Without a width a picture takes at most this share of the film, across and down.
const USUAL_SHARE: u32 = 4;

/// Why a picture does not lie over the film.
pub(super) enum NoStill {
    /// The file cannot be read as a picture.
    Unreadable(String),
    /// It is larger than the film: pixels.
    TooLarge((u32, u32)),
}

/// What is said of a picture that would take so many pixels of a film that has fewer.
pub(super) fn too_large(index: usize, size: (u32, u32), film: (u32, u32)) -> EditError {
    let problem = format!(
        "it would take {} × {} pixels, and the film has {} × {}: give it a smaller width",
        size.0, size.1, film.0, film.1
    );
    EditError::document(format!("overlays[{index}].width"), problem)
}

/// A file that cannot be laid over films; says why not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotAStill(String);

/// Decodes all of a PNG, JPEG or WebP that somebody wants to lay over films. The answer is how many pixels it is wide and high,
/// with the side up that it says is up.
///
/// # Errors
/// Says why it is none.
pub fn read_still(path: &Path) -> Result<(u32, u32), NotAStill> {
    let picture = decode(path).map_err(NotAStill)?;
    Ok(picture.dimensions())
}

/// Reads a PNG, JPEG or WebP as large as it will be seen: with this width, or as many pixels as it has and not more than its
/// share of the film.
pub(super) fn read(
    path: &Path,
    width: Option<u32>,
    film: (u32, u32),
) -> Result<RgbaImage, NoStill> {
    let picture = decode(path).map_err(NoStill::Unreadable)?;
    let size = seen(picture.dimensions(), width, film).map_err(NoStill::TooLarge)?;
    Ok(resize(picture, size))
}

/// The pixels of the film that a picture of `own` pixels takes. The error is how many it would take where there are fewer.
pub(super) fn seen(
    own: (u32, u32),
    width: Option<u32>,
    film: (u32, u32),
) -> Result<(u32, u32), (u32, u32)> {
    let width = width.unwrap_or_else(|| {
        let across = own.0.min(film.0 / USUAL_SHARE);
        let down = scaled(own.0, film.1 / USUAL_SHARE, own.1);
        across.min(down)
    });
    let width = width.max(1);
    let height = scaled(own.1, width, own.0).max(1);
    if width > film.0 || height > film.1 {
        return Err((width, height));
    }
    Ok((width, height))
}

/// `length` × `by` / `of`, to the nearest whole number.
fn scaled(length: u32, by: u32, of: u32) -> u32 {
    let of = u64::from(of.max(1));
    let scaled = (u64::from(length) * u64::from(by) + of / 2) / of;
    u32::try_from(scaled).unwrap_or(u32::MAX)
}

fn decode(path: &Path) -> Result<RgbaImage, String> {
    let said = |error: std::io::Error| error.to_string();
    let file = std::fs::metadata(path).map_err(said)?;
    if !file.is_file() {
        return Err("it is no file".to_owned());
    }
    let mut bytes = Vec::new();
    let mut reader = std::fs::File::open(path)
        .map_err(said)?
        .take(LARGEST_STILL + 1);
    reader.read_to_end(&mut bytes).map_err(said)?;
    if bytes.len() as u64 > LARGEST_STILL {
        return Err(format!("a picture has at most {} MiB", LARGEST_STILL >> 20));
    }
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(said)?;
    let format = reader.format();
    if !format.is_some_and(|format| KINDS.contains(&format)) {
        return Err("it is no PNG, JPEG or WebP".to_owned());
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(LARGEST_STILL_SIDE);
    limits.max_image_height = Some(LARGEST_STILL_SIDE);
    limits.max_alloc = Some(LARGEST_DECODED);
    reader.limits(limits);
    let said = |error: image::ImageError| error.to_string();
    let mut decoder = reader.into_decoder().map_err(said)?;
    // A photograph says which side is up.
    let orientation = decoder.orientation().map_err(said)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(said)?;
    picture.apply_orientation(orientation);
    Ok(picture.into_rgba8())
}

/// Colours count as much as they are seen: what is transparent gives none to its neighbours.
fn resize(mut picture: RgbaImage, (width, height): (u32, u32)) -> RgbaImage {
    if picture.dimensions() == (width, height) {
        return picture;
    }
    for pixel in picture.pixels_mut() {
        let alpha = u32::from(pixel.0[3]);
        for colour in &mut pixel.0[..3] {
            *colour = byte((u32::from(*colour) * alpha + 127) / 255);
        }
    }
    let mut picture = imageops::resize(&picture, width, height, imageops::FilterType::Lanczos3);
    for pixel in picture.pixels_mut() {
        let alpha = u32::from(pixel.0[3]).max(1);
        for colour in &mut pixel.0[..3] {
            *colour = byte((u32::from(*colour) * 255 + alpha / 2) / alpha);
        }
    }
    picture
}

fn byte(value: u32) -> u8 {
    u8::try_from(value).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use image::Rgba;

    use super::*;

    fn kept(picture: &RgbaImage) -> tempfile::NamedTempFile {
        let file = tempfile::Builder::new().suffix(".png").tempfile().unwrap();
        picture.save(file.path()).unwrap();
        file
    }

    #[test]
    fn a_picture_without_a_width_takes_a_quarter_of_the_film_at_most_and_is_never_enlarged() {
        for (own, seen) in [
            ((40, 20), (40, 20)),
            ((1000, 100), (320, 32)),
            ((100, 1000), (18, 180)),
        ] {
            let file = kept(&RgbaImage::new(own.0, own.1));
            let still = read(file.path(), None, (1280, 720));
            let still = still.unwrap_or_else(|_| panic!("{own:?}"));
            assert_eq!(still.dimensions(), seen, "{own:?}");
        }
        let file = kept(&RgbaImage::new(10, 100));
        let refused = read(file.path(), Some(100), (1280, 720));
        assert!(matches!(refused, Err(NoStill::TooLarge((100, 1000)))));
    }

    #[test]
    fn what_is_transparent_gives_no_colour_to_what_is_beside_it() {
        let picture = RgbaImage::from_fn(64, 64, |x, _| match x {
            ..32 => Rgba([255, 0, 0, 255]),
            _ => Rgba([0, 255, 0, 0]),
        });
        let small = resize(picture, (15, 15));
        for pixel in small.pixels().filter(|pixel| pixel.0[3] > 8) {
            assert!(pixel.0[1] < 20, "{pixel:?}");
        }
    }
}

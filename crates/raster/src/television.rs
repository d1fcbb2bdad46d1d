//! Pictures as encoders of films take them: the lightness of each pixel, and one pair of colours for four of them.

use multiversion::multiversion;

use crate::{RasterError, wrong};

/// Fixed point: sixteen bits behind the point.
const POINT: u32 = 16;
const HALF: i32 = 1 << (POINT - 1);

/// Where black begins, and what no colour is.
const BLACK: i32 = 16 << POINT;
const GREY: i32 = 128 << POINT;

/// The weights of red, green and blue in BT.709, for 219 steps of lightness and 224 of colour.
const LIGHTNESS: [i32; 3] = [11_966, 40_254, 4_064];
const BLUENESS: [i32; 3] = [-6_596, -22_189, 28_785];
const REDNESS: [i32; 3] = [28_784, -26_145, -2_639];

/// Reads a PNG and gives its three planes one after another, 4:2:0, BT.709 in the range of television: what ffmpeg calls
/// `yuv420p`. What is transparent counts as it is beneath.
///
/// # Errors
/// When it is no PNG, or not of this size, or its width or height is odd.
pub fn png_to_television(bytes: &[u8], size: (u32, u32)) -> Result<Vec<u8>, RasterError> {
    let picture =
        image::load_from_memory_with_format(bytes, image::ImageFormat::Png).map_err(wrong)?;
    let found = (picture.width(), picture.height());
    if found != size {
        return Err(wrong(format!("{found:?} pixels in place of {size:?}")));
    }
    if size.0 % 2 == 1 || size.1 % 2 == 1 {
        return Err(wrong("colours are for two by two pixels"));
    }
    Ok(planes(picture.into_rgb8().as_raw(), size.0 as usize))
}

// Compiled for newer processors too, with the same whole numbers: a third of the time, and the same bytes.
#[multiversion(targets("x86_64+avx2"))]
fn planes(pixels: &[u8], width: usize) -> Vec<u8> {
    let count = pixels.len() / 3;
    let mut planes = vec![0; count + count / 2];
    let (light, colours) = planes.split_at_mut(count);
    let (blue, red) = colours.split_at_mut(count / 4);
    let pairs = pixels
        .chunks_exact(width * 6)
        .zip(light.chunks_exact_mut(width * 2));
    let colours = blue
        .chunks_exact_mut(width / 2)
        .zip(red.chunks_exact_mut(width / 2));
    for ((rows, light), (blue, red)) in pairs.zip(colours) {
        for (light, pixel) in light.iter_mut().zip(rows.chunks_exact(3)) {
            *light = level(BLACK + weighed(LIGHTNESS, [0, 1, 2].map(|at| pixel[at].into())));
        }
        let (upper, lower) = rows.split_at(width * 3);
        let squares = upper.chunks_exact(6).zip(lower.chunks_exact(6));
        for ((blue, red), (upper, lower)) in blue.iter_mut().zip(red).zip(squares) {
            let four = |at: usize| -> i32 {
                [upper[at], upper[at + 3], lower[at], lower[at + 3]]
                    .map(i32::from)
                    .iter()
                    .sum()
            };
            let sums = [four(0), four(1), four(2)];
            *blue = level(GREY + weighed(BLUENESS, sums) / 4);
            *red = level(GREY + weighed(REDNESS, sums) / 4);
        }
    }
    planes
}

fn weighed(weights: [i32; 3], colours: [i32; 3]) -> i32 {
    weights[0] * colours[0] + weights[1] * colours[1] + weights[2] * colours[2]
}

fn level(value: i32) -> u8 {
    // The weights keep it between 16 and 240.
    ((value + HALF) >> POINT) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(size: (u32, u32), colour: impl Fn(u32, u32) -> [u8; 3]) -> Vec<u8> {
        let picture = image::RgbImage::from_fn(size.0, size.1, |x, y| image::Rgb(colour(x, y)));
        let mut bytes = std::io::Cursor::new(Vec::new());
        picture
            .write_to(&mut bytes, image::ImageFormat::Png)
            .unwrap();
        bytes.into_inner()
    }

    #[test]
    fn plain_colours_have_the_levels_that_television_gives_them() {
        for (colour, levels) in [
            ([0, 0, 0], [16, 128, 128]),
            ([255, 255, 255], [235, 128, 128]),
            ([128, 128, 128], [126, 128, 128]),
            ([255, 0, 0], [63, 102, 240]),
            ([0, 255, 0], [173, 42, 26]),
            ([0, 0, 255], [32, 240, 118]),
        ] {
            let planes = png_to_television(&png((4, 2), |_, _| colour), (4, 2)).unwrap();
            let [light, blue, red] = levels;
            assert_eq!(
                planes,
                [[light; 8].as_slice(), &[blue; 2], &[red; 2]].concat()
            );
        }
    }

    #[test]
    fn each_pixel_keeps_its_lightness_and_four_share_their_colours() {
        let halves = png(
            (4, 4),
            |x, y| if (x + y) % 2 == 0 { [255; 3] } else { [0; 3] },
        );
        let planes = png_to_television(&halves, (4, 4)).unwrap();
        assert_eq!(planes[..8], [235, 16, 235, 16, 16, 235, 16, 235]);
        assert_eq!(planes[16..], [128; 8]);
    }

    #[test]
    fn what_is_no_png_or_of_another_size_is_refused() {
        assert!(png_to_television(b"none", (2, 2)).is_err());
        let small = png((2, 2), |_, _| [0; 3]);
        assert!(png_to_television(&small, (4, 2)).is_err());
        assert!(png_to_television(&png((3, 2), |_, _| [0; 3]), (3, 2)).is_err());
    }
}

//! The small picture of a step: what is around its element, from the live frame that is there anyway.

use std::io::Cursor;
use std::sync::Arc;
use std::time::Duration;

use browser::{Page, Progress, ScreenshotOptions, ScreenshotScale};
use bytes::Bytes;
use capture::Frame;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageFormat};

use crate::geometry::Rect;

/// Width of the picture in pixels.
const WIDTH: u32 = 240;
/// Its height.
const HEIGHT: u32 = 150;
/// Quality of the JPEG.
const QUALITY: u8 = 60;

/// How long a page may take to show itself when the live picture has not begun.
const SHOT_LIMIT: Duration = Duration::from_secs(2);

/// A JPEG of the surroundings of `area`, or of the whole frame.
pub(crate) async fn of(frame: Arc<Frame>, area: Option<Rect>) -> Option<Bytes> {
    let css_width = f64::from(frame.css_width);
    blocking(move || draw(&frame.jpeg, ImageFormat::Jpeg, Some(css_width), area)).await
}

/// The same of a page whose live picture has not begun: the first step can come before the first frame.
pub(crate) async fn of_page(page: &Page, area: Option<Rect>) -> Option<Bytes> {
    let options = ScreenshotOptions {
        scale: ScreenshotScale::Css,
        ..ScreenshotOptions::default()
    };
    match page
        .screenshot(&Progress::with_timeout(SHOT_LIMIT), options)
        .await
    {
        Ok(png) => blocking(move || draw(&png, ImageFormat::Png, None, area)).await,
        Err(error) => {
            tracing::info!(%error, "a step is kept without its picture");
            None
        }
    }
}

/// Decoding takes some milliseconds, which would be taken from everybody on this thread.
async fn blocking(draw: impl FnOnce() -> Option<Bytes> + Send + 'static) -> Option<Bytes> {
    tokio::task::spawn_blocking(draw).await.ok().flatten()
}

/// `css_width` is the picture's width in CSS pixels; `None` when it has one pixel for each.
fn draw(
    picture: &[u8],
    format: ImageFormat,
    css_width: Option<f64>,
    area: Option<Rect>,
) -> Option<Bytes> {
    let whole = image::load_from_memory_with_format(picture, format).ok()?;
    let scale = css_width.map_or(1.0, |css| f64::from(whole.width()) / css.max(1.0));
    let small = match area.and_then(|area| around(area, scale, whole.width(), whole.height())) {
        Some((x, y, width, height)) => fit(&whole.crop_imm(x, y, width, height)),
        None => fit(&whole),
    };
    let mut jpeg = Cursor::new(Vec::new());
    small
        .to_rgb8()
        .write_with_encoder(JpegEncoder::new_with_quality(&mut jpeg, QUALITY))
        .ok()?;
    Some(jpeg.into_inner().into())
}

fn fit(picture: &DynamicImage) -> DynamicImage {
    if picture.width() <= WIDTH && picture.height() <= HEIGHT {
        return picture.clone();
    }
    picture.resize(WIDTH, HEIGHT, FilterType::Triangle)
}

/// The part of the picture to show: twice the element's box, at least as large as the result, inside the picture.
/// `None` when the element is outside or fills most of it.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the picture"
)]
fn around(area: Rect, scale: f64, width: u32, height: u32) -> Option<(u32, u32, u32, u32)> {
    let (most_x, most_y) = (f64::from(width), f64::from(height));
    let (middle_x, middle_y) = (
        (area.x + area.width / 2.0) * scale,
        (area.y + area.height / 2.0) * scale,
    );
    if !(0.0..=most_x).contains(&middle_x) || !(0.0..=most_y).contains(&middle_y) {
        return None;
    }
    let ratio = f64::from(WIDTH) / f64::from(HEIGHT);
    let wide = (area.width * scale * 2.0)
        .max(area.height * scale * 2.0 * ratio)
        .max(f64::from(WIDTH));
    let high = wide / ratio;
    if wide >= most_x * 0.8 || high >= most_y * 0.8 {
        return None;
    }
    let left = (middle_x - wide / 2.0).clamp(0.0, most_x - wide);
    let top = (middle_y - high / 2.0).clamp(0.0, most_y - high);
    Some((left as u32, top as u32, wide as u32, high as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cut_stays_inside_and_holds_the_element() {
        let button = Rect {
            x: 1_250.0,
            y: 4.0,
            width: 25.0,
            height: 20.0,
        };
        assert_eq!(around(button, 1.0, 1280, 720), Some((1040, 0, 240, 150)));
        let field = Rect {
            x: 300.0,
            y: 300.0,
            width: 200.0,
            height: 30.0,
        };
        let (x, y, width, height) = around(field, 1.0, 1280, 720).unwrap();
        assert!(x <= 300 && x + width >= 500 && y <= 300 && y + height >= 330);
    }

    #[test]
    fn an_element_that_fills_the_page_or_is_elsewhere_gets_the_whole_page() {
        assert_eq!(
            around(
                Rect {
                    x: 0.0,
                    y: 0.0,
                    width: 1280.0,
                    height: 700.0
                },
                1.0,
                1280,
                720
            ),
            None
        );
        assert_eq!(
            around(
                Rect {
                    x: 0.0,
                    y: 5_000.0,
                    width: 10.0,
                    height: 10.0
                },
                1.0,
                1280,
                720
            ),
            None
        );
    }
}

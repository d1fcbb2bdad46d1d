//! Pictures of a page.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;

use crate::Result;
use crate::cdp::page_inner::PageInner;
use crate::cdp::protocol::page::{
    CaptureScreenshot, CaptureScreenshotFormat, GetLayoutMetrics, Viewport,
};
use crate::cdp::screencast::Still;
use crate::error::BrowserError;
use crate::progress::Progress;
use crate::retake;

/// Chromium's surfaces are no larger than this, in device pixels; a longer page is cut here.
const LARGEST_SIDE: f64 = 16_384.0;

/// How to encode a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageFormat {
    /// Exact and large.
    Png,
    /// Small.
    Jpeg {
        /// 1 to 100.
        quality: u8,
    },
    /// Smallest and slow.
    Webp {
        /// 1 to 100.
        quality: u8,
    },
}

/// A rectangle of the page, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Clip {
    /// From the left edge of the document (full page) or viewport.
    pub x: f64,
    /// From the top edge of the document (full page) or viewport.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// How many picture pixels a CSS pixel gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ScreenshotScale {
    /// As many as the screen has.
    #[default]
    Device,
    /// One.
    Css,
}

/// What to take a picture of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScreenshotOptions {
    /// The whole document, not only what is in view.
    pub full_page: bool,
    /// Encoding.
    pub format: ImageFormat,
    /// Only this part.
    pub clip: Option<Clip>,
    /// Resolution.
    pub scale: ScreenshotScale,
}

impl Default for ScreenshotOptions {
    fn default() -> Self {
        Self {
            full_page: false,
            format: ImageFormat::Png,
            clip: None,
            scale: ScreenshotScale::Device,
        }
    }
}

pub(crate) async fn take(
    page: &PageInner,
    progress: &Progress,
    options: ScreenshotOptions,
) -> Result<Bytes> {
    page.check_alive()?;
    let scale = match options.scale {
        ScreenshotScale::Device => 1.0,
        ScreenshotScale::Css => 1.0 / device_scale(page),
    };
    let needs_clip =
        options.full_page || options.clip.is_some() || options.scale == ScreenshotScale::Css;
    let clip = if needs_clip {
        Some(clip_of(page, progress, options, scale).await?)
    } else {
        None
    };
    let (format, quality) = match options.format {
        ImageFormat::Png => (CaptureScreenshotFormat::Png, None),
        ImageFormat::Jpeg { quality } => (
            CaptureScreenshotFormat::Jpeg,
            Some(i64::from(quality.clamp(1, 100))),
        ),
        ImageFormat::Webp { quality } => (
            CaptureScreenshotFormat::Webp,
            Some(i64::from(quality.clamp(1, 100))),
        ),
    };
    let capture = CaptureScreenshot {
        format: Some(format),
        quality,
        clip,
        capture_beyond_viewport: Some(options.full_page),
        // A third of the time for PNG, at the price of a slightly larger file.
        optimize_for_speed: Some(true),
        ..CaptureScreenshot::default()
    };
    let main = page.lock().frames.main().clone();
    let _still = options.full_page.then(|| Still::hold(page));
    let taken = retake::until_taken(
        progress,
        || page.subscribe(),
        Some(main),
        || async {
            page.check_alive()?;
            let taking = page.session.send(&capture);
            page.unless_dialog(progress, retake::WHAT, taking).await
        },
    )
    .await?;
    let picture = STANDARD
        .decode(taken.data)
        .map_err(|error| BrowserError::Invalid(error.to_string()))?;
    Ok(picture.into())
}

async fn clip_of(
    page: &PageInner,
    progress: &Progress,
    options: ScreenshotOptions,
    scale: f64,
) -> Result<Viewport> {
    let measuring = page.session.send(&GetLayoutMetrics {});
    let metrics = page
        .unless_dialog(progress, "measuring the page", measuring)
        .await?;
    let (view, whole) = (metrics.css_visual_viewport, metrics.css_content_size);
    let full = if options.full_page {
        Clip {
            x: 0.0,
            y: 0.0,
            width: whole.width.ceil(),
            height: whole.height.ceil(),
        }
    } else {
        Clip {
            x: view.page_x,
            y: view.page_y,
            width: view.client_width,
            height: view.client_height,
        }
    };
    let clip = match options.clip {
        Some(part) => Clip {
            x: full.x + part.x,
            y: full.y + part.y,
            ..part
        },
        None => full,
    };
    if clip.width < 1.0 || clip.height < 1.0 {
        return Err(BrowserError::Invalid(
            "there is nothing to take a picture of: the area is empty".to_owned(),
        ));
    }
    let largest = LARGEST_SIDE / device_scale(page);
    if clip.height > largest || clip.width > largest {
        progress.log(format!(
            "the picture is cut at {largest} CSS pixels: the page is {}×{}",
            clip.width, clip.height
        ));
    }
    Ok(Viewport {
        x: clip.x,
        y: clip.y,
        width: clip.width.min(largest),
        height: clip.height.min(largest),
        scale,
    })
}

fn device_scale(page: &PageInner) -> f64 {
    page.lock()
        .emulation
        .viewport
        .map_or(1.0, |viewport| viewport.device_scale_factor.max(0.1))
}

//! Frames on command: the page draws when it is told to, and at no other time.

use crate::Result;
use crate::capability::Capability;
use crate::cdp::page_inner::PageInner;
use crate::cdp::protocol::headless_experimental::{
    BeginFrame, ScreenshotParams, ScreenshotParamsFormat,
};
use crate::cdp::screenshot::ImageFormat;
use crate::error::BrowserError;
use crate::options::{Drawing, Engine};
use crate::progress::Progress;
use crate::still::{Drawn, Tick};

pub(crate) async fn draw(page: &PageInner, progress: &Progress, tick: Tick) -> Result<Drawn> {
    const WHAT: &str = "drawing a frame";
    page.check_alive()?;
    if page.drawing != Drawing::OnCommand {
        return Err(unsupported());
    }
    let command = BeginFrame {
        frame_time_ticks: Some(tick.time),
        interval: Some(tick.interval),
        no_display_updates: None,
        screenshot: tick.picture.map(encoding),
    };
    let drawing = page.session.send_for_picture(&command);
    let (drawn, picture) = match page.unless_dialog(progress, WHAT, drawing).await {
        // A Chromium that takes the switches and lacks the command.
        Err(BrowserError::Protocol { message, .. }) if message.contains("wasn't found") => {
            return Err(unsupported());
        }
        other => other?,
    };
    Ok(Drawn {
        changed: drawn.has_damage,
        picture: picture.filter(|picture| !picture.is_empty()),
    })
}

/// What to say where frames cannot be asked for.
pub(crate) fn unsupported() -> BrowserError {
    BrowserError::Unsupported {
        engine: Engine::Chromium,
        capability: Capability::FramesOnCommand,
    }
}

fn encoding(format: ImageFormat) -> ScreenshotParams {
    let (format, quality) = match format {
        ImageFormat::Png => (ScreenshotParamsFormat::Png, None),
        ImageFormat::Jpeg { quality } => (ScreenshotParamsFormat::Jpeg, Some(quality)),
        ImageFormat::Webp { quality } => (ScreenshotParamsFormat::Webp, Some(quality)),
    };
    ScreenshotParams {
        format: Some(format),
        quality: quality.map(|quality| i64::from(quality.clamp(1, 100))),
        // A third of the time for PNG, at the price of a slightly larger file.
        optimize_for_speed: Some(true),
    }
}

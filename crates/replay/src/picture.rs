//! Small pictures of the viewport for the steps of a run.

use std::time::Duration;

use browser::{ImageFormat, Page, Progress, ScreenshotOptions, ScreenshotScale};
use bytes::Bytes;

/// A picture is worth this long and no longer; a page that hangs gives none.
const PATIENCE: Duration = Duration::from_secs(3);
const QUALITY: u8 = 70;

/// The viewport as JPEG, or nothing when the page cannot show itself: a dialog is open, it hangs, it is gone.
pub(crate) async fn viewport(progress: &Progress, page: &Page) -> Option<Bytes> {
    if page.open_dialog().is_some() || page.is_closed() || page.is_crashed() {
        return None;
    }
    let options = ScreenshotOptions {
        format: ImageFormat::Jpeg { quality: QUALITY },
        scale: ScreenshotScale::Css,
        ..ScreenshotOptions::default()
    };
    match page.screenshot(&progress.within(PATIENCE), options).await {
        Ok(picture) => Some(picture),
        Err(error) => {
            tracing::debug!(%error, "a step has no picture");
            None
        }
    }
}

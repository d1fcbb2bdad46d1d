//! A picture of the page is kept with the step.

use browser::{ImageFormat, LoadState, ScreenshotOptions, ScreenshotScale};
use recording::Screenshot;

use crate::fault::Fault;
use crate::scene::{Done, Scene};

/// Asked for by a person, so that it is better than those that a run takes by itself.
const QUALITY: u8 = 90;

pub(super) async fn perform(scene: &mut Scene<'_>, picture: &Screenshot) -> Result<Done, Fault> {
    let page = scene.page();
    scene.wait_for_load(&page, LoadState::Load).await?;
    let options = ScreenshotOptions {
        full_page: picture.full_page == Some(true),
        format: ImageFormat::Jpeg { quality: QUALITY },
        scale: ScreenshotScale::Css,
        ..ScreenshotOptions::default()
    };
    scene.notes.picture = Some(page.screenshot(&scene.progress, options).await?);
    Ok(Done::Performed)
}

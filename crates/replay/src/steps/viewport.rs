//! The size of the page area changes.

use browser::Viewport;
use recording::ViewportChange;

use crate::fault::Fault;
use crate::outcome::ErrorCode;
use crate::scene::{Done, Scene};

pub(super) async fn perform(scene: &mut Scene<'_>, size: &ViewportChange) -> Result<Done, Fault> {
    if size.width == 0 || size.height == 0 {
        return Err(Fault::new(
            ErrorCode::Unsupported,
            "width and height must be positive",
        ));
    }
    let page = scene.page();
    let current = page.viewport().unwrap_or_default();
    let viewport = Viewport {
        width: size.width,
        height: size.height,
        device_scale_factor: size
            .device_scale_factor
            .unwrap_or(current.device_scale_factor),
        mobile: size.mobile.unwrap_or(current.mobile),
        touch: size.touch.unwrap_or(current.touch),
    };
    scene.acting();
    page.set_viewport(&scene.progress, viewport).await?;
    Ok(Done::Performed)
}

//! The screen that a recording is performed on.

use browser::{Engine, Viewport};
use recording::Recording;

/// The recorded page's size. How dense its screen was is kept on the engine that recordings are made with: elsewhere it
/// would only say how another browser draws. A phone stays one everywhere, and is `Unsupported` where there is none.
#[must_use]
pub fn screen(recording: &Recording, engine: Engine) -> Viewport {
    let (width, height) = recording.page_size();
    let density = match engine {
        Engine::Chromium => recording.device_pixel_ratio.unwrap_or(1.0),
        Engine::Firefox | Engine::WebKit => 1.0,
    };
    Viewport {
        device_scale_factor: density,
        mobile: recording.is_mobile.unwrap_or_default(),
        touch: recording.has_touch.unwrap_or_default(),
        ..Viewport::desktop(width, height)
    }
}

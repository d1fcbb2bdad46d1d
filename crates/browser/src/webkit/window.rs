//! The size of a page, which is that of its window less the browser's own controls.

use std::sync::Arc;

use serde_json::json;

use crate::capability::Capability;
use crate::cdp::frame::World;
use crate::drive::driver::{Answer, now, unsupported};
use crate::error::BrowserError;
use crate::ids::FrameId;
use crate::options::{Engine, Viewport};
use crate::webkit::launch::SCREEN;
use crate::webkit::wire::Wire;

/// How much larger the window is than the page.
const CONTROLS: &str = "[outerWidth - innerWidth, outerHeight - innerHeight]";

/// Resizes the window until the page has the size; answered when the page sees it.
pub(crate) fn resize(wire: Arc<Wire>, viewport: Viewport, scale: f64) -> Answer<()> {
    if let Err(error) = viewport.check(Engine::WebKit) {
        return now(Err(error));
    }
    if (viewport.device_scale_factor - scale).abs() > f64::EPSILON {
        return unsupported(Engine::WebKit, Capability::DeviceScale);
    }
    Box::pin(async move {
        let main = FrameId::from(wire.id.as_str());
        let controls = wire.evaluate(&main, World::Isolated, CONTROLS).await?;
        let (wide, high): (u32, u32) =
            serde_json::from_value(controls).map_err(|_| BrowserError::ContextDestroyed)?;
        let (width, height) = (viewport.width + wide, viewport.height + high);
        let fits = |side: u32, screen: u32| f64::from(side) * scale <= f64::from(screen);
        if !fits(width, SCREEN.0) || !fits(height, SCREEN.1) {
            return Err(BrowserError::Unsupported {
                engine: Engine::WebKit,
                capability: Capability::AnyViewport,
            });
        }
        let screen = json!({"width": viewport.width, "height": viewport.height});
        wire.post("Page.setScreenSizeOverride", &screen);
        let params = json!({
            "handle": wire.handle(),
            "origin": {"x": 0, "y": 0},
            "size": {"width": width, "height": height},
        });
        wire.automate::<serde_json::Value>("Automation.setWindowFrameOfBrowsingContext", &params)
            .await?;
        // The window has its size before the page has seen it. A window is never narrower than its controls.
        let seen = format!(
            "new Promise(done => {{ const look = () => {{ \
                if (innerHeight === {high} && innerWidth >= {wide}) done(innerWidth); \
                else addEventListener('resize', look, {{once: true}}) }}; look() }})",
            high = viewport.height,
            wide = viewport.width,
        );
        let width = wire.evaluate(&main, World::Isolated, &seen).await?;
        if width.as_u64() != Some(u64::from(viewport.width)) {
            return Err(BrowserError::Unsupported {
                engine: Engine::WebKit,
                capability: Capability::AnyViewport,
            });
        }
        Ok(())
    })
}

//! Live pictures of a page: of its window on the private screen.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::cdp::frame::World;
use crate::cdp::screencast::ScreencastOptions;
use crate::drive::driver::Answer;
use crate::drive::screencast::Slot;
use crate::error::BrowserError;
use crate::ids::FrameId;
use crate::webkit::wire::Wire;
use crate::xvfb::capture::{self, View};

const SWITCH: &str = "Automation.switchToBrowsingContext";

/// Height of the browser's own controls in device pixels, and device pixels per CSS pixel.
const CONTROLS: &str = "[(outerHeight - innerHeight) * devicePixelRatio, devicePixelRatio]";

/// Starts a stream of pictures.
pub(crate) fn start(
    wire: Arc<Wire>,
    display: String,
    options: ScreencastOptions,
    slot: Arc<Slot>,
) -> Answer<()> {
    Box::pin(async move {
        let main = FrameId::from(wire.id.as_str());
        let told = wire.evaluate(&main, World::Isolated, CONTROLS).await?;
        let (controls, scale): (f64, f64) =
            serde_json::from_value(told).map_err(|_| BrowserError::ContextDestroyed)?;
        let view = View {
            window: window(&wire, &display).await?,
            display,
            controls: controls.round() as u16,
            scale,
        };
        capture::start(view, options, slot).map_err(|error| unseen(&error))
    })
}

/// The page's window. The browser does not tell it: it is the one on top right after the page was put there.
async fn window(wire: &Wire, display: &str) -> crate::Result<u32> {
    let mut known = wire.window.lock().await;
    if let Some(window) = *known {
        return Ok(window);
    }
    let params = json!({"browsingContextHandle": wire.handle(), "frameHandle": ""});
    wire.automate::<Value>(SWITCH, &params).await?;
    let display = display.to_owned();
    let looked = tokio::task::spawn_blocking(move || capture::topmost(&display)).await;
    let window = looked
        .map_err(|error| unseen(&error))?
        .map_err(|error| unseen(&error))?;
    Ok(*known.insert(window))
}

fn unseen(error: &dyn std::fmt::Display) -> BrowserError {
    BrowserError::Protocol {
        method: "GetImage",
        code: 0,
        message: format!("the page's window cannot be seen: {error}"),
    }
}

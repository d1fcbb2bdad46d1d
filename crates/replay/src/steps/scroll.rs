//! The window or an element is scrolled to a position.

use browser::{BrowserError, World};
use recording::{Scroll, ScrollTarget};
use serde::Deserialize;
use serde_json::json;

use crate::fault::Fault;
use crate::frames;
use crate::locate::again;
use crate::manner;
use crate::outcome::ErrorCode;
use crate::scene::{Done, Scene};

/// Scrolls and waits for pages that grow while they are scrolled; `grow` and `limit` are milliseconds.
const SCROLL: &str = "(async (selectors, x, y, grow, limit) => {
  const began = performance.now();
  const box = selectors
    ? await __proscenium.element(selectors, { timeoutMs: limit })
    : document.scrollingElement ?? document.documentElement;
  if (!box) return { found: false };
  let since = performance.now();
  let height = box.scrollHeight;
  for (;;) {
    box.scrollTo({ left: x, top: y, behavior: 'instant' });
    const near = Math.abs(box.scrollTop - y) <= 1 && Math.abs(box.scrollLeft - x) <= 1;
    const now = performance.now();
    if (box.scrollHeight !== height) { height = box.scrollHeight; since = now; }
    if (near || now - since > grow || now - began > limit) {
      return { found: true, x: box.scrollLeft, y: box.scrollTop, width: box.clientWidth, height: box.clientHeight };
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
})";

/// How long a page that is too short may take to grow.
const GROW_MS: u64 = 1_000;

#[derive(Deserialize)]
struct Reply {
    found: bool,
    #[serde(default)]
    x: f64,
    #[serde(default)]
    y: f64,
    #[serde(default)]
    width: f64,
    #[serde(default)]
    height: f64,
}

pub(super) async fn perform(scene: &mut Scene<'_>, scroll: &Scroll) -> Result<Done, Fault> {
    let selectors = match &scroll.element {
        ScrollTarget::Window => None,
        ScrollTarget::Element(legacy) => {
            let mut selectors = scene.step.locators();
            selectors.extend(legacy.to_selectors());
            if selectors.is_empty() {
                return Err(Fault::new(
                    ErrorCode::Unsupported,
                    "the step does not say which element it scrolls",
                ));
            }
            Some(selectors)
        }
    };
    manner::scroll(scene, &scroll.element, scroll.scroll_y).await;
    let path = scene.step.frame_path();
    let reply = loop {
        let page = scene.page();
        let frame = frames::resolve(&scene.progress, &page, &path).await?;
        let (selectors, limit) = (json!(selectors), scene.patience_ms());
        let expression = format!(
            "{SCROLL}({selectors}, {}, {}, {GROW_MS}, {limit})",
            scroll.scroll_x, scroll.scroll_y
        );
        scene.acting();
        match frame
            .evaluate(&scene.asking(), World::Isolated, &expression)
            .await
        {
            Ok(reply) => break reply,
            Err(BrowserError::ContextDestroyed) => {
                again(scene, "the document was replaced; scrolling again").await?
            }
            Err(error) => return Err(error.into()),
        }
    };
    let reply: Reply = serde_json::from_value(reply).map_err(|error| {
        Fault::new(ErrorCode::Browser, "the page's answer could not be read")
            .detail(error.to_string())
    })?;
    if !reply.found {
        return Err(Fault::new(
            ErrorCode::NotFound,
            "no element to scroll matches",
        ));
    }
    judge(scene, scroll, &reply)
}

/// A page of another length ends elsewhere; one that ends more than a screen away has not shown what was recorded.
fn judge(scene: &mut Scene<'_>, scroll: &Scroll, reply: &Reply) -> Result<Done, Fault> {
    let (short_x, short_y) = (
        (scroll.scroll_x - reply.x).abs(),
        (scroll.scroll_y - reply.y).abs(),
    );
    if short_x <= 1.0 && short_y <= 1.0 {
        return Ok(Done::Performed);
    }
    let expected = format!("{:.0}, {:.0}", scroll.scroll_x, scroll.scroll_y);
    let actual = format!("{:.0}, {:.0}", reply.x, reply.y);
    let message = format!("scrolling ends at {actual}");
    scene.notes.expected = Some(expected);
    scene.notes.actual = Some(actual);
    if short_x > reply.width || short_y > reply.height {
        return Err(Fault::new(ErrorCode::ScrollShort, message));
    }
    scene.note(message);
    Ok(Done::Performed)
}

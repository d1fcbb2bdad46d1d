//! The way from the page to a frame, as a recording writes it and as coordinates go.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use browser::{ElementHandle, Frame, FrameId, Page, Progress};
use recording::{FrameRef, Map, Selector};
use serde_json::Value;

use crate::geometry::Shift;

/// How long the questions about one frame may take; the page may be busy with what the step started.
const LIMIT: Duration = Duration::from_secs(2);

/// The way to a frame.
#[derive(Debug, Clone, Default)]
pub(crate) struct Way {
    /// The elements on the way, outermost first.
    pub(crate) frames: Vec<FrameRef>,
    /// From the frame's viewport to the page's.
    pub(crate) to_page: Shift,
}

/// What is known of the frames of a session. Clones are handles on the same.
#[derive(Debug, Clone, Default)]
pub(crate) struct FramePaths {
    known: Arc<Mutex<HashMap<FrameId, Way>>>,
}

impl FramePaths {
    /// The way to `frame`, asked anew; when the page cannot answer any more, as it was last known.
    pub(crate) async fn learn(&self, page: &Page, id: &FrameId) -> Way {
        let Some(frame) = page.frame(id).filter(|frame| frame.parent().is_some()) else {
            return self.last_known(page, id);
        };
        match way_to(&Progress::with_timeout(LIMIT), &frame).await {
            Ok(way) => {
                self.known().insert(id.clone(), way.clone());
                way
            }
            Err(error) => {
                tracing::debug!(%error, "the way to a frame is the last one known");
                self.last_known(page, id)
            }
        }
    }

    /// A frame that is gone is remembered until its page is: its last step may still be on its way.
    pub(crate) fn forget(&self, id: &FrameId) {
        let mut known = self.known();
        if known.len() > 256 {
            known.remove(id);
        }
    }

    fn last_known(&self, page: &Page, id: &FrameId) -> Way {
        let known = self.known().get(id).cloned();
        if known.is_none() && *id != page.main_frame().id() {
            tracing::warn!(frame = %id, "a frame went before the way to it was known; what was done there names no frame");
        }
        known.unwrap_or_default()
    }

    fn known(&self) -> MutexGuard<'_, HashMap<FrameId, Way>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Asks the page for the way to `frame`.
pub(crate) async fn way_to(progress: &Progress, frame: &Frame) -> browser::Result<Way> {
    let mut way = Way::default();
    let mut inner = frame.clone();
    while let Some(parent) = inner.parent() {
        let element = inner.owner_element(progress).await?;
        let described: Value = element.call(progress, "describe", &()).await?;
        let placed = placement(progress, &element).await?;
        way.to_page = placed.after(&way.to_page);
        way.frames.insert(0, frame_ref(&described, &inner.url()));
        inner = parent;
    }
    Ok(way)
}

/// How the frame inside `element` lies in its parent's viewport, without moving anything.
pub(crate) async fn placement(
    progress: &Progress,
    element: &ElementHandle,
) -> browser::Result<Shift> {
    let offset: Value = element.call(progress, "ownerOffset", &()).await?;
    let number = |name: &str| offset.get(name).and_then(Value::as_f64).unwrap_or_default();
    Ok(Shift::by(number("x"), number("y")))
}

/// The frame's element as a recording names it.
pub(crate) fn frame_ref(described: &Value, url: &str) -> FrameRef {
    let selectors = described.get("selectors").cloned().unwrap_or_default();
    let selectors: Vec<Selector> = serde_json::from_value(selectors).unwrap_or_default();
    FrameRef {
        selectors,
        url: Some(url.to_owned()),
        extra: Map::new(),
    }
}

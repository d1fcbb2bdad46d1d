//! Looking at the page: pick an element, outline it, show what can be clicked, copy.

use std::time::Duration;

use browser::{Frame, FrameId, Page, Progress};
use ids::ViewerId;
use serde_json::{Value, json};
use tokio::sync::oneshot;

use super::{Actor, Internal};
use crate::error::{Result, SessionError};
use crate::geometry::Rect;
use crate::protocol::Notice;
use crate::recorder::{Way, frame_ref, placement, way_to};

/// How long a question to the page may take.
const LIMIT: Duration = Duration::from_secs(5);
/// How long a script of a person may take.
const SCRIPT_LIMIT: Duration = Duration::from_secs(30);
/// Frames inside frames that a pick goes into.
const DEPTH: usize = 10;

/// What is being looked at.
#[derive(Default)]
pub(super) struct Looking {
    pub(super) highlight: bool,
    /// A point that waits until the one before it is outlined.
    hover: Option<(f64, f64)>,
    hovering: bool,
    /// Frames published when what can be clicked was last collected.
    collected_at: Option<u64>,
    collecting: bool,
}

impl Looking {
    /// Another tab is shown.
    pub(super) fn reset(&mut self) {
        *self = Self {
            highlight: self.highlight,
            ..Self::default()
        };
    }

    /// The page shows another document.
    pub(super) fn new_document(&mut self) {
        self.collected_at = None;
    }

    pub(super) fn clickables_done(&mut self) {
        self.collecting = false;
    }
}

impl Actor {
    pub(super) fn on_pick(&mut self, viewer: ViewerId, x: f64, y: f64) {
        let Some(page) = self.active_page() else {
            return;
        };
        let (progress, internal) = (self.progress(LIMIT), self.internal.clone());
        self.spawn(async move {
            let notice = match pick(&progress, &page, (x, y)).await {
                Ok(Value::Null) => {
                    Notice::error("nothing_there", "There is no element at this point.")
                }
                Ok(picked) => Notice::Picked(picked),
                Err(error) => Notice::error(
                    "pick_failed",
                    format!("The element could not be described: {error}."),
                ),
            };
            clear_highlights(&progress, &page).await;
            let _ = internal
                .send(Internal::Say {
                    to: Some(viewer),
                    notice,
                })
                .await;
        });
    }

    /// Outlines the element at a point; while one is being outlined only the newest point waits.
    pub(super) fn on_hoverpick(&mut self, x: f64, y: f64) {
        self.looking.hover = Some((x, y));
        if !self.looking.hovering {
            self.on_hoverpick_done();
        }
    }

    pub(super) fn on_hoverpick_done(&mut self) {
        self.looking.hovering = false;
        let (Some(page), Some(at)) = (self.active_page(), self.looking.hover.take()) else {
            return;
        };
        self.looking.hovering = true;
        let (progress, internal) = (self.progress(LIMIT), self.internal.clone());
        self.spawn(async move {
            if let Err(error) = outline(&progress, &page, at).await {
                tracing::debug!(%error, "an element was not outlined");
            }
            let _ = internal.send(Internal::HoverPickDone).await;
        });
    }

    pub(super) fn on_highlight(&mut self, on: bool) {
        self.looking.highlight = on;
        self.looking.collected_at = None;
        self.dirty = true;
        if on {
            self.refresh_clickables();
        } else {
            self.say(None, Notice::Clickables { boxes: Vec::new() });
        }
    }

    /// Collects what can be clicked when the picture changed since the last time.
    pub(super) fn refresh_clickables(&mut self) {
        let published = self.screen.hub.published();
        let stale = self.looking.collected_at != Some(published);
        if !self.looking.highlight || self.looking.collecting || !stale {
            return;
        }
        let Some(page) = self.active_page().filter(|_| self.dialog.is_none()) else {
            return;
        };
        self.looking.collecting = true;
        self.looking.collected_at = Some(published);
        let (progress, internal) = (self.progress(LIMIT), self.internal.clone());
        self.spawn(async move {
            let boxes = clickables(&progress, &page).await;
            let _ = internal
                .send(Internal::Say {
                    to: None,
                    notice: Notice::Clickables { boxes },
                })
                .await;
            let _ = internal.send(Internal::ClickablesDone).await;
        });
    }

    pub(super) fn on_copy(&mut self, viewer: ViewerId) {
        let Some(page) = self.active_page() else {
            return;
        };
        let (progress, internal) = (self.progress(LIMIT), self.internal.clone());
        self.spawn(async move {
            let mut text = String::new();
            for frame in page.frames() {
                text = frame
                    .call::<String>(&progress, "selection", &())
                    .await
                    .unwrap_or_default();
                if !text.is_empty() {
                    break;
                }
            }
            let _ = internal
                .send(Internal::Say {
                    to: Some(viewer),
                    notice: Notice::Clipboard { text },
                })
                .await;
        });
    }

    pub(super) fn evaluate(&mut self, expression: String, reply: oneshot::Sender<Result<Value>>) {
        let Some(page) = self.active_page() else {
            let _ = reply.send(Err(SessionError::NoTab));
            return;
        };
        let shown: String = expression.chars().take(500).collect();
        self.note(None, "evaluate", shown);
        let progress = self.progress(SCRIPT_LIMIT);
        self.spawn(async move {
            let value = page.evaluate(&progress, &expression).await;
            let _ = reply.send(value.map_err(SessionError::from));
        });
    }
}

/// A frame on the page, the way to it, and a point in it.
struct Spot {
    frame: Frame,
    way: Way,
    at: (f64, f64),
}

/// The innermost frame under a point of the page.
async fn descend(progress: &Progress, page: &Page, at: (f64, f64)) -> browser::Result<Spot> {
    let mut spot = Spot {
        frame: page.main_frame(),
        way: Way::default(),
        at,
    };
    for _ in 0..DEPTH {
        let Some(element) = spot
            .frame
            .call_handle(progress, "elementAt", &spot.at)
            .await?
        else {
            break;
        };
        let Some(child) = spot.frame.child_frame(progress, &element).await? else {
            break;
        };
        let described: Value = element.call(progress, "describe", &()).await?;
        let placed = placement(progress, &element).await?;
        let inside = placed.inverse();
        spot.way.frames.push(frame_ref(&described, &child.url()));
        spot.way.to_page = spot.way.to_page.after(&placed);
        spot.at = inside.point(spot.at);
        spot.frame = child;
    }
    Ok(spot)
}

async fn pick(progress: &Progress, page: &Page, at: (f64, f64)) -> browser::Result<Value> {
    let Spot { frame, way, at } = descend(progress, page, at).await?;
    let mut picked: Value = frame.call(progress, "pick", &at).await?;
    if let Some(object) = picked.as_object_mut() {
        object.insert("frames".to_owned(), json!(way.frames));
    }
    Ok(place_box(picked, &way))
}

async fn outline(progress: &Progress, page: &Page, at: (f64, f64)) -> browser::Result<()> {
    let Spot { frame, at, .. } = descend(progress, page, at).await?;
    let described: Value = frame
        .call(progress, "describe", &(json!({"x": at.0, "y": at.1}),))
        .await?;
    let selectors = described.get("selectors").cloned().unwrap_or_default();
    for other in page
        .frames()
        .into_iter()
        .filter(|other| other.id() != frame.id())
    {
        // The outline leaves the frame that the pointer left; one that is going away needs none.
        let _ = other
            .call::<Value>(progress, "highlight", &(Value::Null,))
            .await;
    }
    frame
        .call::<Value>(progress, "highlight", &(selectors,))
        .await
        .map(drop)
}

async fn clear_highlights(progress: &Progress, page: &Page) {
    for frame in page.frames() {
        let _ = frame
            .call::<Value>(progress, "highlight", &(Value::Null,))
            .await;
    }
}

async fn clickables(progress: &Progress, page: &Page) -> Vec<Value> {
    let mut all = Vec::new();
    for frame in page.frames() {
        let Ok(way) = way_to(progress, &frame).await else {
            continue;
        };
        let Ok(boxes) = frame.call::<Vec<Value>>(progress, "clickables", &()).await else {
            continue;
        };
        all.extend(boxes.into_iter().map(|item| {
            let Some(placed) = Rect::read(&item).map(|rect| way.to_page.rect(rect).to_value())
            else {
                return item;
            };
            merge(item, placed)
        }));
    }
    all
}

/// A message of a frame's script with its `box` in coordinates of the page.
pub(super) async fn into_page(
    progress: &Progress,
    page: &Page,
    frame: &FrameId,
    message: Value,
) -> Value {
    let Some(frame) = page.frame(frame).filter(|frame| frame.parent().is_some()) else {
        return message;
    };
    match way_to(progress, &frame).await {
        Ok(way) => place_box(message, &way),
        Err(_) => message,
    }
}

fn place_box(mut value: Value, way: &Way) -> Value {
    let placed = value
        .get("box")
        .and_then(Rect::read)
        .map(|rect| way.to_page.rect(rect).to_value());
    if let (Some(placed), Some(object)) = (placed, value.as_object_mut()) {
        object.insert("box".to_owned(), placed);
    }
    value
}

fn merge(mut into: Value, from: Value) -> Value {
    if let (Some(into), Value::Object(from)) = (into.as_object_mut(), from) {
        into.extend(from);
    }
    into
}

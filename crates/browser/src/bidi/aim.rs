//! Where input goes: a command reaches the process of one context only, so what is meant for a frame of another site
//! has to be sent to that frame.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::Result;
use crate::bidi::target::Target;
use crate::bidi::value::outcome;
use crate::cdp::frame::World;
use crate::cdp::input::mouse::Point;
use crate::error::BrowserError;
use crate::ids::FrameId;

/// The frame of another site at a point, with the point inside of it; `null` when the point is in this document or in
/// a frame of this site, which the same command reaches.
const FRAME_AT: &str = "function(x, y) { \
    let root = document; let left = 0; let top = 0; \
    for (;;) { \
        let at = root.elementFromPoint(x - left, y - top); \
        for (let inner; at?.shadowRoot && (inner = at.shadowRoot.elementFromPoint(x - left, y - top)) && inner !== at;) at = inner; \
        if (at?.localName !== 'iframe' && at?.localName !== 'frame') return null; \
        const box = at.getBoundingClientRect(); const style = getComputedStyle(at); \
        left += box.left + at.clientLeft + parseFloat(style.paddingLeft); \
        top += box.top + at.clientTop + parseFloat(style.paddingTop); \
        if (!at.contentDocument) return [at.contentWindow, x - left, y - top]; \
        root = at.contentDocument; \
    } }";

/// The frame that has the focus, of whatever site; `null` when the focus is in this document.
const FOCUSED: &str = "function() { \
    let at = document.activeElement; \
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement; \
    return at?.localName === 'iframe' || at?.localName === 'frame' ? at.contentWindow : null }";

/// A context, and where its viewport is in the page's.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Aim {
    pub(crate) context: Arc<str>,
    pub(crate) offset: Point,
}

impl Aim {
    /// The page itself.
    pub(crate) fn page(target: &Target) -> Self {
        Self {
            context: Arc::clone(&target.context),
            offset: Point::default(),
        }
    }

    /// A point of the page, in the context's viewport.
    pub(crate) fn inside(&self, at: Point) -> Point {
        Point::new(at.x - self.offset.x, at.y - self.offset.y)
    }
}

/// The context that shows a point of the page.
pub(crate) async fn at_point(target: &Target, at: Point) -> Result<Aim> {
    let mut aim = Aim::page(target);
    while target.has_foreign_frames() {
        let inside = aim.inside(at);
        let arguments = json!([
            { "type": "number", "value": inside.x },
            { "type": "number", "value": inside.y },
        ]);
        let answer = ask(target, &aim.context, FRAME_AT, arguments).await?;
        let part = |pointer: &str| answer.pointer(pointer);
        let (Some(context), Some(x), Some(y)) = (
            part("/value/0/value/context").and_then(Value::as_str),
            part("/value/1/value").and_then(Value::as_f64),
            part("/value/2/value").and_then(Value::as_f64),
        ) else {
            break;
        };
        aim = Aim {
            context: context.into(),
            offset: Point::new(at.x - x, at.y - y),
        };
    }
    Ok(aim)
}

/// The context that has the focus.
pub(crate) async fn at_focus(target: &Target) -> Result<Arc<str>> {
    let mut context = Arc::clone(&target.context);
    while target.has_frames() {
        let answer = ask(target, &context, FOCUSED, json!([])).await?;
        match answer.pointer("/value/context").and_then(Value::as_str) {
            Some(inside) => context = inside.into(),
            None => break,
        }
    }
    Ok(context)
}

async fn ask(target: &Target, context: &str, function: &str, arguments: Value) -> Result<Value> {
    let params = json!({
        "functionDeclaration": function,
        "target": target.place(&FrameId::from(context), World::Isolated),
        "arguments": arguments,
        "awaitPromise": false,
    });
    let asked = target.connection.send("script.callFunction", &params).await;
    match asked {
        Ok(answer) => outcome(&answer).cloned(),
        // A document that is being replaced has nothing inside.
        Err(BrowserError::ContextDestroyed) => Ok(Value::Null),
        Err(error) => Err(error),
    }
}

//! What listens to an element. Scripts cannot ask; the command line of the developer tools can.

use serde_json::json;

use crate::cdp::input::mouse::Point;

/// An element of a frame, by where it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Spot {
    /// The one at a point of the frame's own viewport, in CSS pixels.
    At(Point),
    /// The one that has the focus.
    Focused,
}

/// An expression for the page's own world, in which the names of the command line have been put: the types of events
/// that something listens to, at the element or on their way to it. Listeners of our own are marked.
pub(crate) fn expression(spot: Spot) -> String {
    let (focused, x, y) = match spot {
        Spot::At(Point { x, y }) => (false, x, y),
        Spot::Focused => (true, 0.0, 0.0),
    };
    let arguments = json!([focused, x, y]);
    format!("({FUNCTION})(...{arguments})")
}

const FUNCTION: &str = "(focused, x, y) => { \
    const inner = (root) => focused ? root.activeElement : root.elementFromPoint(x, y); \
    let at = inner(document); \
    for (let next; at && at.shadowRoot && (next = inner(at.shadowRoot)) && next !== at;) at = next; \
    const types = new Set(); \
    const add = (target) => { \
        for (const [type, all] of Object.entries(getEventListeners(target) || {})) \
            if (all.some(({ listener }) => !listener || !listener.ours)) types.add(type); \
    }; \
    for (let node = at; node; node = node.parentNode || node.host) add(node); \
    add(window); \
    return [...types]; }";

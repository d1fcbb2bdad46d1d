//! The touch screen.

use crate::Result;
use crate::cdp::input::mouse::Point;
use crate::cdp::input::receipt::Receipt;
use crate::progress::Progress;

/// What the fingers do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TouchKind {
    /// A finger goes down.
    Start,
    /// Fingers move.
    Move,
    /// Fingers go up; the points are those that stay down.
    End,
    /// The system took the touch away.
    Cancel,
}

/// A finger on the screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TouchPoint {
    /// Which finger.
    pub id: u32,
    /// Where, in CSS pixels of the page's viewport.
    pub at: Point,
}

/// A page's touch screen.
pub struct Touch {
    _p: (),
}

impl Touch {
    /// Passes a touch event on.
    pub fn event(&self, kind: TouchKind, points: &[TouchPoint]) -> Receipt {
        unimplemented!()
    }

    /// Taps.
    pub async fn tap(&self, progress: &Progress, at: Point) -> Result<()> {
        unimplemented!()
    }
}

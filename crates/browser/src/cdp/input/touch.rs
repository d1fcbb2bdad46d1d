//! The touch screen.

use std::sync::{Arc, PoisonError};

use crate::cdp::input::mouse::Point;
use crate::cdp::input::receipt::Receipt;
use crate::cdp::page_inner::PageInner;
use crate::cdp::protocol::input::{self, DispatchTouchEvent, DispatchTouchEventType};

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
pub(crate) struct Touch {
    page: Arc<PageInner>,
}

impl Touch {
    pub(crate) fn new(page: Arc<PageInner>) -> Self {
        Self { page }
    }

    /// Passes a touch event on.
    pub(crate) fn event(&self, kind: TouchKind, points: &[TouchPoint]) -> Receipt {
        let modifiers = self
            .page
            .keyboard
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .modifiers;
        let event = DispatchTouchEvent {
            r#type: match kind {
                TouchKind::Start => DispatchTouchEventType::TouchStart,
                TouchKind::Move => DispatchTouchEventType::TouchMove,
                TouchKind::End => DispatchTouchEventType::TouchEnd,
                TouchKind::Cancel => DispatchTouchEventType::TouchCancel,
            },
            touch_points: points
                .iter()
                .map(|point| input::TouchPoint {
                    x: point.at.x,
                    y: point.at.y,
                    id: Some(f64::from(point.id)),
                    ..input::TouchPoint::default()
                })
                .collect(),
            modifiers: Some(i64::from(modifiers.0)),
            ..DispatchTouchEvent::default()
        };
        let sent = self.page.session.send_noted(&event);
        Receipt::new(Arc::clone(&self.page), vec![sent])
    }
}

//! The mouse.

use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Duration;

use crate::Result;
use crate::cdp::input::Modifiers;
use crate::cdp::input::receipt::Receipt;
use crate::cdp::message::Empty;
use crate::cdp::page_inner::PageInner;
use crate::cdp::protocol::input::{
    self, DispatchDragEvent, DispatchDragEventType, DispatchMouseEvent, DispatchMouseEventType,
    DragData,
};
use crate::cdp::session::Reply;
use crate::progress::Progress;

/// How long a drag that could be one of HTML's own is given to say so.
const DRAG_GRACE: Duration = Duration::from_millis(300);

/// A point in CSS pixels of the page's viewport.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

impl Point {
    /// A point.
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }
}

/// A mouse button.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum MouseButton {
    /// The main one.
    #[default]
    Left,
    /// The wheel.
    Middle,
    /// The one for menus.
    Right,
    /// One page back.
    Back,
    /// One page forward.
    Forward,
}

impl MouseButton {
    /// The bit of `MouseEvent.buttons`.
    pub(crate) fn bit(self) -> u8 {
        match self {
            Self::Left => 1,
            Self::Right => 2,
            Self::Middle => 4,
            Self::Back => 8,
            Self::Forward => 16,
        }
    }

    fn wire(self) -> input::MouseButton {
        match self {
            Self::Left => input::MouseButton::Left,
            Self::Right => input::MouseButton::Right,
            Self::Middle => input::MouseButton::Middle,
            Self::Back => input::MouseButton::Back,
            Self::Forward => input::MouseButton::Forward,
        }
    }

    /// The button that a move is reported with, of those that are held.
    fn first_held(buttons: u8) -> input::MouseButton {
        let held = [
            Self::Left,
            Self::Right,
            Self::Middle,
            Self::Back,
            Self::Forward,
        ];
        held.into_iter()
            .find(|button| buttons & button.bit() != 0)
            .map_or(input::MouseButton::None, Self::wire)
    }
}

/// How to click.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClickOptions {
    /// Which button.
    pub button: MouseButton,
    /// 1 for a click, 2 for a double click.
    pub count: u32,
    /// Keys held meanwhile, besides those the keyboard holds.
    pub modifiers: Modifiers,
    /// How long the button stays down.
    pub delay: Duration,
}

impl Default for ClickOptions {
    fn default() -> Self {
        Self {
            button: MouseButton::Left,
            count: 1,
            modifiers: Modifiers::NONE,
            delay: Duration::ZERO,
        }
    }
}

/// A page's mouse. Methods that return a `Receipt` write at once and never wait.
pub(crate) struct Mouse {
    page: Arc<PageInner>,
}

/// Where the pointer is and what it holds.
#[derive(Default)]
pub(crate) struct MouseState {
    at: Point,
    buttons: u8,
    modifiers: Modifiers,
    /// What HTML's drag and drop carries, from the moment the page began it until the button goes up.
    drag: Option<Drag>,
}

struct Drag {
    data: DragData,
    entered: bool,
}

impl MouseState {
    /// The page began HTML's drag and drop. While it lasts the page sees drag events in place of mouse events.
    pub(crate) fn drag_began(&mut self, data: DragData) {
        self.drag = Some(Drag {
            data,
            entered: false,
        });
    }

    /// Whether the page began a drag after the button had already gone up.
    pub(crate) fn is_dragging_without_button(&self) -> bool {
        self.drag.is_some() && self.buttons == 0
    }
}

impl Mouse {
    pub(crate) fn new(page: Arc<PageInner>) -> Self {
        Self { page }
    }

    /// Moves the pointer.
    pub(crate) fn move_to(&self, to: Point) -> Receipt {
        self.state().at = to;
        let replies = self.write_drag(None).unwrap_or_else(|| {
            let buttons = self.state().buttons;
            vec![self.write(DispatchMouseEventType::MouseMoved, |event| {
                event.button = Some(MouseButton::first_held(buttons));
            })]
        });
        self.receipt(replies)
    }

    /// Presses a button where the pointer is; `clicks` is 2 for the second press of a double click.
    pub(crate) fn down(&self, button: MouseButton, clicks: u32) -> Receipt {
        self.state().buttons |= button.bit();
        let pressed = self.write(DispatchMouseEventType::MousePressed, |event| {
            event.button = Some(button.wire());
            event.click_count = Some(i64::from(clicks));
        });
        self.receipt(vec![pressed])
    }

    /// Releases a button where the pointer is.
    pub(crate) fn up(&self, button: MouseButton, clicks: u32) -> Receipt {
        self.state().buttons &= !button.bit();
        let replies = self
            .write_drag(Some(DispatchDragEventType::Drop))
            .unwrap_or_else(|| {
                vec![self.write(DispatchMouseEventType::MouseReleased, |event| {
                    event.button = Some(button.wire());
                    event.click_count = Some(i64::from(clicks));
                })]
            });
        self.receipt(replies)
    }

    /// Turns the wheel over a point, in CSS pixels.
    pub(crate) fn wheel(&self, at: Point, dx: f64, dy: f64) -> Receipt {
        self.state().at = at;
        let turned = self.write(DispatchMouseEventType::MouseWheel, |event| {
            event.delta_x = Some(dx);
            event.delta_y = Some(dy);
        });
        self.receipt(vec![turned])
    }

    /// Modifiers that count for the mouse besides those of the keyboard, until changed; for a person's input, whose
    /// events carry them.
    pub(crate) fn set_modifiers(&self, modifiers: Modifiers) {
        self.state().modifiers = modifiers;
    }

    /// Moves, presses and releases, written together; waits until the page has handled them.
    pub(crate) async fn click(
        &self,
        progress: &Progress,
        at: Point,
        options: ClickOptions,
    ) -> Result<()> {
        let held = std::mem::replace(&mut self.state().modifiers, options.modifiers);
        let mut written = self.move_to(at);
        for click in 1..=options.count.max(1) {
            written = written.and(self.down(options.button, click));
            if !options.delay.is_zero() {
                progress
                    .race(
                        "holding the mouse button",
                        tokio::time::sleep(options.delay),
                    )
                    .await?;
            }
            written = written.and(self.up(options.button, click));
        }
        self.state().modifiers = held;
        written.done(progress).await
    }

    /// Presses at `from`, moves in `steps` steps and releases at `to`; HTML drag and drop works too.
    pub(crate) async fn drag(
        &self,
        progress: &Progress,
        from: Point,
        to: Point,
        steps: u32,
    ) -> Result<()> {
        let steps = steps.max(2);
        let along = |step: u32| {
            let part = f64::from(step) / f64::from(steps);
            Point::new(
                from.x + (to.x - from.x) * part,
                from.y + (to.y - from.y) * part,
            )
        };
        self.move_to(from)
            .and(self.down(MouseButton::Left, 1))
            .done(progress)
            .await?;
        // Far enough for the browser to see a drag and not a shaky click.
        let nudge = Point::new(
            from.x + 6.0_f64.copysign(to.x - from.x),
            from.y + 6.0_f64.copysign(to.y - from.y),
        );
        self.move_to(nudge)
            .and(self.move_to(along(1)))
            .done(progress)
            .await?;
        self.wait_for_html_drag(progress).await?;
        for step in 2..=steps {
            self.move_to(along(step)).done(progress).await?;
        }
        // Targets look at the last move before the drop.
        self.move_to(to)
            .and(self.up(MouseButton::Left, 1))
            .done(progress)
            .await
    }

    /// Where the pointer is.
    pub(crate) fn position(&self) -> Point {
        self.state().at
    }

    /// Ends a drag that the page began only after the button had gone up.
    pub(crate) fn drop_late(&self) {
        self.receipt(
            self.write_drag(Some(DispatchDragEventType::Drop))
                .unwrap_or_default(),
        )
        .forget();
    }

    /// The browser tells of HTML's drag and drop on its own time. Where there can be none, nothing is waited for.
    async fn wait_for_html_drag(&self, progress: &Progress) -> Result<()> {
        const SCRIPT: &str = "(() => { const s = getSelection(); if (s && !s.isCollapsed) return true; \
            for (const e of document.querySelectorAll(':hover')) { \
                if (e.draggable || e.tagName === 'IFRAME' || e.tagName === 'FRAME' || e.shadowRoot) return true } \
            return false })()";
        if self.state().drag.is_some() {
            return Ok(());
        }
        let page = crate::cdp::page::Page::new(Arc::clone(&self.page));
        let possible = page
            .main_frame()
            .evaluate(progress, crate::cdp::frame::World::Isolated, SCRIPT)
            .await?;
        if possible == serde_json::Value::Bool(true) {
            let grace = progress.within(DRAG_GRACE);
            let began = self
                .page
                .until(&grace, "waiting for the page to begin a drag", |_| {
                    self.state().drag.is_some().then_some(Ok(()))
                });
            match began.await {
                // The page did not want it, or the pointer only draws: it goes on as mouse events.
                Err(error) if error.is_timeout() && !progress.remaining().is_zero() => {}
                other => other?,
            }
        }
        Ok(())
    }

    /// Writes the drag events for where the pointer is now; `None` when nothing is dragged.
    fn write_drag(&self, last: Option<DispatchDragEventType>) -> Option<Vec<Reply<Empty>>> {
        let mut state = self.state();
        let at = state.at;
        let modifiers = i64::from((state.modifiers | self.keyboard_modifiers()).0);
        let drag = state.drag.as_mut()?;
        let enter = (!std::mem::replace(&mut drag.entered, true))
            .then_some(DispatchDragEventType::DragEnter);
        let events = enter
            .into_iter()
            .chain([DispatchDragEventType::DragOver])
            .chain(last);
        let replies = events.map(|kind| {
            self.page.session.send_noted(&DispatchDragEvent {
                r#type: kind,
                x: at.x,
                y: at.y,
                data: drag.data.clone(),
                modifiers: Some(modifiers),
            })
        });
        let replies = replies.collect();
        if last.is_some() {
            state.drag = None;
        }
        Some(replies)
    }

    fn write(
        &self,
        kind: DispatchMouseEventType,
        complete: impl FnOnce(&mut DispatchMouseEvent),
    ) -> Reply<Empty> {
        let state = self.state();
        let mut event = DispatchMouseEvent {
            r#type: kind,
            x: state.at.x,
            y: state.at.y,
            modifiers: Some(i64::from((state.modifiers | self.keyboard_modifiers()).0)),
            buttons: Some(i64::from(state.buttons)),
            ..DispatchMouseEvent::default()
        };
        complete(&mut event);
        self.page.session.send_noted(&event)
    }

    fn keyboard_modifiers(&self) -> Modifiers {
        self.page
            .keyboard
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .modifiers
    }

    fn receipt(&self, replies: Vec<Reply<Empty>>) -> Receipt {
        Receipt::new(Arc::clone(&self.page), replies)
    }

    fn state(&self) -> MutexGuard<'_, MouseState> {
        self.page
            .mouse
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

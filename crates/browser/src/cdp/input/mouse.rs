//! The mouse.

use crate::Result;
use crate::cdp::input::Modifiers;
use crate::cdp::input::receipt::Receipt;
use crate::progress::Progress;

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
    pub delay: std::time::Duration,
}

impl Default for ClickOptions {
    fn default() -> Self {
        Self {
            button: MouseButton::Left,
            count: 1,
            modifiers: Modifiers::NONE,
            delay: std::time::Duration::ZERO,
        }
    }
}

/// A page's mouse. Methods that return a `Receipt` write at once and never wait.
pub struct Mouse {
    _p: (),
}

impl Mouse {
    /// Moves the pointer.
    pub fn move_to(&self, to: Point) -> Receipt {
        unimplemented!()
    }

    /// Presses a button where the pointer is; `clicks` is 2 for the second press of a double click.
    pub fn down(&self, button: MouseButton, clicks: u32) -> Receipt {
        unimplemented!()
    }

    /// Releases a button where the pointer is.
    pub fn up(&self, button: MouseButton, clicks: u32) -> Receipt {
        unimplemented!()
    }

    /// Turns the wheel over a point, in CSS pixels.
    pub fn wheel(&self, at: Point, dx: f64, dy: f64) -> Receipt {
        unimplemented!()
    }

    /// Modifiers that count for the mouse besides those of the keyboard, until changed; for a person's input, whose
    /// events carry them.
    pub fn set_modifiers(&self, modifiers: Modifiers) {
        unimplemented!()
    }

    /// Moves, presses and releases, written together; waits until the page has handled them.
    pub async fn click(&self, progress: &Progress, at: Point, options: ClickOptions) -> Result<()> {
        unimplemented!()
    }

    /// Presses at `from`, moves in `steps` steps and releases at `to`; HTML drag and drop works too.
    pub async fn drag(
        &self,
        progress: &Progress,
        from: Point,
        to: Point,
        steps: u32,
    ) -> Result<()> {
        unimplemented!()
    }

    /// Where the pointer is.
    pub fn position(&self) -> Point {
        unimplemented!()
    }
}

//! Trusted input: the page cannot tell it from a person's.
//!
//! Every function writes its events at once and returns; awaiting an event alone costs a frame, so events that belong
//! together are written together and awaited once.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use crate::Result;
use crate::cdp;
use crate::cdp::input::Modifiers;
use crate::cdp::input::keyboard::KeyEvent;
use crate::cdp::input::mouse::{ClickOptions, MouseButton, Point};
use crate::cdp::input::touch::{TouchKind, TouchPoint};
use crate::drive::input::{DrivenInput, DrivenReceipt};
use crate::kind::{Kind, each};
use crate::progress::Progress;

/// Events that were written to the browser, in order. `done` waits until the page has handled them; dropping it or
/// `forget` does not.
#[must_use = "call `forget` when nobody waits"]
pub struct Receipt(Kind<cdp::input::receipt::Receipt, DrivenReceipt>);

impl Receipt {
    /// These events and then those.
    pub fn and(self, other: Receipt) -> Self {
        match (self.0, other.0) {
            (Kind::Cdp(first), Kind::Cdp(then)) => Self(Kind::Cdp(first.and(then))),
            (Kind::Driven(first), Kind::Driven(then)) => Self(Kind::Driven(first.and(then))),
            // Events of two browsers have no order; the later ones are waited for.
            (_, then) => Self(then),
        }
    }

    /// Waits until the page has handled the events. A dialog that they open counts as handled: the page answers only
    /// after the dialog is answered.
    pub async fn done(self, progress: &Progress) -> Result<()> {
        match self.0 {
            Kind::Cdp(receipt) => receipt.done(progress).await,
            Kind::Driven(receipt) => receipt.done(progress).await,
        }
    }

    /// When the page has handled the last of the events, known as soon as the browser's answer is read: before anything
    /// that the browser sends after it.
    pub fn handled(&self) -> Handled {
        let told = match &self.0 {
            Kind::Cdp(receipt) => receipt.handled(),
            // Their answers are told by tasks, so that whoever waits has to note it.
            Kind::Driven(_) => None,
        };
        Handled(told.unwrap_or_default())
    }

    /// Does not wait.
    pub fn forget(self) {}
}

/// When a page has handled an input.
#[derive(Debug, Clone, Default)]
pub struct Handled(Arc<OnceLock<Instant>>);

impl Handled {
    /// The moment; nothing while it has not, or when it never did.
    pub fn at(&self) -> Option<Instant> {
        self.0.get().copied()
    }

    /// It has by now. What is known already stays.
    pub fn note(&self, now: Instant) {
        let _ = self.0.set(now);
    }
}

/// Wraps whatever an engine's own input returns.
macro_rules! receipt {
    ($kind:expr, $inner:ident => $cdp:expr, $driven:expr) => {
        match &$kind {
            Kind::Cdp($inner) => Receipt(Kind::Cdp($cdp)),
            Kind::Driven($inner) => Receipt(Kind::Driven($driven)),
        }
    };
}

/// A page's mouse. Methods that return a `Receipt` write at once and never wait.
pub struct Mouse(Kind<cdp::input::mouse::Mouse, DrivenInput>);

impl Mouse {
    pub(crate) fn new(mouse: Kind<cdp::input::mouse::Mouse, DrivenInput>) -> Self {
        Self(mouse)
    }

    /// Moves the pointer.
    pub fn move_to(&self, to: Point) -> Receipt {
        receipt!(self.0, mouse => mouse.move_to(to), mouse.move_to(to))
    }

    /// Presses a button where the pointer is; `clicks` is 2 for the second press of a double click.
    pub fn down(&self, button: MouseButton, clicks: u32) -> Receipt {
        receipt!(self.0, mouse => mouse.down(button, clicks), mouse.down(button, clicks))
    }

    /// Releases a button where the pointer is.
    pub fn up(&self, button: MouseButton, clicks: u32) -> Receipt {
        receipt!(self.0, mouse => mouse.up(button, clicks), mouse.up(button))
    }

    /// Turns the wheel over a point, in CSS pixels.
    pub fn wheel(&self, at: Point, dx: f64, dy: f64) -> Receipt {
        receipt!(self.0, mouse => mouse.wheel(at, dx, dy), mouse.wheel(at, dx, dy))
    }

    /// Modifiers that count for the mouse besides those of the keyboard, until changed; for a person's input, whose
    /// events carry them.
    pub fn set_modifiers(&self, modifiers: Modifiers) {
        each!(self.0, mouse => mouse.set_modifiers(modifiers));
    }

    /// Moves, presses and releases, written together; waits until the page has handled them.
    pub async fn click(&self, progress: &Progress, at: Point, options: ClickOptions) -> Result<()> {
        each!(self.0, mouse => mouse.click(progress, at, options).await)
    }

    /// Presses at `from`, moves in `steps` steps and releases at `to`; HTML drag and drop works too.
    pub async fn drag(
        &self,
        progress: &Progress,
        from: Point,
        to: Point,
        steps: u32,
    ) -> Result<()> {
        each!(self.0, mouse => mouse.drag(progress, from, to, steps).await)
    }

    /// Where the pointer is.
    pub fn position(&self) -> Point {
        each!(self.0, mouse => mouse.position())
    }
}

/// A page's keyboard. Methods that return a `Receipt` write at once and never wait.
pub struct Keyboard(Kind<cdp::input::keyboard::Keyboard, DrivenInput>);

impl Keyboard {
    pub(crate) fn new(keyboard: Kind<cdp::input::keyboard::Keyboard, DrivenInput>) -> Self {
        Self(keyboard)
    }

    /// Presses a key.
    pub fn down(&self, key: &str) -> Result<Receipt> {
        Ok(receipt!(self.0, keyboard => keyboard.down(key)?, keyboard.key_down(key)?))
    }

    /// Releases a key.
    pub fn up(&self, key: &str) -> Result<Receipt> {
        Ok(receipt!(self.0, keyboard => keyboard.up(key)?, keyboard.key_up(key)?))
    }

    /// Presses and releases a key or a chord: "Enter", "Control+A", "Control+Shift+ArrowLeft". In a chord the case of a
    /// letter does not matter: "Control+A" is "Control+a".
    pub async fn press(&self, progress: &Progress, chord: &str) -> Result<()> {
        each!(self.0, keyboard => keyboard.press(progress, chord).await)
    }

    /// Puts text into the focused element at once, as an input method would: one `input` event, no key events.
    pub async fn insert_text(&self, progress: &Progress, text: &str) -> Result<()> {
        self.send_text(text).done(progress).await
    }

    /// As `insert_text`, without waiting.
    pub fn send_text(&self, text: &str) -> Receipt {
        receipt!(self.0, keyboard => keyboard.send_text(text), keyboard.send_text(text))
    }

    /// Types text key by key, with `delay` between keys; characters that the layout lacks are inserted.
    pub async fn type_text(&self, progress: &Progress, text: &str, delay: Duration) -> Result<()> {
        each!(self.0, keyboard => keyboard.type_text(progress, text, delay).await)
    }

    /// Shows text that an input method is composing; `start` and `end` select inside it, in UTF-16 units.
    pub fn ime_set_composition(&self, text: &str, start: i64, end: i64) -> Receipt {
        receipt!(self.0, keyboard => keyboard.ime_set_composition(text, start, end), keyboard.compose())
    }

    /// Passes a person's key event on.
    pub fn key_event(&self, event: &KeyEvent) -> Receipt {
        receipt!(self.0, keyboard => keyboard.key_event(event), keyboard.key_event(event))
    }

    /// The modifier keys that are held.
    pub fn modifiers(&self) -> Modifiers {
        each!(self.0, keyboard => keyboard.modifiers())
    }
}

/// A page's touch screen.
pub struct Touch(Kind<cdp::input::touch::Touch, DrivenInput>);

impl Touch {
    pub(crate) fn new(touch: Kind<cdp::input::touch::Touch, DrivenInput>) -> Self {
        Self(touch)
    }

    /// Passes a touch event on.
    pub fn event(&self, kind: TouchKind, points: &[TouchPoint]) -> Receipt {
        receipt!(self.0, touch => touch.event(kind, points), touch.touch(kind, points))
    }

    /// Taps.
    pub async fn tap(&self, progress: &Progress, at: Point) -> Result<()> {
        let down = self.event(TouchKind::Start, &[TouchPoint { id: 0, at }]);
        down.and(self.event(TouchKind::End, &[]))
            .done(progress)
            .await
    }
}

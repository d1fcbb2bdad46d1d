//! The keyboard.

use std::time::Duration;

use crate::Result;
use crate::cdp::input::Modifiers;
use crate::cdp::input::receipt::Receipt;
use crate::progress::Progress;

/// Whether a key goes down or up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyEventKind {
    /// Down, or repeating.
    Down,
    /// Up.
    Up,
}

/// A key event as a browser's `KeyboardEvent` describes it; for a person's input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyEvent {
    /// Down or up.
    pub kind: KeyEventKind,
    /// `KeyboardEvent.key`.
    pub key: String,
    /// `KeyboardEvent.code`.
    pub code: String,
    /// The text it types, if any.
    pub text: Option<String>,
    /// `KeyboardEvent.location`.
    pub location: u8,
    /// Keys held meanwhile.
    pub modifiers: Modifiers,
    /// Whether the key is held and repeats.
    pub repeat: bool,
}

/// A page's keyboard. Methods that return a `Receipt` write at once and never wait.
pub struct Keyboard {
    _p: (),
}

impl Keyboard {
    /// Presses a key and holds it: "a", "A", "Enter", "Shift".
    pub fn down(&self, key: &str) -> Result<Receipt> {
        unimplemented!()
    }

    /// Releases a key.
    pub fn up(&self, key: &str) -> Result<Receipt> {
        unimplemented!()
    }

    /// Presses and releases a key or a chord: "Enter", "Control+A", "Control+Shift+ArrowLeft".
    pub async fn press(&self, progress: &Progress, chord: &str) -> Result<()> {
        unimplemented!()
    }

    /// Puts text into the focused element at once, as an input method would: one `input` event, no key events.
    pub async fn insert_text(&self, progress: &Progress, text: &str) -> Result<()> {
        unimplemented!()
    }

    /// As `insert_text`, without waiting.
    pub fn send_text(&self, text: &str) -> Receipt {
        unimplemented!()
    }

    /// Types text key by key, with `delay` between keys; characters that the layout lacks are inserted.
    pub async fn type_text(&self, progress: &Progress, text: &str, delay: Duration) -> Result<()> {
        unimplemented!()
    }

    /// Shows text that an input method is composing; `start` and `end` select inside it, in UTF-16 units.
    pub fn ime_set_composition(&self, text: &str, start: i64, end: i64) -> Receipt {
        unimplemented!()
    }

    /// Passes a person's key event on.
    pub fn key_event(&self, event: &KeyEvent) -> Receipt {
        unimplemented!()
    }

    /// The modifier keys that are held.
    pub fn modifiers(&self) -> Modifiers {
        unimplemented!()
    }
}

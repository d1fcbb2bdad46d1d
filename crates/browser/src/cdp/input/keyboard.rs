//! The keyboard.

use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Duration;

use crate::Result;
use crate::cdp::input::Modifiers;
use crate::cdp::input::keymap::{self, Key};
use crate::cdp::input::receipt::Receipt;
use crate::cdp::message::Empty;
use crate::cdp::page_inner::PageInner;
use crate::cdp::protocol::input::{
    DispatchKeyEvent, DispatchKeyEventType, ImeSetComposition, InsertText,
};
use crate::cdp::session::Reply;
use crate::error::BrowserError;
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
pub(crate) struct Keyboard {
    page: Arc<PageInner>,
}

/// The keys that are held.
#[derive(Default)]
pub(crate) struct KeyboardState {
    pub(crate) modifiers: Modifiers,
    held: Vec<&'static str>,
}

impl Keyboard {
    pub(crate) fn new(page: Arc<PageInner>) -> Self {
        Self { page }
    }

    /// Presses a key and holds it: "a", "A", "Enter", "Shift".
    pub(crate) fn down(&self, key: &str) -> Result<Receipt> {
        let key = find(key)?;
        Ok(self.receipt(vec![self.write_down(key)]))
    }

    /// Releases a key.
    pub(crate) fn up(&self, key: &str) -> Result<Receipt> {
        let key = find(key)?;
        Ok(self.receipt(vec![self.write_up(key)]))
    }

    /// Presses and releases a key or a chord: "Enter", "Control+A", "Control+Shift+ArrowLeft". In a chord the case of a
    /// letter does not matter: "Control+A" is "Control+a".
    pub(crate) async fn press(&self, progress: &Progress, chord: &str) -> Result<()> {
        let keys = parse_chord(chord)?;
        let mut replies: Vec<_> = keys.iter().map(|key| self.write_down(*key)).collect();
        replies.extend(keys.iter().rev().map(|key| self.write_up(*key)));
        self.receipt(replies).done(progress).await
    }

    /// As `insert_text`, without waiting.
    pub(crate) fn send_text(&self, text: &str) -> Receipt {
        self.receipt(vec![self.write_text(text)])
    }

    /// Types text key by key, with `delay` between keys; characters that the layout lacks are inserted.
    pub(crate) async fn type_text(
        &self,
        progress: &Progress,
        text: &str,
        delay: Duration,
    ) -> Result<()> {
        let mut written = self.receipt(Vec::new());
        for character in text.chars() {
            let mut buffer = [0; 4];
            let character = character.encode_utf8(&mut buffer);
            let replies = match keymap::find(character) {
                Some(key) => vec![self.write_down(key), self.write_up(key)],
                None => vec![self.write_text(character)],
            };
            written = written.and(self.receipt(replies));
            if !delay.is_zero() {
                std::mem::replace(&mut written, self.receipt(Vec::new()))
                    .done(progress)
                    .await?;
                progress.race("typing", tokio::time::sleep(delay)).await?;
            }
        }
        written.done(progress).await
    }

    /// Shows text that an input method is composing; `start` and `end` select inside it, in UTF-16 units.
    pub(crate) fn ime_set_composition(&self, text: &str, start: i64, end: i64) -> Receipt {
        let compose = ImeSetComposition {
            text: text.to_owned(),
            selection_start: start,
            selection_end: end,
            ..ImeSetComposition::default()
        };
        self.receipt(vec![self.page.session.send_noted(&compose)])
    }

    /// Passes a person's key event on.
    pub(crate) fn key_event(&self, event: &KeyEvent) -> Receipt {
        let known = keymap::find_code(&event.code, &event.key);
        self.state().modifiers = event.modifiers;
        let own_text = known.and_then(|key| key.text(event.modifiers.contains(Modifiers::SHIFT)));
        let text = event
            .text
            .clone()
            .or_else(|| (event.key.chars().count() == 1).then(|| event.key.clone()))
            .or_else(|| own_text.filter(|_| event.key == "Enter").map(str::to_owned));
        let modifiers = without_alt_graph(event.modifiers, text.as_deref(), own_text);
        // With Control, Alt or Meta a key is a command and types nothing.
        let text = text.filter(|text| modifiers.0 & COMMANDING == 0 && !text.is_empty());
        let kind = match (event.kind, &text) {
            (KeyEventKind::Up, _) => DispatchKeyEventType::KeyUp,
            (KeyEventKind::Down, Some(_)) => DispatchKeyEventType::KeyDown,
            (KeyEventKind::Down, None) => DispatchKeyEventType::RawKeyDown,
        };
        let dispatch = DispatchKeyEvent {
            r#type: kind,
            modifiers: Some(i64::from(modifiers.0)),
            unmodified_text: text.clone(),
            text: text.filter(|_| event.kind == KeyEventKind::Down),
            code: Some(event.code.clone()),
            key: Some(event.key.clone()),
            windows_virtual_key_code: known.map(|key| key.number),
            native_virtual_key_code: known.map(|key| key.number),
            auto_repeat: Some(event.repeat),
            is_keypad: Some(event.location == 3),
            location: Some(i64::from(event.location)),
            ..DispatchKeyEvent::default()
        };
        self.receipt(vec![self.page.session.send_noted(&dispatch)])
    }

    /// The modifier keys that are held.
    pub(crate) fn modifiers(&self) -> Modifiers {
        self.state().modifiers
    }

    fn write_down(&self, (key, shift): (Key, bool)) -> Reply<Empty> {
        let mut state = self.state();
        let repeat = state.held.contains(&key.code);
        if !repeat {
            state.held.push(key.code);
        }
        if let Some(modifier) = key.modifier() {
            state.modifiers = state.modifiers | modifier;
        }
        let modifiers = state.modifiers;
        drop(state);
        let shift = shift || modifiers.contains(Modifiers::SHIFT);
        let commanding = modifiers.0 & COMMANDING != 0;
        let text = key.text(shift).filter(|_| !commanding);
        let kind = if text.is_some() {
            DispatchKeyEventType::KeyDown
        } else {
            DispatchKeyEventType::RawKeyDown
        };
        self.page.session.send_noted(&DispatchKeyEvent {
            r#type: kind,
            text: text.map(str::to_owned),
            unmodified_text: text.map(str::to_owned),
            auto_repeat: Some(repeat),
            ..dispatch(key, shift, modifiers)
        })
    }

    fn write_up(&self, (key, shift): (Key, bool)) -> Reply<Empty> {
        let mut state = self.state();
        state.held.retain(|code| *code != key.code);
        if let Some(modifier) = key.modifier() {
            state.modifiers = Modifiers(state.modifiers.0 & !modifier.0);
        }
        let modifiers = state.modifiers;
        drop(state);
        let shift = shift || modifiers.contains(Modifiers::SHIFT);
        let event = DispatchKeyEvent {
            r#type: DispatchKeyEventType::KeyUp,
            ..dispatch(key, shift, modifiers)
        };
        self.page.session.send_noted(&event)
    }

    fn write_text(&self, text: &str) -> Reply<Empty> {
        self.page.session.send_noted(&InsertText {
            text: text.to_owned(),
        })
    }

    fn receipt(&self, replies: Vec<Reply<Empty>>) -> Receipt {
        Receipt::new(Arc::clone(&self.page), replies)
    }

    fn state(&self) -> MutexGuard<'_, KeyboardState> {
        self.page
            .keyboard
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// With one of these a key is a command.
pub(crate) const COMMANDING: u8 = Modifiers::CONTROL.0 | Modifiers::ALT.0 | Modifiers::META.0;

/// AltGr arrives as Control and Alt together; it is AltGr when it changes what the key types.
pub(crate) fn without_alt_graph(
    modifiers: Modifiers,
    text: Option<&str>,
    own_text: Option<&str>,
) -> Modifiers {
    let both = Modifiers::CONTROL | Modifiers::ALT;
    let types_another =
        text.is_some_and(|text| !own_text.is_some_and(|own| own.eq_ignore_ascii_case(text)));
    if modifiers.contains(both) && types_another {
        Modifiers(modifiers.0 & !both.0)
    } else {
        modifiers
    }
}

/// What the events of a key have in common.
fn dispatch(key: Key, shift: bool, modifiers: Modifiers) -> DispatchKeyEvent {
    DispatchKeyEvent {
        modifiers: Some(i64::from(modifiers.0)),
        code: Some(key.code.to_owned()),
        key: Some(if shift { key.shifted } else { key.key }.to_owned()),
        windows_virtual_key_code: Some(key.number),
        native_virtual_key_code: Some(key.number),
        is_keypad: Some(key.location == 3),
        location: Some(key.location),
        ..DispatchKeyEvent::default()
    }
}

pub(crate) fn find(name: &str) -> Result<(Key, bool)> {
    keymap::find(name).ok_or_else(|| BrowserError::Invalid(format!("unknown key {name:?}")))
}

/// "Control+Shift+A" as keys, in the order in which they go down.
pub(crate) fn parse_chord(chord: &str) -> Result<Vec<(Key, bool)>> {
    // The key may itself be a plus sign: "+", "Control++".
    let (modifiers, last) = match chord.strip_suffix('+') {
        Some(rest) => (rest.strip_suffix('+').unwrap_or(rest), "+"),
        None => chord.rsplit_once('+').unwrap_or(("", chord)),
    };
    let mut keys = Vec::new();
    for name in modifiers.split('+').filter(|name| !name.is_empty()) {
        keys.push(find(name)?);
    }
    let (key, shift) = find(last)?;
    // "Control+A" means the key, not a capital letter.
    let names_a_key = key.code.starts_with("Key") && !keys.is_empty();
    keys.push((key, shift && !names_a_key));
    Ok(keys)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(chord: &str) -> Vec<(&'static str, bool)> {
        parse_chord(chord)
            .unwrap()
            .into_iter()
            .map(|(key, shift)| (key.code, shift))
            .collect()
    }

    #[test]
    fn chords_are_taken_apart() {
        assert_eq!(codes("Enter"), [("Enter", false)]);
        assert_eq!(
            codes("Control+A"),
            [("ControlLeft", false), ("KeyA", false)]
        );
        assert_eq!(
            codes("Control+Shift+ArrowLeft"),
            [
                ("ControlLeft", false),
                ("ShiftLeft", false),
                ("ArrowLeft", false)
            ]
        );
        assert_eq!(codes("+"), [("Equal", true)]);
        assert_eq!(
            codes("Control++"),
            [("ControlLeft", false), ("Equal", true)]
        );
        assert_eq!(codes("A"), [("KeyA", true)]);
    }

    #[test]
    fn an_unknown_key_is_named_in_the_error() {
        assert_eq!(
            parse_chord("Control+Foo").unwrap_err().to_string(),
            "unknown key \"Foo\""
        );
    }
}

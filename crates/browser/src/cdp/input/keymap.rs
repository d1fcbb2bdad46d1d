//! The keys of a US keyboard: what each is called, where it is and what it types.

use crate::cdp::input::Modifiers;

/// A key as events describe it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Key {
    /// `KeyboardEvent.code`.
    pub(crate) code: &'static str,
    /// Windows virtual key code.
    pub(crate) number: i64,
    /// `KeyboardEvent.key` without Shift.
    pub(crate) key: &'static str,
    /// `KeyboardEvent.key` with Shift.
    pub(crate) shifted: &'static str,
    /// `KeyboardEvent.location`.
    pub(crate) location: i64,
}

impl Key {
    /// What the key types, if anything.
    pub(crate) fn text(&self, shift: bool) -> Option<&'static str> {
        let key = if shift { self.shifted } else { self.key };
        match key {
            "Enter" => Some("\r"),
            key if key.chars().count() == 1 => Some(key),
            _ => None,
        }
    }

    /// The modifier that holding this key means.
    pub(crate) fn modifier(&self) -> Option<Modifiers> {
        match self.key {
            "Alt" => Some(Modifiers::ALT),
            "Control" => Some(Modifiers::CONTROL),
            "Meta" => Some(Modifiers::META),
            "Shift" => Some(Modifiers::SHIFT),
            _ => None,
        }
    }
}

/// Finds a key by what it types, its name or its code: "a", "A", "Enter", "KeyA". The second value says whether Shift
/// is needed to get it.
pub(crate) fn find(name: &str) -> Option<(Key, bool)> {
    let name = match name {
        "Ctrl" | "ControlOrMeta" => "Control",
        "Cmd" | "Command" | "Win" | "Super" => "Meta",
        "Option" => "Alt",
        "Esc" => "Escape",
        "Return" | "\n" | "\r" => "Enter",
        "Space" => " ",
        "Del" => "Delete",
        "Up" => "ArrowUp",
        "Down" => "ArrowDown",
        "Left" => "ArrowLeft",
        "Right" => "ArrowRight",
        "\t" => "Tab",
        other => other,
    };
    let by = |matches: fn(&Key, &str) -> bool| KEYS.iter().copied().find(|key| matches(key, name));
    // The numeric pad's keys are meant only when their code is said.
    by(|key, name| key.key == name && key.location != 3)
        .map(|key| (key, false))
        .or_else(|| by(|key, name| key.shifted == name && key.location != 3).map(|key| (key, true)))
        .or_else(|| by(|key, name| key.code == name).map(|key| (key, false)))
}

/// Finds a key by its code, or else by its name.
pub(crate) fn find_code(code: &str, key: &str) -> Option<Key> {
    KEYS.iter()
        .copied()
        .find(|known| known.code == code)
        .or_else(|| find(key).map(|(found, _)| found))
}

const fn named(code: &'static str, number: i64, key: &'static str, location: i64) -> Key {
    Key {
        code,
        number,
        key,
        shifted: key,
        location,
    }
}

const fn printing(
    code: &'static str,
    number: i64,
    key: &'static str,
    shifted: &'static str,
) -> Key {
    Key {
        code,
        number,
        key,
        shifted,
        location: 0,
    }
}

#[rustfmt::skip]
const KEYS: [Key; 122] = [
    printing("KeyA", 65, "a", "A"), printing("KeyB", 66, "b", "B"), printing("KeyC", 67, "c", "C"),
    printing("KeyD", 68, "d", "D"), printing("KeyE", 69, "e", "E"), printing("KeyF", 70, "f", "F"),
    printing("KeyG", 71, "g", "G"), printing("KeyH", 72, "h", "H"), printing("KeyI", 73, "i", "I"),
    printing("KeyJ", 74, "j", "J"), printing("KeyK", 75, "k", "K"), printing("KeyL", 76, "l", "L"),
    printing("KeyM", 77, "m", "M"), printing("KeyN", 78, "n", "N"), printing("KeyO", 79, "o", "O"),
    printing("KeyP", 80, "p", "P"), printing("KeyQ", 81, "q", "Q"), printing("KeyR", 82, "r", "R"),
    printing("KeyS", 83, "s", "S"), printing("KeyT", 84, "t", "T"), printing("KeyU", 85, "u", "U"),
    printing("KeyV", 86, "v", "V"), printing("KeyW", 87, "w", "W"), printing("KeyX", 88, "x", "X"),
    printing("KeyY", 89, "y", "Y"), printing("KeyZ", 90, "z", "Z"),
    printing("Digit0", 48, "0", ")"), printing("Digit1", 49, "1", "!"), printing("Digit2", 50, "2", "@"),
    printing("Digit3", 51, "3", "#"), printing("Digit4", 52, "4", "$"), printing("Digit5", 53, "5", "%"),
    printing("Digit6", 54, "6", "^"), printing("Digit7", 55, "7", "&"), printing("Digit8", 56, "8", "*"),
    printing("Digit9", 57, "9", "("),
    printing("Space", 32, " ", " "), printing("Semicolon", 186, ";", ":"), printing("Equal", 187, "=", "+"),
    printing("Comma", 188, ",", "<"), printing("Minus", 189, "-", "_"), printing("Period", 190, ".", ">"),
    printing("Slash", 191, "/", "?"), printing("Backquote", 192, "`", "~"), printing("BracketLeft", 219, "[", "{"),
    printing("Backslash", 220, "\\", "|"), printing("BracketRight", 221, "]", "}"), printing("Quote", 222, "'", "\""),
    named("Enter", 13, "Enter", 0), named("Tab", 9, "Tab", 0), named("Backspace", 8, "Backspace", 0),
    named("Escape", 27, "Escape", 0), named("Delete", 46, "Delete", 0), named("Insert", 45, "Insert", 0),
    named("Home", 36, "Home", 0), named("End", 35, "End", 0), named("PageUp", 33, "PageUp", 0),
    named("PageDown", 34, "PageDown", 0), named("ArrowLeft", 37, "ArrowLeft", 0), named("ArrowUp", 38, "ArrowUp", 0),
    named("ArrowRight", 39, "ArrowRight", 0), named("ArrowDown", 40, "ArrowDown", 0),
    named("ShiftLeft", 16, "Shift", 1), named("ShiftRight", 16, "Shift", 2),
    named("ControlLeft", 17, "Control", 1), named("ControlRight", 17, "Control", 2),
    named("AltLeft", 18, "Alt", 1), named("AltRight", 18, "Alt", 2), named("AltGraph", 225, "AltGraph", 0),
    named("MetaLeft", 91, "Meta", 1), named("MetaRight", 92, "Meta", 2), named("ContextMenu", 93, "ContextMenu", 0),
    named("CapsLock", 20, "CapsLock", 0), named("NumLock", 144, "NumLock", 0), named("ScrollLock", 145, "ScrollLock", 0),
    named("Pause", 19, "Pause", 0), named("PrintScreen", 44, "PrintScreen", 0), named("Help", 47, "Help", 0),
    named("F1", 112, "F1", 0), named("F2", 113, "F2", 0), named("F3", 114, "F3", 0), named("F4", 115, "F4", 0),
    named("F5", 116, "F5", 0), named("F6", 117, "F6", 0), named("F7", 118, "F7", 0), named("F8", 119, "F8", 0),
    named("F9", 120, "F9", 0), named("F10", 121, "F10", 0), named("F11", 122, "F11", 0), named("F12", 123, "F12", 0),
    named("Numpad0", 96, "0", 3), named("Numpad1", 97, "1", 3), named("Numpad2", 98, "2", 3),
    named("Numpad3", 99, "3", 3), named("Numpad4", 100, "4", 3), named("Numpad5", 101, "5", 3),
    named("Numpad6", 102, "6", 3), named("Numpad7", 103, "7", 3), named("Numpad8", 104, "8", 3),
    named("Numpad9", 105, "9", 3), named("NumpadAdd", 107, "+", 3), named("NumpadSubtract", 109, "-", 3),
    named("NumpadMultiply", 106, "*", 3), named("NumpadDivide", 111, "/", 3), named("NumpadDecimal", 110, ".", 3),
    named("NumpadEnter", 13, "Enter", 3), named("NumpadEqual", 187, "=", 3),
    named("AudioVolumeMute", 173, "AudioVolumeMute", 0), named("AudioVolumeDown", 174, "AudioVolumeDown", 0),
    named("AudioVolumeUp", 175, "AudioVolumeUp", 0), named("MediaTrackNext", 176, "MediaTrackNext", 0),
    named("MediaTrackPrevious", 177, "MediaTrackPrevious", 0), named("MediaStop", 178, "MediaStop", 0),
    named("MediaPlayPause", 179, "MediaPlayPause", 0), named("Cancel", 3, "Cancel", 0), named("Clear", 12, "Clear", 0),
    named("Select", 41, "Select", 0), named("IntlBackslash", 226, "IntlBackslash", 0),
    named("BrowserBack", 166, "BrowserBack", 0), named("BrowserForward", 167, "BrowserForward", 0),
    named("BrowserRefresh", 168, "BrowserRefresh", 0), named("Process", 229, "Process", 0),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_of_the_keyboard_has_a_key() {
        for character in (' '..='~').map(String::from) {
            let (key, shift) = find(&character).unwrap();
            assert_eq!(key.text(shift), Some(character.as_str()));
            assert_eq!(
                key.location, 0,
                "{character} is not taken from the numeric pad"
            );
        }
    }

    #[test]
    fn keys_are_found_by_name_code_and_nickname() {
        for (name, code) in [
            ("Enter", "Enter"),
            ("KeyA", "KeyA"),
            ("Esc", "Escape"),
            ("Ctrl", "ControlLeft"),
            ("!", "Digit1"),
        ] {
            assert_eq!(find(name).unwrap().0.code, code);
        }
        assert_eq!(find("Nonsense"), None);
        assert_eq!(find("ß"), None);
    }
}

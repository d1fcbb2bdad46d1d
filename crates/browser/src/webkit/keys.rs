//! The keys that are held, in the Automation domain's words: named keys by their names, one key by what it types.

use serde_json::{Value, json};

use crate::cdp::input::Modifiers;
use crate::cdp::input::keyboard::COMMANDING;
use crate::drive::driver::KeyStroke;

/// The keys that are held.
#[derive(Default)]
pub(crate) struct Pressed {
    named: Vec<&'static str>,
    /// The code of the key, and what it types. The protocol knows one at a time: the key that went down last.
    typing: Option<(String, String)>,
}

impl Pressed {
    pub(crate) fn down(&mut self, key: &KeyStroke) {
        match name(key) {
            Some(name) if !self.named.contains(&name) => self.named.push(name),
            Some(_) => {}
            None => self.typing = Some((code(key), character(key))),
        }
    }

    pub(crate) fn up(&mut self, key: &KeyStroke) {
        match name(key) {
            Some(name) => self.named.retain(|held| *held != name),
            None if self
                .typing
                .as_ref()
                .is_some_and(|(held, _)| *held == code(key)) =>
            {
                self.typing = None;
            }
            None => {}
        }
    }

    /// The states to bring the keyboard into, one after another, with these modifiers besides: what is not in a state
    /// is released, and within one the key that types would come before the modifiers.
    pub(crate) fn states(&self, besides: Modifiers) -> Vec<Value> {
        let missing = Modifiers(besides.0 & !self.modifiers().0 & COMMANDING);
        let mut named = self.named.clone();
        named.extend(names(missing).into_iter().map(|name| match name {
            "Alt" => "Alternate",
            other => other,
        }));
        let held = if named.is_empty() {
            json!({})
        } else {
            json!({"pressedVirtualKeys": named})
        };
        match &self.typing {
            None => vec![held],
            Some((_, character)) => {
                let mut both = held.clone();
                both["pressedCharKey"] = character.as_str().into();
                if missing == Modifiers::NONE {
                    vec![both]
                } else {
                    vec![held, both]
                }
            }
        }
    }

    /// What the held keys mean for the mouse.
    pub(crate) fn modifiers(&self) -> Modifiers {
        let held = |name: &str, modifier: Modifiers| {
            let is_held = self
                .named
                .iter()
                .any(|held| held.trim_end_matches("Right") == name);
            if is_held { modifier } else { Modifiers::NONE }
        };
        held("Alternate", Modifiers::ALT)
            | held("Control", Modifiers::CONTROL)
            | held("Meta", Modifiers::META)
            | held("Shift", Modifiers::SHIFT)
    }
}

/// Modifiers in the words of mouse events.
pub(crate) fn names(modifiers: Modifiers) -> Vec<&'static str> {
    [
        (Modifiers::ALT, "Alt"),
        (Modifiers::CONTROL, "Control"),
        (Modifiers::META, "Meta"),
        (Modifiers::SHIFT, "Shift"),
    ]
    .into_iter()
    .filter(|(modifier, _)| modifiers.contains(*modifier))
    .map(|(_, name)| name)
    .collect()
}

fn code(key: &KeyStroke) -> String {
    key.place
        .map_or_else(|| key.key.clone(), |place| place.code.to_owned())
}

fn character(key: &KeyStroke) -> String {
    match &key.text {
        Some(text) => text.clone(),
        None => key.key.clone(),
    }
}

/// The name of a key that types nothing, or of Enter; `None` for keys that type.
fn name(key: &KeyStroke) -> Option<&'static str> {
    let right = key.place.is_some_and(|place| place.location == 2);
    let side = |left, right_one| Some(if right { right_one } else { left });
    if let Some(pad) = key
        .place
        .filter(|place| place.location == 3)
        .and_then(|place| pad(place.code))
    {
        return Some(pad);
    }
    match key.key.as_str() {
        "Shift" => side("Shift", "ShiftRight"),
        "Control" => side("Control", "ControlRight"),
        "Alt" | "AltGraph" => side("Alternate", "AlternateRight"),
        "Meta" => side("Meta", "MetaRight"),
        "Cancel" => Some("Cancel"),
        "Help" => Some("Help"),
        "Backspace" => Some("Backspace"),
        "Tab" => Some("Tab"),
        "Clear" => Some("Clear"),
        "Enter" => Some("Enter"),
        "Pause" => Some("Pause"),
        "Escape" => Some("Escape"),
        "PageUp" => Some("PageUp"),
        "PageDown" => Some("PageDown"),
        "End" => Some("End"),
        "Home" => Some("Home"),
        "ArrowLeft" => Some("LeftArrow"),
        "ArrowUp" => Some("UpArrow"),
        "ArrowRight" => Some("RightArrow"),
        "ArrowDown" => Some("DownArrow"),
        "Insert" => Some("Insert"),
        "Delete" => Some("Delete"),
        "F1" => Some("Function1"),
        "F2" => Some("Function2"),
        "F3" => Some("Function3"),
        "F4" => Some("Function4"),
        "F5" => Some("Function5"),
        "F6" => Some("Function6"),
        "F7" => Some("Function7"),
        "F8" => Some("Function8"),
        "F9" => Some("Function9"),
        "F10" => Some("Function10"),
        "F11" => Some("Function11"),
        "F12" => Some("Function12"),
        _ => None,
    }
}

/// The name of a key of the numeric pad.
fn pad(code: &str) -> Option<&'static str> {
    Some(match code {
        "Numpad0" => "NumberPad0",
        "Numpad1" => "NumberPad1",
        "Numpad2" => "NumberPad2",
        "Numpad3" => "NumberPad3",
        "Numpad4" => "NumberPad4",
        "Numpad5" => "NumberPad5",
        "Numpad6" => "NumberPad6",
        "Numpad7" => "NumberPad7",
        "Numpad8" => "NumberPad8",
        "Numpad9" => "NumberPad9",
        "NumpadMultiply" => "NumberPadMultiply",
        "NumpadAdd" => "NumberPadAdd",
        "NumpadSubtract" => "NumberPadSubtract",
        "NumpadDecimal" => "NumberPadDecimal",
        "NumpadDivide" => "NumberPadDivide",
        _ => return None,
    })
}

//! Events of a pointer and keyboard as the ticks of `input.performActions`.

use serde_json::{Value, json};

use crate::cdp::input::Modifiers;
use crate::cdp::input::mouse::{MouseButton, Point};
use crate::cdp::input::touch::{TouchKind, TouchPoint};
use crate::drive::driver::{InputEvent, KeyStroke};

/// What is held between one command and the next, as far as the commands depend on it.
#[derive(Debug, Default)]
pub(crate) struct Hands {
    /// The modifier keys that are down.
    modifiers: Modifiers,
    /// Where the mouse is.
    at: Option<Point>,
    /// Where each finger is.
    fingers: Vec<TouchPoint>,
}

/// The sources of a command. Every event is a tick of its own; the other sources pause meanwhile.
#[derive(Debug, Default)]
pub(crate) struct Ticks {
    sources: Vec<(Source, Vec<Value>)>,
    count: usize,
    pressed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    Mouse,
    Wheel,
    Keys,
    Finger(u32),
}

impl Hands {
    /// The mouse is somewhere in another viewport.
    pub(crate) fn forget_mouse(&mut self) {
        self.at = None;
    }
}

impl Ticks {
    pub(crate) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Whether a button goes down in them.
    pub(crate) fn has_press(&self) -> bool {
        self.pressed
    }

    /// Adds an event, in a viewport that is at `offset` in the page's. Text is no action and adds nothing.
    pub(crate) fn add(&mut self, hands: &mut Hands, event: &InputEvent, offset: Point) {
        let inside = |at: &Point| Point::new(at.x - offset.x, at.y - offset.y);
        match event {
            InputEvent::Move { to } => {
                hands.at = Some(inside(to));
                self.tick(Source::Mouse, move_to(inside(to)));
            }
            InputEvent::Down { at, button, clicks } => {
                self.point(hands, inside(at));
                // The browser forgets the clicks before a command as its first tick ends, which is too late for a press.
                if *clicks == 1 && self.count == 0 {
                    self.tick(Source::Mouse, pause());
                }
                self.pressed = true;
                self.tick(
                    Source::Mouse,
                    json!({ "type": "pointerDown", "button": number(*button) }),
                );
            }
            InputEvent::Up { at, button } => {
                self.point(hands, inside(at));
                self.tick(
                    Source::Mouse,
                    json!({ "type": "pointerUp", "button": number(*button) }),
                );
            }
            InputEvent::Wheel { at, dx, dy } => {
                let at = inside(at);
                self.tick(
                    Source::Wheel,
                    json!({ "type": "scroll", "x": whole(at.x), "y": whole(at.y), "deltaX": whole(*dx), "deltaY": whole(*dy) }),
                );
            }
            InputEvent::MouseModifiers(wanted) => self.hold(hands, *wanted),
            InputEvent::KeyDown { key } => self.key(hands, "keyDown", key),
            InputEvent::KeyUp { key } => self.key(hands, "keyUp", key),
            InputEvent::Touch { kind, points } => {
                let points: Vec<_> = points
                    .iter()
                    .map(|point| TouchPoint {
                        at: inside(&point.at),
                        ..*point
                    })
                    .collect();
                self.touch(hands, *kind, &points);
            }
            InputEvent::Text(_) | InputEvent::Compose => {}
        }
    }

    /// The `actions` of the command.
    pub(crate) fn finish(mut self) -> Value {
        let count = self.count;
        let sources = self.sources.drain(..).map(|(source, mut actions)| {
            actions.resize(count, pause());
            match source {
                Source::Mouse => json!({ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": actions }),
                Source::Wheel => json!({ "type": "wheel", "id": "wheel", "actions": actions }),
                Source::Keys => json!({ "type": "key", "id": "keys", "actions": actions }),
                Source::Finger(id) => json!({ "type": "pointer", "id": format!("finger-{id}"), "parameters": { "pointerType": "touch" }, "actions": actions }),
            }
        });
        Value::Array(sources.collect())
    }

    fn tick(&mut self, source: Source, action: Value) {
        let count = self.count;
        let known = self.sources.iter().position(|(known, _)| *known == source);
        let index = known.unwrap_or_else(|| {
            self.sources.push((source, Vec::new()));
            self.sources.len() - 1
        });
        if let Some((_, actions)) = self.sources.get_mut(index) {
            actions.resize(count, pause());
            actions.push(action);
        }
        self.count += 1;
    }

    /// Moves the mouse where it is not yet.
    fn point(&mut self, hands: &mut Hands, at: Point) {
        if hands.at.replace(at) != Some(at) {
            self.tick(Source::Mouse, move_to(at));
        }
    }

    /// A person's key event says which modifiers are held; here they are held by keys that went down.
    fn key(&mut self, hands: &mut Hands, kind: &str, key: &KeyStroke) {
        if key.place.and_then(|place| place.modifier()).is_some() {
            hands.modifiers = key.modifiers;
        } else if kind == "keyDown" {
            // A character that needs Shift is typed as that character, whether or not Shift is held.
            let free = Modifiers(Modifiers::SHIFT.0 * u8::from(key.text.is_some()));
            let wanted = key.modifiers | Modifiers(hands.modifiers.0 & free.0);
            self.hold(hands, wanted);
        }
        self.tick(
            Source::Keys,
            json!({ "type": kind, "value": value_of(key) }),
        );
    }

    /// The mouse has no modifiers of its own here: the keys themselves go down and up.
    fn hold(&mut self, hands: &mut Hands, wanted: Modifiers) {
        for (modifier, value) in MODIFIERS {
            let kind = match (
                hands.modifiers.contains(modifier),
                wanted.contains(modifier),
            ) {
                (false, true) => "keyDown",
                (true, false) => "keyUp",
                _ => continue,
            };
            self.tick(
                Source::Keys,
                json!({ "type": kind, "value": value.to_string() }),
            );
        }
        hands.modifiers = wanted;
    }

    fn touch(&mut self, hands: &mut Hands, kind: TouchKind, points: &[TouchPoint]) {
        match kind {
            TouchKind::Start | TouchKind::Move => {
                for point in points {
                    let down = hands
                        .fingers
                        .iter_mut()
                        .find(|finger| finger.id == point.id);
                    self.tick(Source::Finger(point.id), move_to(point.at));
                    match down {
                        Some(finger) => finger.at = point.at,
                        None => {
                            hands.fingers.push(*point);
                            self.tick(
                                Source::Finger(point.id),
                                json!({ "type": "pointerDown", "button": 0 }),
                            );
                        }
                    }
                }
            }
            TouchKind::End | TouchKind::Cancel => {
                // The points are those that stay down.
                let lifted: Vec<_> = hands
                    .fingers
                    .extract_if(.., |finger| {
                        points.iter().all(|stays| stays.id != finger.id)
                    })
                    .collect();
                for finger in lifted {
                    self.tick(
                        Source::Finger(finger.id),
                        json!({ "type": "pointerUp", "button": 0 }),
                    );
                }
            }
        }
    }
}

/// The modifier keys with their code points in WebDriver.
const MODIFIERS: [(Modifiers, char); 4] = [
    (Modifiers::SHIFT, '\u{E008}'),
    (Modifiers::CONTROL, '\u{E009}'),
    (Modifiers::ALT, '\u{E00A}'),
    (Modifiers::META, '\u{E03D}'),
];

/// Keys by their code in `KeyboardEvent.code` with their code points in WebDriver's table of normalised key values.
const KEYS: [(&str, char); 56] = [
    ("Backspace", '\u{E003}'),
    ("Tab", '\u{E004}'),
    ("Enter", '\u{E006}'),
    ("ShiftLeft", '\u{E008}'),
    ("ControlLeft", '\u{E009}'),
    ("AltLeft", '\u{E00A}'),
    ("Pause", '\u{E00B}'),
    ("Escape", '\u{E00C}'),
    ("PageUp", '\u{E00E}'),
    ("PageDown", '\u{E00F}'),
    ("End", '\u{E010}'),
    ("Home", '\u{E011}'),
    ("ArrowLeft", '\u{E012}'),
    ("ArrowUp", '\u{E013}'),
    ("ArrowRight", '\u{E014}'),
    ("ArrowDown", '\u{E015}'),
    ("Insert", '\u{E016}'),
    ("Delete", '\u{E017}'),
    ("Numpad0", '\u{E01A}'),
    ("Numpad1", '\u{E01B}'),
    ("Numpad2", '\u{E01C}'),
    ("Numpad3", '\u{E01D}'),
    ("Numpad4", '\u{E01E}'),
    ("Numpad5", '\u{E01F}'),
    ("Numpad6", '\u{E020}'),
    ("Numpad7", '\u{E021}'),
    ("Numpad8", '\u{E022}'),
    ("Numpad9", '\u{E023}'),
    ("NumpadMultiply", '\u{E024}'),
    ("NumpadAdd", '\u{E025}'),
    ("NumpadSubtract", '\u{E027}'),
    ("NumpadDecimal", '\u{E028}'),
    ("NumpadDivide", '\u{E029}'),
    ("NumpadEnter", '\u{E007}'),
    ("F1", '\u{E031}'),
    ("F2", '\u{E032}'),
    ("F3", '\u{E033}'),
    ("F4", '\u{E034}'),
    ("F5", '\u{E035}'),
    ("F6", '\u{E036}'),
    ("F7", '\u{E037}'),
    ("F8", '\u{E038}'),
    ("F9", '\u{E039}'),
    ("F10", '\u{E03A}'),
    ("F11", '\u{E03B}'),
    ("F12", '\u{E03C}'),
    ("MetaLeft", '\u{E03D}'),
    ("ShiftRight", '\u{E050}'),
    ("ControlRight", '\u{E051}'),
    ("AltRight", '\u{E052}'),
    ("MetaRight", '\u{E053}'),
    ("Clear", '\u{E005}'),
    ("Help", '\u{E002}'),
    ("NumpadEqual", '\u{E019}'),
    ("OSLeft", '\u{E03D}'),
    ("OSRight", '\u{E053}'),
];

/// What WebDriver calls a key: what it types, or a code point of its own for the others.
fn value_of(key: &KeyStroke) -> String {
    let code = key.place.map(|place| place.code).unwrap_or_default();
    match KEYS.iter().find(|(known, _)| *known == code) {
        Some((_, value)) => value.to_string(),
        None => key.key.clone(),
    }
}

fn number(button: MouseButton) -> u8 {
    match button {
        MouseButton::Left => 0,
        MouseButton::Middle => 1,
        MouseButton::Right => 2,
        MouseButton::Back => 3,
        MouseButton::Forward => 4,
    }
}

fn move_to(at: Point) -> Value {
    json!({ "type": "pointerMove", "x": whole(at.x), "y": whole(at.y), "duration": 0 })
}

fn pause() -> Value {
    json!({ "type": "pause" })
}

/// Firefox takes whole pixels only for the wheel; for the pointer a part of a pixel changes nothing either.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a viewport is smaller than that"
)]
fn whole(pixels: f64) -> i64 {
    pixels.round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOWHERE: Point = Point::new(0.0, 0.0);

    #[test]
    fn every_source_has_as_many_ticks_as_the_command() {
        let mut ticks = Ticks::default();
        let mut hands = Hands::default();
        let press = InputEvent::Down {
            at: Point::new(13.4, 24.6),
            button: MouseButton::Right,
            clicks: 1,
        };
        for event in [
            InputEvent::MouseModifiers(Modifiers::SHIFT),
            press,
            InputEvent::Text("x".to_owned()),
            InputEvent::MouseModifiers(Modifiers::NONE),
        ] {
            ticks.add(&mut hands, &event, Point::new(10.0, 20.0));
        }
        assert_eq!(
            ticks.finish(),
            json!([
                { "type": "key", "id": "keys", "actions": [
                    { "type": "keyDown", "value": "\u{E008}" }, pause(), pause(), { "type": "keyUp", "value": "\u{E008}" },
                ] },
                { "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": [
                    pause(), { "type": "pointerMove", "x": 3, "y": 5, "duration": 0 },
                    { "type": "pointerDown", "button": 2 }, pause(),
                ] },
            ])
        );
    }

    #[test]
    fn a_finger_that_is_not_named_any_more_is_lifted() {
        let mut ticks = Ticks::default();
        let mut hands = Hands::default();
        let at = |id| TouchPoint {
            id,
            at: Point::new(1.0, 1.0),
        };
        let touch = |kind, points| InputEvent::Touch { kind, points };
        let start = touch(TouchKind::Start, vec![at(0), at(1)]);
        ticks.add(&mut hands, &start, NOWHERE);
        ticks.add(&mut hands, &touch(TouchKind::End, vec![at(1)]), NOWHERE);
        assert_eq!(hands.fingers.len(), 1);
        let text = ticks.finish().to_string();
        assert_eq!(text.matches("pointerUp").count(), 1, "{text}");
        assert_eq!(text.matches("pointerDown").count(), 2, "{text}");
    }
}

//! A person's input: written to the browser at once, in order, never queued behind an answer.
//!
//! Only what may be replaced waits: while the page has not handled a pointer move or a turn of the wheel, later ones
//! merge into one. Moves with a button held are points of a stroke and go out one by one, up to a bound; everything
//! else goes out immediately, after the move that stands before it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use browser::{
    BrowserError, Capability, Engine, KeyEvent, KeyEventKind, Modifiers, MouseButton, Page, Point,
    Receipt, TouchKind as PageTouch, TouchPoint as PagePoint,
};
use ids::ViewerId;

use super::{Actor, Internal};
use crate::error::SessionError;
use crate::input_clock::InputClock;
use crate::protocol::{
    ImeText, KeyInput, KeyKind, Level, MouseInput, MouseKind, Notice, TouchInput, TouchKind,
    WheelInput,
};

/// An input that the page has not handled by then will not tell anything about latency.
const HANDLED_WITHIN: Duration = Duration::from_secs(5);
/// Points of a stroke that the page may be behind; the browser hands them to the page together, none of them lost.
const STROKE_IN_FLIGHT: usize = 64;
/// Inputs that wait for a picture of the whole page or for a recorder; it takes less time than anybody needs for as many.
const MOST_HELD: usize = 4_096;
/// Text inserted at once.
const TEXT_LIMIT: usize = 1024 * 1024;

/// One input of a viewer.
pub(super) enum Input {
    Mouse(MouseInput),
    Wheel(WheelInput),
    Key(KeyInput),
    Text(String),
    Ime(ImeText),
    Touch(TouchInput),
}

/// Who sent an input and how it is counted.
#[derive(Clone)]
struct Ticket {
    seq: Option<u32>,
    clock: Arc<InputClock>,
}

/// What waits because the page is behind, and what is held down.
#[derive(Default)]
pub(super) struct InputPump {
    waiting: Option<(Merging, Ticket)>,
    /// Merging inputs that were written and not yet handled.
    in_flight: usize,
    /// What was sent while input waits.
    held: Vec<(ViewerId, Option<u32>, Input)>,
    /// Whether people were told that some of it was lost.
    overflowed: bool,
    buttons: Vec<MouseButton>,
    keys: Vec<KeyInput>,
}

/// Inputs of which only the sum counts.
enum Merging {
    Move(MouseInput),
    Wheel(WheelInput),
    Fingers(TouchInput),
}

impl Actor {
    pub(super) fn on_input(&mut self, viewer: ViewerId, seq: Option<u32>, input: Input) {
        // A dialog takes the input of its page; what is sent meanwhile would arrive all at once afterwards.
        if self.dialog.is_some() {
            return;
        }
        let Some(page) = self.active_page() else {
            return;
        };
        if self.holds_input() {
            return self.hold(viewer, seq, input);
        }
        let Some(viewer) = self.viewers.get(&viewer) else {
            return;
        };
        let ticket = Ticket {
            seq,
            clock: Arc::clone(&viewer.clock),
        };
        match input {
            Input::Mouse(mouse) if mouse.kind == MouseKind::Move => {
                self.merge(&page, Merging::Move(mouse), ticket)
            }
            Input::Wheel(wheel) => self.merge(&page, Merging::Wheel(wheel), ticket),
            Input::Touch(touch) if touch.kind == TouchKind::Move => {
                self.merge(&page, Merging::Fingers(touch), ticket)
            }
            other => {
                self.write_waiting(&page);
                let receipt = self.write(&page, other);
                self.follow(receipt, ticket, false);
            }
        }
    }

    /// Whether input waits: for a picture of the whole page, or for the recorder of a new document.
    pub(super) fn holds_input(&self) -> bool {
        self.whole_pictures.hold_input() || self.starting_recorders > 0
    }

    fn hold(&mut self, viewer: ViewerId, seq: Option<u32>, input: Input) {
        if self.pump.held.len() < MOST_HELD {
            return self.pump.held.push((viewer, seq, input));
        }
        if !std::mem::replace(&mut self.pump.overflowed, true) {
            let text = "What was done while the page was not ready for it was too much; the rest of it is lost.";
            self.say(
                None,
                Notice::note(Level::Warning, "input_lost", text.to_owned()),
            );
        }
    }

    /// What waited.
    pub(super) fn write_held(&mut self) {
        self.pump.overflowed = false;
        for (viewer, seq, input) in std::mem::take(&mut self.pump.held) {
            self.on_input(viewer, seq, input);
        }
    }

    /// The engine has no such input. It is told once: what is dragged or composed comes as many inputs.
    pub(super) fn on_input_unsupported(&mut self, engine: Engine, capability: Capability) {
        if self.refused_inputs.insert(capability) {
            let error = SessionError::Unsupported(BrowserError::Unsupported { engine, capability });
            let (code, text) = ("unsupported", format!("{error}."));
            self.say(None, Notice::note(Level::Warning, code, text));
        }
    }

    /// The page handled an input, or gave it up.
    pub(super) fn on_input_done(&mut self, coalesced: bool, took: Duration) {
        self.beat.input_took(took);
        self.unhandled_inputs = self.unhandled_inputs.saturating_sub(1);
        if coalesced {
            self.pump.in_flight = self.pump.in_flight.saturating_sub(1);
            if let Some(page) = self.active_page().filter(|_| self.pump.in_flight == 0) {
                self.write_waiting(&page);
            }
        }
        self.take_whole_pictures();
    }

    /// Lets go of everything that is held down, so that nothing sticks when the controls change hands.
    pub(super) fn release_input(&mut self) {
        self.pump.waiting = None;
        let (buttons, keys) = (
            std::mem::take(&mut self.pump.buttons),
            std::mem::take(&mut self.pump.keys),
        );
        let Some(page) = self.active_page().filter(|_| self.dialog.is_none()) else {
            return;
        };
        for button in buttons {
            page.mouse().up(button, 1).forget();
        }
        for key in keys {
            page.keyboard()
                .key_event(&key_event(&KeyInput {
                    kind: KeyKind::Up,
                    text: None,
                    ..key
                }))
                .forget();
        }
    }

    /// Forgets what waits: its page is gone, or a dialog took over.
    pub(super) fn reset_input(&mut self) {
        self.pump = InputPump::default();
    }

    fn merge(&mut self, page: &Page, next: Merging, ticket: Ticket) {
        let most = match &next {
            Merging::Move(mouse) if mouse.buttons != 0 => STROKE_IN_FLIGHT,
            _ => 1,
        };
        if self.pump.in_flight < most && self.pump.waiting.is_none() {
            return self.write_merging(page, next, ticket);
        }
        let merged = match (self.pump.waiting.take(), next) {
            (Some((Merging::Wheel(before), _)), Merging::Wheel(mut after)) => {
                after.dx += before.dx;
                after.dy += before.dy;
                Merging::Wheel(after)
            }
            (Some((Merging::Move(_), _)), Merging::Move(after)) => Merging::Move(after),
            (Some((Merging::Fingers(_), _)), Merging::Fingers(after)) => Merging::Fingers(after),
            (Some((before, before_ticket)), after) => {
                self.write_merging(page, before, before_ticket);
                after
            }
            (None, after) => after,
        };
        self.pump.waiting = Some((merged, ticket));
    }

    fn write_waiting(&mut self, page: &Page) {
        if let Some((waiting, ticket)) = self.pump.waiting.take() {
            self.write_merging(page, waiting, ticket);
        }
    }

    fn write_merging(&mut self, page: &Page, merging: Merging, ticket: Ticket) {
        let receipt = match merging {
            Merging::Move(mouse) => self.write(page, Input::Mouse(mouse)),
            Merging::Wheel(wheel) => self.write(page, Input::Wheel(wheel)),
            Merging::Fingers(touch) => self.write(page, Input::Touch(touch)),
        };
        self.pump.in_flight += 1;
        self.follow(receipt, ticket, true);
    }

    /// Waits in a task of its own until the page has handled it.
    fn follow(&mut self, receipt: Receipt, ticket: Ticket, coalesced: bool) {
        let progress = self.progress(HANDLED_WITHIN);
        let handled = receipt.handled();
        if let Some(seq) = ticket.seq {
            ticket.clock.written(seq, handled.clone());
        }
        let internal = self.internal.clone();
        let written = Instant::now();
        self.unhandled_inputs += 1;
        self.spawn(async move {
            let outcome = receipt.done(&progress).await;
            let now = Instant::now();
            match outcome {
                Ok(()) => handled.note(now),
                Err(BrowserError::Unsupported { engine, capability }) => {
                    let _ = internal
                        .send(Internal::InputUnsupported { engine, capability })
                        .await;
                }
                Err(error) => tracing::debug!(%error, "an input was not handled"),
            }
            let _ = internal
                .send(Internal::InputDone {
                    coalesced,
                    took: now - written,
                })
                .await;
        });
    }

    fn write(&mut self, page: &Page, input: Input) -> Receipt {
        match input {
            Input::Mouse(mouse) => self.write_mouse(page, &mouse),
            Input::Wheel(wheel) => {
                page.mouse().set_modifiers(Modifiers(wheel.mods));
                page.mouse()
                    .wheel(Point::new(wheel.x, wheel.y), wheel.dx, wheel.dy)
            }
            Input::Key(key) => {
                self.pump
                    .keys
                    .retain(|held| held.code != key.code || held.key != key.key);
                let event = key_event(&key);
                if key.kind == KeyKind::Down {
                    self.pump.keys.push(key);
                }
                page.keyboard().key_event(&event)
            }
            Input::Text(text) => page.keyboard().send_text(&cut(text)),
            Input::Ime(ime) => page
                .keyboard()
                .ime_set_composition(&ime.text, ime.start, ime.end),
            Input::Touch(touch) => {
                let points: Vec<_> = touch
                    .points
                    .iter()
                    .map(|point| page_point(*point))
                    .collect();
                page.touch().event(page_touch(touch.kind), &points)
            }
        }
    }

    fn write_mouse(&mut self, page: &Page, mouse: &MouseInput) -> Receipt {
        let (pointer, at) = (page.mouse(), Point::new(mouse.x, mouse.y));
        pointer.set_modifiers(Modifiers(mouse.mods));
        let button = page_button(mouse.button);
        let clicks = u32::from(mouse.clicks.max(1));
        if mouse.kind != MouseKind::Move && pointer.position() != at {
            pointer.move_to(at).forget();
        }
        match mouse.kind {
            MouseKind::Move => pointer.move_to(at),
            MouseKind::Down => {
                self.pump.buttons.push(button);
                pointer.down(button, clicks)
            }
            MouseKind::Up => {
                self.pump.buttons.retain(|held| *held != button);
                pointer.up(button, clicks)
            }
        }
    }
}

fn page_button(button: u8) -> MouseButton {
    match button {
        1 => MouseButton::Middle,
        2 => MouseButton::Right,
        3 => MouseButton::Back,
        4 => MouseButton::Forward,
        _ => MouseButton::Left,
    }
}

fn key_event(key: &KeyInput) -> KeyEvent {
    KeyEvent {
        kind: match key.kind {
            KeyKind::Down => KeyEventKind::Down,
            KeyKind::Up => KeyEventKind::Up,
        },
        key: key.key.clone(),
        code: key.code.clone(),
        text: key.text.clone(),
        location: key.location,
        modifiers: Modifiers(key.mods),
        repeat: key.repeat,
    }
}

fn page_touch(kind: TouchKind) -> PageTouch {
    match kind {
        TouchKind::Start => PageTouch::Start,
        TouchKind::Move => PageTouch::Move,
        TouchKind::End => PageTouch::End,
        TouchKind::Cancel => PageTouch::Cancel,
    }
}

fn page_point(point: crate::protocol::TouchPoint) -> PagePoint {
    // Browsers number fingers with any integer; the protocol takes small ones, and only equality counts.
    let id = u32::try_from(point.id.rem_euclid(1 << 16)).unwrap_or_default();
    PagePoint {
        id,
        at: Point::new(point.x, point.y),
    }
}

fn cut(mut text: String) -> String {
    if let Some(end) = (0..=TEXT_LIMIT.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
    {
        text.truncate(end);
    }
    text
}

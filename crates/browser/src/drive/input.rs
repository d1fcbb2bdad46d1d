//! Trusted input for engines that are driven through [`PageDriver`](crate::drive::driver::PageDriver).

use std::sync::Arc;
use std::time::Duration;

use crate::Result;
use crate::capability::Capability;
use crate::cdp::frame::World;
use crate::cdp::input::Modifiers;
use crate::cdp::input::keyboard::{
    COMMANDING, KeyEvent, KeyEventKind, find, parse_chord, without_alt_graph,
};
use crate::cdp::input::keymap::{self, Key};
use crate::cdp::input::mouse::{ClickOptions, MouseButton, Point};
use crate::cdp::input::touch::{TouchKind, TouchPoint};
use crate::drive::core::Core;
use crate::drive::driver::{Answer, InputEvent, KeyStroke};
use crate::drive::frame::DrivenFrame;
use crate::error::BrowserError;
use crate::progress::Progress;

/// What is held, and where the pointer is.
#[derive(Default)]
pub(crate) struct Held {
    pub(crate) modifiers: Modifiers,
    keys: Vec<&'static str>,
    at: Point,
    buttons: u8,
    mouse_modifiers: Modifiers,
}

/// Events that were written, in order.
pub(crate) struct DrivenReceipt {
    core: Arc<Core>,
    answers: Vec<Answer<()>>,
}

impl DrivenReceipt {
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.answers.extend(other.answers);
        self
    }

    pub(crate) async fn done(self, progress: &Progress) -> Result<()> {
        let Self { core, answers } = self;
        core.check_alive()?;
        let handled = async {
            for answer in answers {
                answer.await?;
            }
            Ok(())
        };
        let what = "waiting for the page to handle input";
        match core.unless_dialog(progress, what, handled).await {
            // The input closed the page, or led it to another document: it was handled.
            Ok(())
            | Err(
                BrowserError::DialogOpen { .. }
                | BrowserError::PageClosed
                | BrowserError::ContextDestroyed,
            ) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

/// A page's mouse, keyboard and touch screen.
pub(crate) struct DrivenInput {
    core: Arc<Core>,
}

impl DrivenInput {
    pub(crate) fn new(core: Arc<Core>) -> Self {
        Self { core }
    }

    fn send(&self, events: Vec<InputEvent>) -> DrivenReceipt {
        self.receipt(self.core.driver.input(events))
    }

    /// The receipt of events that were written.
    pub(crate) fn receipt(&self, handled: Answer<()>) -> DrivenReceipt {
        let core = Arc::clone(&self.core);
        let answer: Answer<()> = Box::pin(async move {
            let outcome = handled.await;
            core.nudge_cast();
            outcome
        });
        DrivenReceipt {
            core: Arc::clone(&self.core),
            answers: vec![answer],
        }
    }
}

/// The mouse.
impl DrivenInput {
    pub(crate) fn move_to(&self, to: Point) -> DrivenReceipt {
        self.core.held().at = to;
        self.send(vec![InputEvent::Move { to }])
    }

    pub(crate) fn down(&self, button: MouseButton, clicks: u32) -> DrivenReceipt {
        let at = {
            let mut held = self.core.held();
            held.buttons |= button.bit();
            held.at
        };
        self.send(vec![InputEvent::Down { at, button, clicks }])
    }

    pub(crate) fn up(&self, button: MouseButton) -> DrivenReceipt {
        let at = {
            let mut held = self.core.held();
            held.buttons &= !button.bit();
            held.at
        };
        self.send(vec![InputEvent::Up { at, button }])
    }

    /// All in one: the page has no time in between to take away what is pressed, and browsers tell a double click by the time
    /// between its clicks, which a busy machine may make too long.
    fn clicks(&self, button: MouseButton, count: u32) -> DrivenReceipt {
        let at = self.position();
        let click = |clicks| {
            [
                InputEvent::Down { at, button, clicks },
                InputEvent::Up { at, button },
            ]
        };
        self.send((1..=count).flat_map(click).collect())
    }

    pub(crate) fn wheel(&self, at: Point, dx: f64, dy: f64) -> DrivenReceipt {
        self.core.held().at = at;
        self.send(vec![InputEvent::Wheel { at, dx, dy }])
    }

    pub(crate) fn set_modifiers(&self, modifiers: Modifiers) {
        let new = {
            let mut held = self.core.held();
            std::mem::replace(&mut held.mouse_modifiers, modifiers) != modifiers
        };
        if new {
            // The events that follow come after it; nobody waits for it by itself.
            drop(self.send(vec![InputEvent::MouseModifiers(modifiers)]));
        }
    }

    pub(crate) fn position(&self) -> Point {
        self.core.held().at
    }

    pub(crate) async fn click(
        &self,
        progress: &Progress,
        at: Point,
        options: ClickOptions,
    ) -> Result<()> {
        let before = self.core.held().mouse_modifiers;
        self.set_modifiers(before | options.modifiers);
        let mut written = self.move_to(at);
        let count = options.count.max(1);
        if options.delay.is_zero() {
            written = written.and(self.clicks(options.button, count));
        } else {
            for click in 1..=count {
                written = written.and(self.down(options.button, click));
                progress
                    .race(
                        "holding the mouse button",
                        tokio::time::sleep(options.delay),
                    )
                    .await?;
                written = written.and(self.up(options.button));
            }
        }
        self.set_modifiers(before);
        written.done(progress).await
    }

    pub(crate) async fn drag(
        &self,
        progress: &Progress,
        from: Point,
        to: Point,
        steps: u32,
    ) -> Result<()> {
        let steps = steps.max(2);
        if !self.core.driver.drops() {
            self.in_frames(progress, WATCH_DRAG).await?;
        }
        self.move_to(from)
            .and(self.down(MouseButton::Left, 1))
            .done(progress)
            .await?;
        // Far enough for the browser to see a drag and not a shaky click.
        let nudge = Point::new(
            from.x + 6.0_f64.copysign(to.x - from.x),
            from.y + 6.0_f64.copysign(to.y - from.y),
        );
        self.move_to(nudge).done(progress).await?;
        for step in 1..=steps {
            let part = f64::from(step) / f64::from(steps);
            let at = Point::new(
                from.x + (to.x - from.x) * part,
                from.y + (to.y - from.y) * part,
            );
            self.move_to(at).done(progress).await?;
        }
        if !self.core.driver.drops() && self.is_html_drag(progress).await? {
            self.up(MouseButton::Left).done(progress).await?;
            return Err(BrowserError::Unsupported {
                engine: self.core.driver.engine(),
                capability: Capability::HtmlDragAndDrop,
            });
        }
        // Targets look at the last move before the drop.
        self.move_to(to)
            .and(self.up(MouseButton::Left))
            .done(progress)
            .await
    }
}

/// Notices that the page takes a drag for HTML's own.
const WATCH_DRAG: &str = "globalThis.__proscenium_drag = false; \
    addEventListener('dragstart', () => { globalThis.__proscenium_drag = true }, { capture: true, once: true })";
const IS_DRAG: &str = "globalThis.__proscenium_drag === true";

impl DrivenInput {
    async fn is_html_drag(&self, progress: &Progress) -> Result<bool> {
        self.in_frames(progress, IS_DRAG).await
    }

    /// Evaluates in every frame; whether any of them says `true`.
    async fn in_frames(&self, progress: &Progress, expression: &str) -> Result<bool> {
        let ids = self.core.lock().frames.ids();
        let mut any = false;
        for id in ids {
            let frame = DrivenFrame::new(Arc::clone(&self.core), id);
            match frame.evaluate(progress, World::Isolated, expression).await {
                Ok(told) => any |= told == serde_json::Value::Bool(true),
                // A frame that goes meanwhile is not the one.
                Err(BrowserError::ContextDestroyed) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(any)
    }
}

/// The keyboard.
impl DrivenInput {
    pub(crate) fn key_down(&self, name: &str) -> Result<DrivenReceipt> {
        let event = self.down_event(find(name)?);
        Ok(self.send(vec![event]))
    }

    pub(crate) fn key_up(&self, name: &str) -> Result<DrivenReceipt> {
        let event = self.up_event(find(name)?);
        Ok(self.send(vec![event]))
    }

    pub(crate) async fn press(&self, progress: &Progress, chord: &str) -> Result<()> {
        let keys = parse_chord(chord)?;
        let mut events: Vec<_> = keys.iter().map(|key| self.down_event(*key)).collect();
        events.extend(keys.iter().rev().map(|key| self.up_event(*key)));
        self.send(events).done(progress).await
    }

    pub(crate) fn send_text(&self, text: &str) -> DrivenReceipt {
        self.send(vec![InputEvent::Text(text.to_owned())])
    }

    pub(crate) async fn type_text(
        &self,
        progress: &Progress,
        text: &str,
        delay: Duration,
    ) -> Result<()> {
        let mut events = Vec::new();
        for character in text.chars() {
            let mut buffer = [0; 4];
            let character = &*character.encode_utf8(&mut buffer);
            match keymap::find(character) {
                Some(key) => events.extend([self.down_event(key), self.up_event(key)]),
                None => events.push(InputEvent::Text(character.to_owned())),
            }
            if !delay.is_zero() {
                self.send(std::mem::take(&mut events))
                    .done(progress)
                    .await?;
                progress.race("typing", tokio::time::sleep(delay)).await?;
            }
        }
        if events.is_empty() {
            return Ok(());
        }
        self.send(events).done(progress).await
    }

    pub(crate) fn compose(&self) -> DrivenReceipt {
        self.send(vec![InputEvent::Compose])
    }

    pub(crate) fn key_event(&self, event: &KeyEvent) -> DrivenReceipt {
        let place = keymap::find_code(&event.code, &event.key);
        let own_text = place.and_then(|key| key.text(event.modifiers.contains(Modifiers::SHIFT)));
        let text = event
            .text
            .clone()
            .or_else(|| (event.key.chars().count() == 1).then(|| event.key.clone()))
            .or_else(|| own_text.filter(|_| event.key == "Enter").map(str::to_owned));
        let modifiers = without_alt_graph(event.modifiers, text.as_deref(), own_text);
        self.core.held().modifiers = modifiers;
        let text = text.filter(|text| modifiers.0 & COMMANDING == 0 && !text.is_empty());
        let key = KeyStroke {
            key: event.key.clone(),
            place,
            text,
            modifiers,
        };
        self.send(vec![match event.kind {
            KeyEventKind::Down => InputEvent::KeyDown { key },
            KeyEventKind::Up => InputEvent::KeyUp { key },
        }])
    }

    pub(crate) fn modifiers(&self) -> Modifiers {
        self.core.held().modifiers
    }

    fn down_event(&self, (key, shift): (Key, bool)) -> InputEvent {
        let mut held = self.core.held();
        if !held.keys.contains(&key.code) {
            held.keys.push(key.code);
        }
        if let Some(modifier) = key.modifier() {
            held.modifiers = held.modifiers | modifier;
        }
        let key = stroke(key, shift, held.modifiers);
        InputEvent::KeyDown { key }
    }

    fn up_event(&self, (key, shift): (Key, bool)) -> InputEvent {
        let mut held = self.core.held();
        held.keys.retain(|code| *code != key.code);
        if let Some(modifier) = key.modifier() {
            held.modifiers = Modifiers(held.modifiers.0 & !modifier.0);
        }
        let key = stroke(key, shift, held.modifiers);
        InputEvent::KeyUp { key }
    }
}

/// The touch screen.
impl DrivenInput {
    pub(crate) fn touch(&self, kind: TouchKind, points: &[TouchPoint]) -> DrivenReceipt {
        self.send(vec![InputEvent::Touch {
            kind,
            points: points.to_vec(),
        }])
    }
}

fn stroke(key: Key, shift: bool, modifiers: Modifiers) -> KeyStroke {
    let shift = shift || modifiers.contains(Modifiers::SHIFT);
    let commanding = modifiers.0 & COMMANDING != 0;
    KeyStroke {
        key: if shift { key.shifted } else { key.key }.to_owned(),
        text: key.text(shift).filter(|_| !commanding).map(str::to_owned),
        place: Some(key),
        modifiers,
    }
}

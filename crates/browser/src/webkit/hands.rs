//! One pair of hands per page. The browser loses count of mouse events that are sent before the last was handled, so
//! they go one after another.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot};

use crate::Result;
use crate::capability::Capability;
use crate::cdp::frame::World;
use crate::cdp::input::Modifiers;
use crate::cdp::input::mouse::{MouseButton, Point};
use crate::drive::driver::{Answer, Call, InputEvent, KeyStroke};
use crate::error::BrowserError;
use crate::ids::FrameId;
use crate::options::Engine;
use crate::webkit::keys::{self, Pressed};
use crate::webkit::scripts;
use crate::webkit::wire::Wire;

/// Puts text where the focus is, as an input method would; returns the frame element when the focus is inside of one.
const INSERT: &str = "function(values) { let at = document.activeElement; \
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement; \
    if (at && (at.localName === 'iframe' || at.localName === 'frame')) return at; \
    document.execCommand('insertText', false, values[0]); return null }";

/// How to reach a page's hands. They go when the last of these goes.
pub(crate) struct Reach(mpsc::UnboundedSender<Job>);

struct Job {
    events: Vec<InputEvent>,
    done: oneshot::Sender<Result<()>>,
}

#[derive(Default)]
struct Hands {
    pressed: Pressed,
    button: Option<MouseButton>,
    modifiers: Modifiers,
    /// How far the wheel has been turned in all: a state says where it stands, and a turn is what is between two.
    wheel: (f64, f64),
}

impl Reach {
    pub(crate) fn new(wire: Arc<Wire>) -> Self {
        let (sender, jobs) = mpsc::unbounded_channel();
        tokio::spawn(work(wire, jobs));
        Self(sender)
    }

    pub(crate) fn input(&self, events: Vec<InputEvent>) -> Answer<()> {
        let (done, answer) = oneshot::channel();
        // The hands are there as long as we are.
        let _ = self.0.send(Job { events, done });
        Box::pin(async move { answer.await.unwrap_or(Err(BrowserError::PageClosed)) })
    }
}

async fn work(wire: Arc<Wire>, mut jobs: mpsc::UnboundedReceiver<Job>) {
    let mut hands = Hands::default();
    while let Some(job) = jobs.recv().await {
        let result = match Click::of(&job.events) {
            Some(click) => hands.click(&wire, click).await,
            None => hands.perform_all(&wire, job.events).await,
        };
        // Who asked may not wait.
        let _ = job.done.send(result);
    }
}

/// Presses and releases that the browser makes by itself when it is asked for them in one.
struct Click {
    interaction: &'static str,
    at: Point,
    button: MouseButton,
}

impl Click {
    /// The click that the events are and nothing else.
    fn of(events: &[InputEvent]) -> Option<Self> {
        let (at, button, interaction) = match events {
            [
                InputEvent::Down {
                    at,
                    button,
                    clicks: 1,
                },
                InputEvent::Up { .. },
            ] => (*at, *button, "SingleClick"),
            // Of presses that come one by one the browser counts those within a second of each other.
            [
                InputEvent::Down { at, button, .. },
                InputEvent::Up { .. },
                InputEvent::Down { clicks: 2, .. },
                InputEvent::Up { .. },
            ] => (*at, *button, "DoubleClick"),
            _ => return None,
        };
        Some(Self {
            interaction,
            at,
            button,
        })
    }
}

impl Hands {
    async fn perform_all(&mut self, wire: &Arc<Wire>, events: Vec<InputEvent>) -> Result<()> {
        for event in events {
            self.perform(wire, event).await?;
        }
        Ok(())
    }

    async fn click(&mut self, wire: &Arc<Wire>, click: Click) -> Result<()> {
        let Click {
            interaction,
            at,
            button,
        } = click;
        self.mouse(wire, interaction, at, Some(button)).await?;
        self.undrag(wire, at).await
    }

    async fn perform(&mut self, wire: &Arc<Wire>, event: InputEvent) -> Result<()> {
        match event {
            InputEvent::Move { to } => {
                let button = self.button;
                self.mouse(wire, "Move", to, button).await?;
                self.undrag(wire, to).await
            }
            InputEvent::Down { at, button, .. } => {
                self.button = Some(button);
                self.mouse(wire, "Down", at, Some(button)).await
            }
            InputEvent::Up { at, button, .. } => {
                self.button = None;
                self.mouse(wire, "Up", at, Some(button)).await?;
                self.undrag(wire, at).await
            }
            InputEvent::Wheel { at, dx, dy } => {
                // Whole pixels only; what is less is part of the next turn.
                self.wheel = (self.wheel.0 + dx, self.wheel.1 + dy);
                let state = json!({
                    "location": {"x": at.x, "y": at.y},
                    "delta": {"width": self.wheel.0.round(), "height": self.wheel.1.round()},
                    "duration": 0,
                });
                sequence(wire, "Wheel", state).await
            }
            InputEvent::MouseModifiers(modifiers) => {
                self.modifiers = modifiers;
                Ok(())
            }
            InputEvent::KeyDown { key } => self.key(wire, &key, true).await,
            InputEvent::KeyUp { key } => self.key(wire, &key, false).await,
            InputEvent::Text(text) => insert(wire, &text).await,
            InputEvent::Compose => unsupported(Capability::Composition),
            InputEvent::Touch { .. } => unsupported(Capability::Touch),
        }
    }

    async fn mouse(
        &self,
        wire: &Wire,
        interaction: &str,
        at: Point,
        button: Option<MouseButton>,
    ) -> Result<()> {
        let button = match button {
            None => "None",
            Some(MouseButton::Left) => "Left",
            Some(MouseButton::Middle) => "Middle",
            Some(MouseButton::Right) => "Right",
            Some(_) => return unsupported(Capability::SideButtons),
        };
        let modifiers = keys::names(self.modifiers | self.pressed.modifiers());
        let params = json!({
            "handle": wire.handle(),
            "position": {"x": at.x, "y": at.y},
            "button": button,
            "interaction": interaction,
            "modifiers": modifiers,
        });
        let done = wire.automate::<Value>("Automation.performMouseInteraction", &params);
        done.await.map(drop)
    }

    /// A drag by HTML's drag and drop is the window system's affair, of which mouse events are no part: it is ended.
    async fn undrag(&mut self, wire: &Wire, at: Point) -> Result<()> {
        if !std::mem::take(&mut wire.lock().dragging) {
            return Ok(());
        }
        if let Some(button) = self.button.take() {
            self.mouse(wire, "Up", at, Some(button)).await?;
        }
        unsupported(Capability::HtmlDragAndDrop)
    }

    async fn key(&mut self, wire: &Wire, key: &KeyStroke, down: bool) -> Result<()> {
        if down {
            self.pressed.down(key);
        } else {
            self.pressed.up(key);
        }
        // A person's keys say what is held besides; those keys may never have been told.
        let besides = if down { key.modifiers } else { Modifiers::NONE };
        for state in self.pressed.states(besides) {
            sequence(wire, "Keyboard", state).await?;
        }
        Ok(())
    }
}

/// Brings an input source into a state.
async fn sequence(wire: &Wire, source: &str, mut state: Value) -> Result<()> {
    state["sourceId"] = source.into();
    let params = json!({
        "handle": wire.handle(),
        "inputSources": [{"sourceId": source, "sourceType": source}],
        "steps": [{"states": [state]}],
    });
    let done = wire.automate::<Value>("Automation.performInteractionSequence", &params);
    done.await.map(drop)
}

async fn insert(wire: &Arc<Wire>, text: &str) -> Result<()> {
    let mut frame = FrameId::from(wire.id.as_str());
    loop {
        if text.is_empty() {
            // The page is only to have handled what came before.
            return wire.evaluate(&frame, World::Isolated, "0").await.map(drop);
        }
        let call = Call {
            declaration: INSERT.to_owned(),
            arguments: json!([text]).to_string(),
            this: None,
        };
        let Some(element) = wire.call_handle(&frame, &call).await? else {
            return Ok(());
        };
        frame = scripts::child_frame(Arc::clone(wire), frame, &element)
            .await?
            .ok_or(BrowserError::ContextDestroyed)?;
    }
}

fn unsupported<T>(capability: Capability) -> Result<T> {
    Err(BrowserError::Unsupported {
        engine: Engine::WebKit,
        capability,
    })
}

//! One pair of hands per page: commands that press, type and point go one after another, and those that wait
//! together go together.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::json;
use tokio::sync::{mpsc, oneshot};

use crate::Result;
use crate::bidi::actions::{Hands, Ticks};
use crate::bidi::aim::{self, Aim};
use crate::bidi::target::Target;
use crate::bidi::value::outcome;
use crate::capability::Capability;
use crate::cdp::frame::World;
use crate::cdp::input::mouse::Point;
use crate::drive::driver::{Answer, InputEvent};
use crate::error::BrowserError;
use crate::ids::FrameId;
use crate::options::Engine;

/// Firefox counts clicks itself: two within this time at one place are a double click (the click tracker of its
/// remote agent).
const DOUBLE_CLICK: Duration = Duration::from_millis(500);

/// Puts text where the focus is.
const INSERT: &str = "function(text) { document.execCommand('insertText', false, text) }";

/// How to reach a page's hands. They go when the last of these goes.
pub(crate) struct Reach(mpsc::UnboundedSender<Job>);

struct Job {
    events: Vec<InputEvent>,
    done: oneshot::Sender<Result<()>>,
}

impl Reach {
    pub(crate) fn new(target: Arc<Target>) -> Self {
        let (sender, jobs) = mpsc::unbounded_channel();
        tokio::spawn(work(target, jobs));
        Self(sender)
    }

    pub(crate) fn input(&self, events: Vec<InputEvent>) -> Answer<()> {
        let (done, answer) = oneshot::channel();
        // The hands are there as long as we are.
        let _ = self.0.send(Job { events, done });
        Box::pin(async move { answer.await.unwrap_or(Err(BrowserError::PageClosed)) })
    }
}

async fn work(target: Arc<Target>, mut jobs: mpsc::UnboundedReceiver<Job>) {
    let mut hands = Pair::new(target);
    while let Some(first) = jobs.recv().await {
        let mut taken = vec![first];
        while let Ok(next) = jobs.try_recv() {
            taken.push(next);
        }
        let mut result = Ok(());
        for event in taken.iter().flat_map(|job| &job.events) {
            result = result.and(hands.take(event).await);
        }
        result = result.and(hands.perform().await);
        for job in taken {
            // Who asked may not wait.
            let _ = job.done.send(result.clone());
        }
    }
}

/// A page's hands: what they hold, and what they are about to do.
struct Pair {
    target: Arc<Target>,
    hands: Hands,
    ticks: Ticks,
    /// Where what they are about to do goes.
    aim: Aim,
    /// Buttons and fingers that are down; until they go up everything goes where they went down.
    down: u32,
    clicked: Option<Instant>,
    /// Whether a key went to the focus just before.
    typing: bool,
}

/// Whether a key may move the focus into another frame.
fn is_moving_focus(event: &InputEvent) -> bool {
    match event {
        InputEvent::KeyDown { key } | InputEvent::KeyUp { key } => {
            matches!(key.key.as_str(), "Tab" | "Enter" | "F6" | " ")
        }
        _ => false,
    }
}

impl Pair {
    fn new(target: Arc<Target>) -> Self {
        Self {
            aim: Aim::page(&target),
            target,
            hands: Hands::default(),
            ticks: Ticks::default(),
            down: 0,
            clicked: None,
            typing: false,
        }
    }

    async fn take(&mut self, event: &InputEvent) -> Result<()> {
        match event {
            InputEvent::Move { to: at } | InputEvent::Up { at, .. } => self.point(*at).await?,
            InputEvent::Wheel { at, .. } => self.point(*at).await?,
            InputEvent::Down { at, clicks, .. } => {
                self.point(*at).await?;
                let recent = self.clicked.is_some_and(|at| at.elapsed() < DOUBLE_CLICK);
                if *clicks == 1 && recent && self.down == 0 {
                    // Two clicks that were asked for as two are no double click.
                    self.perform().await?;
                    self.release().await?;
                }
                self.clicked = Some(Instant::now());
            }
            InputEvent::Touch { points, .. } => {
                if let Some(point) = points.first() {
                    self.point(point.at).await?;
                }
            }
            InputEvent::KeyDown { .. } | InputEvent::KeyUp { .. } => {
                // What was pressed before may move the focus; one key after another stays where the first went.
                if self.down == 0 && !self.typing && self.target.has_frames() {
                    self.perform().await?;
                    let context = aim::at_focus(&self.target).await?;
                    let aim = Aim {
                        context,
                        ..self.aim.clone()
                    };
                    self.turn(aim).await?;
                }
            }
            InputEvent::MouseModifiers(_) => {}
            InputEvent::Text(text) => {
                self.perform().await?;
                return insert(&self.target, text).await;
            }
            InputEvent::Compose => {
                return Err(BrowserError::Unsupported {
                    engine: Engine::Firefox,
                    capability: Capability::Composition,
                });
            }
        }
        self.typing = matches!(event, InputEvent::KeyDown { .. } | InputEvent::KeyUp { .. })
            && !is_moving_focus(event);
        let offset = self.aim.offset;
        self.ticks.add(&mut self.hands, event, offset);
        match event {
            InputEvent::Down { .. } => self.down += 1,
            InputEvent::Up { .. } => self.down = self.down.saturating_sub(1),
            _ => {}
        }
        Ok(())
    }

    /// From now on things go to the context that shows the point.
    async fn point(&mut self, at: Point) -> Result<()> {
        if self.down > 0 {
            return Ok(());
        }
        let aim = if self.target.has_frames() {
            // What went before may move what is there.
            self.perform().await?;
            aim::at_point(&self.target, at).await?
        } else {
            Aim::page(&self.target)
        };
        self.turn(aim).await
    }

    async fn turn(&mut self, aim: Aim) -> Result<()> {
        if aim != self.aim {
            self.perform().await?;
            if aim.context != self.aim.context {
                self.hands.forget_mouse();
            }
            self.aim = aim;
        }
        Ok(())
    }

    async fn perform(&mut self) -> Result<()> {
        if self.ticks.is_empty() {
            return Ok(());
        }
        let actions = std::mem::take(&mut self.ticks).finish();
        let params = json!({ "context": &*self.aim.context, "actions": actions });
        self.target
            .connection
            .send("input.performActions", &params)
            .await?;
        Ok(())
    }

    async fn release(&mut self) -> Result<()> {
        let held = InputEvent::MouseModifiers(self.hands.modifiers());
        self.hands = Hands::default();
        let params = json!({ "context": &*self.aim.context });
        self.target
            .connection
            .send("input.releaseActions", &params)
            .await?;
        self.ticks.add(&mut self.hands, &held, self.aim.offset);
        Ok(())
    }
}

/// Text comes as an input method brings it, in whichever frame has the focus.
async fn insert(target: &Target, text: &str) -> Result<()> {
    let context = aim::at_focus(target).await?;
    let params = json!({
        "functionDeclaration": INSERT,
        "target": target.place(&FrameId::from(&*context), World::Isolated),
        "arguments": [{ "type": "string", "value": text }],
        "awaitPromise": false,
    });
    let answer = target
        .connection
        .send("script.callFunction", &params)
        .await?;
    outcome(&answer).map(drop)
}

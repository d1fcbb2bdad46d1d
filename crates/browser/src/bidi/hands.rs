//! One pair of hands per page: commands that press, type and point go one after another, and those that wait
//! together go together.

use std::sync::Arc;

use serde_json::{Value, json};
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

/// Puts text where the focus is; returns the frame of another site that has it when there is one.
const INSERT: &str = "function(text) { \
    let root = document; \
    for (;;) { \
        let at = root.activeElement; \
        while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement; \
        if (at?.localName !== 'iframe' && at?.localName !== 'frame') { \
            root.execCommand('insertText', false, text); return null } \
        if (!at.contentDocument) return at.contentWindow; \
        root = at.contentDocument; \
    } }";

/// How to reach a page's hands. They go when the last of these goes.
pub(crate) struct Reach(mpsc::UnboundedSender<Job>);

struct Job {
    events: Vec<InputEvent>,
    /// A script that is to run behind them.
    then: Option<Script>,
    done: oneshot::Sender<Result<()>>,
}

struct Script {
    params: Value,
    done: oneshot::Sender<Answer<Value>>,
}

impl Reach {
    pub(crate) fn new(target: Arc<Target>) -> Self {
        let (sender, jobs) = mpsc::unbounded_channel();
        tokio::spawn(work(target, jobs));
        Self(sender)
    }

    pub(crate) fn input(&self, events: Vec<InputEvent>) -> Answer<()> {
        self.give(events, None)
    }

    /// As `input`, and `script.callFunction` with these parameters behind it: where it can be, both are written at once.
    pub(crate) fn input_then(
        &self,
        events: Vec<InputEvent>,
        params: Value,
    ) -> (Answer<()>, Answer<Value>) {
        let (done, begun) = oneshot::channel();
        let handled = self.give(events, Some(Script { params, done }));
        let answer: Answer<Value> = Box::pin(async move {
            match begun.await {
                Ok(answer) => answer.await,
                Err(_) => Err(BrowserError::PageClosed),
            }
        });
        (handled, answer)
    }

    fn give(&self, events: Vec<InputEvent>, then: Option<Script>) -> Answer<()> {
        let (done, answer) = oneshot::channel();
        // The hands are there as long as we are.
        let _ = self.0.send(Job { events, then, done });
        Box::pin(async move { answer.await.unwrap_or(Err(BrowserError::PageClosed)) })
    }
}

async fn work(target: Arc<Target>, mut jobs: mpsc::UnboundedReceiver<Job>) {
    let mut hands = Pair::new(target);
    while let Some(first) = jobs.recv().await {
        let mut taken = vec![first];
        while taken.last().is_some_and(|last| last.then.is_none())
            && let Ok(next) = jobs.try_recv()
        {
            taken.push(next);
        }
        let mut result = Ok(());
        hands.aimed = None;
        hands.then = taken.last_mut().and_then(|last| last.then.take());
        for event in taken.iter().flat_map(|job| &job.events) {
            result = result.and(hands.take(event).await);
        }
        result = result.and(hands.perform().await);
        hands.follow_up();
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
    /// The point that the aim is known for, until something happens there.
    aimed: Option<Point>,
    /// What is to run behind them.
    then: Option<Script>,
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
            aimed: None,
            then: None,
            typing: false,
        }
    }

    async fn take(&mut self, event: &InputEvent) -> Result<()> {
        match event {
            InputEvent::Move { to: at } | InputEvent::Up { at, .. } => self.point(*at).await?,
            InputEvent::Wheel { at, .. } => self.point(*at).await?,
            InputEvent::Down { at, clicks, .. } => {
                self.point(*at).await?;
                if *clicks == 1 && self.down == 0 && self.ticks.has_press() {
                    // Two clicks that were asked for as two are no double click, which two in one command would be.
                    self.perform().await?;
                }
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
                self.aimed = None;
                return self.insert(text).await;
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
            InputEvent::Up { .. } => {
                self.down = self.down.saturating_sub(1);
                self.aimed = None;
            }
            InputEvent::KeyDown { .. } | InputEvent::KeyUp { .. } => self.aimed = None,
            _ => {}
        }
        Ok(())
    }

    /// From now on things go to the context that shows the point.
    async fn point(&mut self, at: Point) -> Result<()> {
        if self.down > 0 || self.aimed == Some(at) {
            return Ok(());
        }
        let aim = if self.target.has_foreign_frames() {
            // What went before may move what is there.
            self.perform().await?;
            aim::at_point(&self.target, at).await?
        } else {
            Aim::page(&self.target)
        };
        self.turn(aim).await?;
        self.aimed = Some(at);
        Ok(())
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

    /// Text comes as an input method brings it, in whichever frame has the focus.
    async fn insert(&mut self, text: &str) -> Result<()> {
        let mut context = Arc::clone(&self.target.context);
        loop {
            let params = json!({
                "functionDeclaration": INSERT,
                "target": self.target.place(&FrameId::from(&*context), World::Isolated),
                "arguments": [{ "type": "string", "value": text }],
                "awaitPromise": false,
            });
            let inserting = self.target.connection.send("script.callFunction", &params);
            // Scripts are run in the order in which they are written.
            if !self.target.has_foreign_frames() {
                self.follow_up();
            }
            let answer = inserting.await?;
            match outcome(&answer)?
                .pointer("/value/context")
                .and_then(Value::as_str)
            {
                Some(inside) => context = inside.into(),
                None => return Ok(()),
            }
        }
    }

    /// Writes what is to run behind everything, once.
    fn follow_up(&mut self) {
        if let Some(Script { params, done }) = self.then.take() {
            let answer = self.target.connection.send("script.callFunction", &params);
            // Who asked may not wait.
            let _ = done.send(answer);
        }
    }
}

//! One pair of hands per page: commands that press, type and point go one after another, and those that wait
//! together go together.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot};

use crate::Result;
use crate::bidi::actions::{Hands, Ticks};
use crate::bidi::target::Target;
use crate::bidi::value::outcome;
use crate::cdp::frame::World;
use crate::drive::driver::{Answer, InputEvent};
use crate::error::BrowserError;
use crate::ids::FrameId;
use crate::options::Engine;

/// Firefox counts clicks itself: two within this time at one place are a double click (`ui.click_hold...` has no part
/// in it; the remote agent's click tracker uses 500 ms).
const DOUBLE_CLICK: Duration = Duration::from_millis(500);

/// Puts text where the focus is; `null` when it did, the frame element when the focus is inside of one.
const INSERT: &str = "function(text) { \
    let at = document.activeElement; \
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement; \
    if (at && (at.localName === 'iframe' || at.localName === 'frame')) return at.contentWindow; \
    document.execCommand('insertText', false, text); \
    return null; }";

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
    let mut hands = Hands::default();
    let mut clicked: Option<Instant> = None;
    let mut held = 0_u32;
    while let Some(first) = jobs.recv().await {
        let mut taken = vec![first];
        while let Ok(next) = jobs.try_recv() {
            taken.push(next);
        }
        // A job that fails must not fail its neighbours, so what waits together is told together only on success.
        let mut result = Ok(());
        let mut ticks = Ticks::default();
        for event in taken.iter().flat_map(|job| &job.events) {
            match event {
                InputEvent::Down { clicks, .. } => {
                    let recent = clicked.is_some_and(|at| at.elapsed() < DOUBLE_CLICK);
                    if *clicks == 1 && recent && held == 0 {
                        // Two clicks that were asked for as two are no double click.
                        result = result.and(perform(&target, std::mem::take(&mut ticks)).await);
                        result = result.and(release(&target).await);
                        hands = Hands::default();
                    }
                    clicked = Some(Instant::now());
                    held += 1;
                }
                InputEvent::Up { .. } => held = held.saturating_sub(1),
                _ => {}
            }
            if ticks.add(&mut hands, event) {
                continue;
            }
            result = result.and(perform(&target, std::mem::take(&mut ticks)).await);
            result = result.and(match event {
                InputEvent::Text(text) => insert(&target, text).await,
                _ => Err(BrowserError::Unsupported {
                    engine: Engine::Firefox,
                    capability: "showing what an input method composes",
                }),
            });
        }
        result = result.and(perform(&target, ticks).await);
        for job in taken {
            // Who asked may not wait.
            let _ = job.done.send(result.clone());
        }
    }
}

async fn perform(target: &Target, ticks: Ticks) -> Result<()> {
    if ticks.is_empty() {
        return Ok(());
    }
    let params = json!({ "context": &*target.context, "actions": ticks.finish() });
    target
        .connection
        .send("input.performActions", &params)
        .await?;
    Ok(())
}

async fn release(target: &Target) -> Result<()> {
    let params = json!({ "context": &*target.context });
    target
        .connection
        .send("input.releaseActions", &params)
        .await?;
    Ok(())
}

/// Text comes as an input method brings it, in whichever frame has the focus.
async fn insert(target: &Target, text: &str) -> Result<()> {
    let mut frame = FrameId::from(&*target.context);
    loop {
        let params = json!({
            "functionDeclaration": INSERT,
            "target": target.place(&frame, World::Isolated),
            "arguments": [{ "type": "string", "value": text }],
            "awaitPromise": false,
        });
        let answer = target
            .connection
            .send("script.callFunction", &params)
            .await?;
        let inside = outcome(&answer)?.pointer("/value/context");
        match inside.and_then(Value::as_str) {
            Some(context) => frame = FrameId::from(context),
            None => return Ok(()),
        }
    }
}

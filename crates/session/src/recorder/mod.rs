//! The recorder: what page scripts and the session itself report becomes the steps of a recording, in order.
//!
//! One task handles one report after another, because a step from inside a frame needs a few questions to the page
//! before it can be written down, and the next step must not overtake it.

mod frames;
mod navigation;
mod picture;
mod shelf;

use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use browser::{FrameId, Page};
use bytes::Bytes;
use capture::FrameHub;
use recording::Step;
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::{mpsc, oneshot};

pub(crate) use frames::{FramePaths, Way, frame_ref, placement, way_to};
pub(crate) use navigation::{Arrival, Cause};
pub(crate) use shelf::{Kept, Shelf};

use crate::geometry::Rect;
use crate::protocol::{RecordAction, RecordingPhase, StepNotice};

/// A report to the recorder.
pub(crate) enum Report {
    /// Start, pause, resume, stop, undo.
    Control(RecordAction),
    /// Everything that was reported before is handled.
    Settled(oneshot::Sender<()>),
    /// A message of kind `step` from the page script.
    Script {
        tab: u32,
        page: Page,
        frame: FrameId,
        payload: Arc<str>,
    },
    /// A step that the session saw by itself.
    Own { step: Box<Step>, at: SystemTime },
    /// The active page arrived somewhere.
    Arrived(Arrival),
}

/// What the recorder tells its session.
#[derive(Debug)]
pub(crate) enum Recorded {
    /// A step was added or replaced.
    Step {
        notice: StepNotice,
        step: Arc<Step>,
        picture: Option<Bytes>,
    },
    /// The last step was taken back.
    Undone { index: usize },
    /// The steps are gone, a new recording begins.
    Cleared,
    /// State or number of steps changed.
    Phase,
}

/// A message of the page script's recorder.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Emission {
    step: Value,
    emit_id: Value,
    #[serde(default)]
    replaces: Option<Value>,
}

pub(crate) struct Recorder {
    shelf: Shelf,
    hub: FrameHub,
    paths: FramePaths,
    out: mpsc::Sender<Recorded>,
}

impl Recorder {
    pub(crate) fn new(
        shelf: Shelf,
        hub: FrameHub,
        paths: FramePaths,
        out: mpsc::Sender<Recorded>,
    ) -> Self {
        Self {
            shelf,
            hub,
            paths,
            out,
        }
    }

    /// Handles reports until nobody can send any more.
    pub(crate) async fn run(mut self, mut reports: mpsc::UnboundedReceiver<Report>) {
        while let Some(report) = reports.recv().await {
            self.handle(report).await;
            self.shelf.report_handled();
        }
    }

    async fn handle(&mut self, report: Report) {
        let recording = self.shelf.phase() == RecordingPhase::Recording;
        match report {
            Report::Control(action) => self.control(action).await,
            Report::Settled(reply) => {
                // The one who asked may have given up.
                let _ = reply.send(());
            }
            Report::Script {
                tab,
                page,
                frame,
                payload,
            } => {
                self.script(tab, &page, &frame, &payload).await;
            }
            Report::Own { mut step, at } if recording => {
                step.timestamp = self.shelf.since_start(at);
                self.keep(*step, None, None, String::new()).await;
            }
            Report::Arrived(arrival) if recording => {
                if let Some(step) = self.shelf.read(|kept| arrival.step(kept)) {
                    self.keep(step, None, None, String::new()).await;
                }
            }
            _ => {}
        }
    }

    async fn control(&mut self, action: RecordAction) {
        let told = match action {
            // The session emptied the shelf itself, so that the pages' clocks begin with it.
            RecordAction::Start => Recorded::Cleared,
            RecordAction::Pause => self.phase(RecordingPhase::Recording, RecordingPhase::Paused),
            RecordAction::Resume => self.phase(RecordingPhase::Paused, RecordingPhase::Recording),
            RecordAction::Stop => {
                self.shelf.set_phase(RecordingPhase::Idle);
                Recorded::Phase
            }
            RecordAction::Undo => match self.shelf.undo() {
                Some(index) => Recorded::Undone { index },
                None => Recorded::Phase,
            },
        };
        self.tell(told).await;
    }

    fn phase(&self, from: RecordingPhase, to: RecordingPhase) -> Recorded {
        if self.shelf.phase() == from {
            self.shelf.set_phase(to);
        }
        Recorded::Phase
    }

    async fn script(&mut self, tab: u32, page: &Page, frame: &FrameId, payload: &str) {
        let emission: Emission = match serde_json::from_str(payload) {
            Ok(emission) => emission,
            Err(error) => {
                return tracing::warn!(%error, "a step of the page script could not be read");
            }
        };
        let mut value = emission.step;
        let area = value
            .as_object_mut()
            .and_then(|step| step.shift_remove("box"))
            .and_then(|area| Rect::read(&area));
        let mut step = match Step::from_value(value) {
            Ok(step) => step,
            Err(problem) => {
                return tracing::warn!(%problem, "a step of the page script makes no sense");
            }
        };
        if !self.shelf.takes(step.timestamp) {
            return;
        }
        let way = self.paths.learn(page, frame).await;
        step.frames.clone_from(&way.frames);
        let area = area.map(|area| way.to_page.rect(area));
        let key = |id: &Value| format!("{tab}/{frame}/{}", text_of(id));
        let emit = key(&emission.emit_id);
        let replaced = emission.replaces.as_ref().map(key);
        let kept = replaced.and_then(|replaced| self.shelf.replace(&replaced, &emit, step.clone()));
        if let Some(kept) = kept {
            return self.tell_step(kept, emit, true).await;
        }
        self.keep(step, Some(page), area, emit).await;
    }

    async fn keep(&self, step: Step, page: Option<&Page>, area: Option<Rect>, emit: String) {
        let picture = match (self.hub.latest(), page) {
            (Some(frame), _) => picture::of(frame, area).await,
            (None, Some(page)) => picture::of_page(page, area).await,
            (None, None) => None,
        };
        let kept = self.shelf.add(step, picture, emit.clone());
        self.tell_step(kept, emit, false).await;
    }

    async fn tell_step(&self, kept: Kept, emit_id: String, replaced: bool) {
        let Kept {
            view,
            step,
            picture,
        } = kept;
        let notice = StepNotice {
            view,
            emit_id,
            replaced,
        };
        self.tell(Recorded::Step {
            notice,
            step,
            picture,
        })
        .await;
    }

    async fn tell(&self, recorded: Recorded) {
        // Nobody listens once the session ends, and then nothing is to be told.
        let _ = self.out.send(recorded).await;
    }
}

/// The page script's ids are numbers or texts.
fn text_of(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}

/// Milliseconds since 1970, as the page script's clock counts.
pub(crate) fn epoch_ms(at: SystemTime) -> f64 {
    at.duration_since(UNIX_EPOCH)
        .map_or(0.0, |since| since.as_secs_f64() * 1e3)
}

/// How long ago something was, for comparing with limits.
pub(crate) fn age(at: Instant) -> std::time::Duration {
    Instant::now().saturating_duration_since(at)
}

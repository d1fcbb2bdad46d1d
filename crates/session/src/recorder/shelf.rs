//! The steps recorded so far, readable from everywhere.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Instant, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use recording::{Recording, Size, Step, StepKind, VariableDeclaration};
use serde_json::Value;

use super::epoch_ms;
use crate::protocol::{RecordingInfo, RecordingPhase, StepView, ViewportState};

/// Steps and pictures; clones share them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shelf {
    inner: Arc<Mutex<Inner>>,
    waiting: Arc<AtomicUsize>,
}

#[derive(Debug)]
pub(crate) struct Inner {
    phase: RecordingPhase,
    pub(crate) steps: Vec<Entry>,
    started: SystemTime,
    /// The active page's address when the recording began.
    url: Option<String>,
    /// The screen at that time; later ones are steps.
    viewport: Option<ViewportState>,
    numbered: usize,
    /// Until when steps count that were made before a pause or the end and arrive after it; in milliseconds of the recording.
    until: f64,
}

#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) step: Arc<Step>,
    pub(crate) added: Instant,
    picture: Option<Bytes>,
    emit: String,
}

impl Default for Inner {
    fn default() -> Self {
        let phase = RecordingPhase::Idle;
        Self {
            phase,
            steps: Vec::new(),
            started: SystemTime::UNIX_EPOCH,
            url: None,
            viewport: None,
            numbered: 0,
            until: f64::NEG_INFINITY,
        }
    }
}

/// A step as it was kept.
pub(crate) struct Kept {
    pub(crate) view: StepView,
    pub(crate) step: Arc<Step>,
    pub(crate) picture: Option<Bytes>,
}

impl Shelf {
    /// A report was handed to the recorder. None may be lost and a page is not kept waiting, so that their queue has no bound,
    /// but this count.
    pub(crate) fn report_sent(&self) {
        self.waiting.fetch_add(1, Ordering::Relaxed);
    }

    /// The recorder has handled one.
    pub(crate) fn report_handled(&self) {
        self.waiting.fetch_sub(1, Ordering::Relaxed);
    }

    pub(crate) fn reports_waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    pub(crate) fn phase(&self) -> RecordingPhase {
        self.lock().phase
    }

    pub(crate) fn info(&self) -> RecordingInfo {
        let inner = self.lock();
        RecordingInfo {
            state: inner.phase,
            steps: inner.steps.len(),
        }
    }

    pub(crate) fn set_phase(&self, phase: RecordingPhase) {
        let now = self.since_start(SystemTime::now());
        let mut inner = self.lock();
        if inner.phase == RecordingPhase::Recording {
            inner.until = now;
        }
        inner.phase = phase;
    }

    /// Whether a step of this moment belongs to the recording.
    pub(crate) fn takes(&self, timestamp: f64) -> bool {
        let inner = self.lock();
        inner.phase == RecordingPhase::Recording || timestamp <= inner.until
    }

    /// An empty recording that starts now.
    pub(crate) fn begin(&self, viewport: &ViewportState) {
        let url = self.lock().url.take();
        *self.lock() = Inner {
            phase: RecordingPhase::Recording,
            started: SystemTime::now(),
            url,
            viewport: Some(viewport.clone()),
            ..Inner::default()
        };
    }

    /// The page where the recording that begins next starts.
    pub(crate) fn set_url(&self, url: &str) {
        self.lock().url = Some(url.to_owned());
    }

    /// When the recording started, as the page script's clock counts.
    pub(crate) fn started_ms(&self) -> f64 {
        epoch_ms(self.lock().started)
    }

    /// Milliseconds from the start of the recording.
    pub(crate) fn since_start(&self, at: SystemTime) -> f64 {
        let started = self.lock().started;
        at.duration_since(started)
            .map_or(0.0, |since| (since.as_secs_f64() * 1e3).round())
    }

    pub(crate) fn read<T>(&self, look: impl FnOnce(&Inner) -> T) -> T {
        look(&self.lock())
    }

    pub(crate) fn add(&self, mut step: Step, picture: Option<Bytes>, emit: String) -> Kept {
        let mut inner = self.lock();
        inner.numbered += 1;
        step.id = format!("act_{:03}", inner.numbered);
        inner.steps.push(Entry {
            step: Arc::new(step),
            added: Instant::now(),
            picture,
            emit,
        });
        inner.kept(inner.steps.len() - 1)
    }

    /// Writes the step that was emitted as `replaced` anew; it keeps its id, its place and its picture.
    pub(crate) fn replace(&self, replaced: &str, emit: &str, mut step: Step) -> Option<Kept> {
        let mut inner = self.lock();
        let index = inner
            .steps
            .iter()
            .rposition(|entry| entry.emit == replaced)?;
        let entry = &mut inner.steps[index];
        step.id.clone_from(&entry.step.id);
        emit.clone_into(&mut entry.emit);
        entry.step = Arc::new(step);
        entry.added = Instant::now();
        Some(inner.kept(index))
    }

    /// Forgets the last step and says where it was.
    pub(crate) fn undo(&self) -> Option<usize> {
        let mut inner = self.lock();
        inner.steps.pop()?;
        Some(inner.steps.len())
    }

    pub(crate) fn views(&self) -> Vec<StepView> {
        let inner = self.lock();
        (0..inner.steps.len())
            .map(|index| inner.kept(index).view)
            .collect()
    }

    pub(crate) fn picture(&self, index: usize) -> Option<Bytes> {
        self.lock().steps.get(index)?.picture.clone()
    }

    pub(crate) fn document(
        &self,
        name: &str,
        url: &str,
        viewport: &ViewportState,
        user_agent: &str,
    ) -> Recording {
        let inner = self.lock();
        let url = inner.url.as_deref().unwrap_or(url);
        let viewport = inner.viewport.as_ref().unwrap_or(viewport);
        let size = Size::new(viewport.width, viewport.height);
        let mut document = Recording::new(name, url, size, user_agent);
        document.id = format!("rec_{:.0}", epoch_ms(inner.started));
        document.start_time = Some(rfc3339(inner.started));
        document.end_time = Some(rfc3339(SystemTime::now()));
        document.device_pixel_ratio = Some(viewport.device_scale_factor);
        document.is_mobile = viewport.mobile.then_some(true);
        document.has_touch = viewport.touch.then_some(true);
        document.steps = inner
            .steps
            .iter()
            .map(|entry| Step::clone(&entry.step))
            .collect();
        document.variables = variables_of(&document.steps);
        document
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn kept(&self, index: usize) -> Kept {
        let entry = &self.steps[index];
        let picture = entry.picture.clone();
        let view = StepView {
            index,
            step: entry.step.to_value().unwrap_or(Value::Null),
            title: entry.step.title(),
            picture: picture
                .as_ref()
                .map(|jpeg| format!("data:image/jpeg;base64,{}", STANDARD.encode(jpeg))),
        };
        Kept {
            view,
            step: Arc::clone(&entry.step),
            picture,
        }
    }
}

/// What has to be given when the recording is performed: the secrets that were masked.
fn variables_of(steps: &[Step]) -> Vec<VariableDeclaration> {
    let mut all: Vec<VariableDeclaration> = Vec::new();
    for step in steps {
        let StepKind::Input(input) = &step.kind else {
            continue;
        };
        let Some(name) = input
            .variable_name
            .as_ref()
            .filter(|name| all.iter().all(|known| known.name != **name))
        else {
            continue;
        };
        all.push(VariableDeclaration {
            name: name.clone(),
            field_type: input.input_type.clone(),
            placeholder: Some(format!("${{{name}}}")),
            ..VariableDeclaration::default()
        });
    }
    all
}

fn rfc3339(at: SystemTime) -> String {
    crate::moment::text(at)
}

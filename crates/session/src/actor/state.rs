//! What viewers see of the session, and the beat that tells them how it goes.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use browser::{Capability, Engine, Support};
use ids::{SessionId, ViewerId};

use super::{Actor, Ending};
use crate::events::SessionEventKind;
use crate::moment;
use crate::protocol::{
    Beat, BrowserInfo, BrowserLimit, CastState, ControlState, Notice, RecordingInfo, State, Status,
    TabState, ViewerState,
};
use crate::viewport;

/// Counts since the last beat.
#[derive(Debug)]
pub(super) struct BeatCounter {
    at: Instant,
    captured: u64,
    input_took: Vec<Duration>,
}

impl Default for BeatCounter {
    fn default() -> Self {
        Self {
            at: Instant::now(),
            captured: 0,
            input_took: Vec::new(),
        }
    }
}

impl BeatCounter {
    /// The browser answered an input after this long.
    pub(super) fn input_took(&mut self, took: Duration) {
        // More than this in a second says nothing new.
        if self.input_took.len() < 256 {
            self.input_took.push(took);
        }
    }

    fn input_ms(&mut self) -> Option<f64> {
        let mut took = std::mem::take(&mut self.input_took);
        took.sort_unstable();
        let median = took.get(took.len() / 2)?;
        Some((median.as_secs_f64() * 1e4).round() / 10.0)
    }
}

impl State {
    /// A session of which nothing is known yet.
    pub(super) fn nothing(id: SessionId) -> Self {
        Self {
            id,
            status: Status::Starting,
            tabs: Vec::new(),
            viewport: viewport::default_state(),
            viewers: Vec::new(),
            control: ControlState::default(),
            recording: RecordingInfo::default(),
            dialog: None,
            file_chooser: None,
            cast: CastState {
                fps: 30,
                quality: 60,
            },
            highlight: false,
            browser: BrowserInfo::default(),
            sandbox: String::new(),
            started_at: String::new(),
        }
    }
}

impl Actor {
    /// Sends the state to everybody who wants it.
    pub(super) fn flush_state(&mut self) {
        self.dirty = false;
        self.state_sent = Instant::now();
        let state = Arc::new(self.build_state());
        let changed = **self.state.borrow() != *state;
        if !changed {
            return;
        }
        self.state.send_replace(Arc::clone(&state));
        for id in self.viewers.keys().copied().collect::<Vec<_>>() {
            self.say(Some(id), Notice::State(Box::new(for_viewer(&state, id))));
        }
        self.emit(SessionEventKind::Changed { state });
    }

    pub(super) fn build_state(&self) -> State {
        let browser = &self.place.browser;
        State {
            id: self.id,
            status: self.status_now(),
            tabs: self
                .tabs
                .iter()
                .map(|(index, tab)| self.tab_state(*index, tab))
                .collect(),
            viewport: self.viewport.clone(),
            viewers: self.viewer_states(),
            control: self.control_state(),
            recording: self.shelf.info(),
            dialog: self.dialog.clone(),
            file_chooser: self.chooser.as_ref().map(|chooser| chooser.state.clone()),
            cast: self.cast,
            highlight: self.looking.highlight,
            browser: BrowserInfo {
                name: browser.product().to_owned(),
                version: browser.version().to_owned(),
                engine: browser.engine().to_string(),
                limits: limits(browser.engine()),
            },
            sandbox: browser.sandbox().to_string(),
            started_at: moment::text(self.started_at),
        }
    }

    fn status_now(&self) -> Status {
        let crashed = self.active_tab().is_some_and(|tab| tab.crashed);
        if self.status == Status::Live && crashed {
            Status::Crashed
        } else {
            self.status
        }
    }

    fn tab_state(&self, index: u32, tab: &super::tabs::Tab) -> TabState {
        TabState {
            index,
            title: tab.title.clone(),
            url: tab.url.clone(),
            loading: tab.loading,
            active: self.active == Some(index),
            favicon: None,
            error: tab.error.clone(),
        }
    }

    fn viewer_states(&self) -> Vec<ViewerState> {
        let here = self.viewers.iter().filter(|(_, viewer)| viewer.is_here());
        let mut all: Vec<_> = here
            .map(|(id, viewer)| ViewerState {
                id: *id,
                name: viewer.name.clone(),
                me: false,
            })
            .collect();
        all.sort_by_key(|viewer| viewer.id);
        all
    }

    /// Once a second: alive, how it goes, and whether anybody still cares.
    pub(super) fn on_beat(&mut self) -> Option<Ending> {
        let now = Instant::now();
        let elapsed = now.duration_since(self.beat.at).as_secs_f64().max(0.001);
        let captured = self.screen.captured();
        let at = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_millis());
        let base = Beat {
            at: u64::try_from(at).unwrap_or(u64::MAX),
            captured: u32::try_from(captured - self.beat.captured).unwrap_or(u32::MAX),
            viewers: u32::try_from(
                self.viewers
                    .values()
                    .filter(|viewer| viewer.is_here())
                    .count(),
            )
            .unwrap_or(u32::MAX),
            input_ms: self.beat.input_ms(),
            ..Beat::default()
        };
        self.beat = BeatCounter {
            at: now,
            captured,
            input_took: Vec::new(),
        };
        for id in self.viewers.keys().copied().collect::<Vec<_>>() {
            let Some(viewer) = self.viewers.get_mut(&id) else {
                continue;
            };
            let frames = viewer.sent.frames.swap(0, Ordering::Relaxed);
            let rate = f64::from(u32::try_from(frames).unwrap_or(u32::MAX)) / elapsed;
            let dropped = viewer.sent.dropped.load(Ordering::Relaxed);
            let beat = Beat {
                fps: (rate * 10.0).round() / 10.0,
                dropped: u32::try_from(dropped).unwrap_or(u32::MAX),
                bytes: viewer.sent.bytes.swap(0, Ordering::Relaxed),
                ..base
            };
            viewer.last_beat = beat;
            self.say(Some(id), Notice::Beat(beat));
        }
        self.refresh_clickables();
        self.gather_due_evidence();
        self.idle_ending(now)
    }

    fn idle_ending(&mut self, now: Instant) -> Option<Ending> {
        if self.viewers.values().any(super::Viewer::is_here) {
            self.last_seen = now;
        }
        let limit = self.idle_timeout?;
        let idle = now.duration_since(self.last_seen) >= limit;
        idle.then(|| Ending::wanted(format!("nobody watched for {} s", limit.as_secs())))
    }
}

/// The state as one viewer gets it: it knows itself.
pub(super) fn for_viewer(state: &State, id: ViewerId) -> State {
    let mut state = state.clone();
    for viewer in &mut state.viewers {
        viewer.me = viewer.id == id;
    }
    state
}

/// What an engine cannot do, or with limits only.
fn limits(engine: Engine) -> Vec<BrowserLimit> {
    let of = |capability: Capability| {
        let support = capability.on(engine);
        (support != Support::Full).then(|| BrowserLimit {
            key: capability.key().to_owned(),
            name: capability.name().to_owned(),
            says: support.to_string(),
            partly: matches!(support, Support::Partial(_)),
        })
    };
    Capability::ALL.into_iter().filter_map(of).collect()
}

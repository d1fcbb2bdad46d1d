//! The session's own task: it owns everything and nobody else touches it. What takes time runs in tasks of its own
//! and comes back as a message, so that a click never waits behind a page that loads.

mod answers;
mod commands;
mod end;
mod faults;
mod input;
mod listen;
mod looking;
mod navigation;
mod pages;
mod recording;
mod screenshot;
mod state;
mod tabs;
mod viewers;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use ::recording::{Step, StepKind};
use browser::{Capability, ContextEvent, Engine, FrameId, PageEvent, PageId, Progress};
use capture::{FrameHub, TapEvent};
use egress::Denial;
use ids::{SessionId, ViewerId};
use serde_json::Value;
use tokio::sync::{broadcast, mpsc, oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use url::Url;

use crate::cast::Screen;
use crate::config::{LastTab, StartSession, Surface};
use crate::events::{SessionEvent, SessionEventKind};
use crate::handle::{Message, SessionHandle, Shared};
use crate::manager::Place;
use crate::protocol::{CastState, DialogState, Notice, RecordAction, State, Status, ViewportState};
use crate::recorder::{FramePaths, Recorded, Recorder, Report, Shelf};

use answers::Chooser;
use faults::Faults;
use input::InputPump;
use looking::Looking;
use screenshot::WholePictures;
use tabs::Tab;
use viewers::{Control, Viewer};

/// Messages that handles may have waiting.
const INBOX: usize = 1024;
/// Events of pages that may be waiting; a tab's task waits for room.
const INTERNAL: usize = 4096;
/// Shortest time between two states sent to viewers: a page may change its title at every frame.
const STATE_APART: Duration = Duration::from_millis(40);

/// What a session begins with.
pub(crate) struct Start {
    pub(crate) place: Place,
    pub(crate) request: StartSession,
    pub(crate) url: Option<Url>,
    pub(crate) surface: Surface,
    pub(crate) last_tab: LastTab,
    pub(crate) idle_timeout: Option<Duration>,
    pub(crate) events: broadcast::Sender<SessionEvent>,
}

/// What follows once the pages gave out the steps that they held back.
#[derive(Debug)]
pub(crate) enum Settled {
    /// The recording pauses or ends.
    Control(RecordAction),
    /// Somebody who waits for it is told.
    Reply(oneshot::Sender<()>),
}

/// What the session's own tasks tell it.
pub(crate) enum Internal {
    Page {
        tab: u32,
        event: PageEvent,
    },
    Tap {
        tab: u32,
        event: TapEvent,
    },
    /// A tab's task left out this many console lines.
    Muted {
        tab: u32,
        lines: u64,
    },
    Context(ContextEvent),
    Denied(Denial),
    /// The pages gave out the steps that they held back.
    PagesSettled {
        then: Settled,
    },
    InputUnsupported {
        engine: Engine,
        capability: Capability,
    },
    InputDone {
        coalesced: bool,
        took: Duration,
    },
    ViewerGone {
        viewer: ViewerId,
        connection: u64,
    },
    GraceOver {
        viewer: ViewerId,
        connection: u64,
    },
    Navigated {
        tab: u32,
        url: String,
        outcome: browser::Result<()>,
    },
    StillLoading {
        tab: u32,
        url: String,
    },
    TabOpened {
        page: Option<PageId>,
        url: Option<Url>,
    },
    Title {
        tab: u32,
        title: String,
    },
    /// A window's page area.
    Measured {
        width: u32,
        height: u32,
        scale: f64,
    },
    Say {
        to: Option<ViewerId>,
        notice: Notice,
    },
    Event(SessionEventKind),
    HoverPickDone,
    WholePictureTaken,
    /// The recorder of a document has begun, or takes too long for it.
    RecorderStarted,
    ClickablesDone,
    EvidenceDone,
}

pub(crate) struct Actor {
    id: SessionId,
    place: Place,
    user_agent: String,
    surface: Surface,
    last_tab: LastTab,
    idle_timeout: Option<Duration>,
    started_at: SystemTime,

    tabs: BTreeMap<u32, Tab>,
    active: Option<u32>,
    next_tab: u32,
    /// Tabs asked for in the toolbar that have not come yet; others are popups.
    awaited_tabs: usize,
    /// Tabs that are being closed from the toolbar.
    closing: HashSet<u32>,
    downloads: tabs::Downloads,
    viewport: ViewportState,
    status: Status,
    dialog: Option<DialogState>,
    chooser: Option<Chooser>,
    /// Pickers that wait for a choice, with the ids that the page script gave them.
    pickers: HashMap<FrameId, Value>,

    viewers: HashMap<ViewerId, Viewer>,
    connections: u64,
    control: Control,
    last_seen: Instant,

    screen: Screen,
    cast: CastState,
    cast_stop: CancellationToken,
    cast_task: Option<JoinHandle<()>>,
    pump: InputPump,
    /// Inputs that were written and that the page has not handled yet.
    unhandled_inputs: usize,
    whole_pictures: WholePictures,
    /// Recorders of documents that are about to begin.
    starting_recorders: usize,
    /// Inputs that the engine does not have, of which people were told.
    refused_inputs: HashSet<Capability>,
    looking: Looking,
    faults: Faults,

    shelf: Shelf,
    /// The ways to the frames of its pages.
    paths: FramePaths,
    reports: mpsc::UnboundedSender<Report>,

    state: watch::Sender<Arc<State>>,
    dirty: bool,
    state_sent: Instant,
    events: broadcast::Sender<SessionEvent>,
    internal: mpsc::Sender<Internal>,
    inbox: mpsc::Sender<Message>,
    tasks: TaskTracker,
    cancel: CancellationToken,
    beat: state::BeatCounter,
}

/// Makes the session; the future is its life and ends when nothing of it is left.
pub(crate) fn start(start: Start) -> (SessionHandle, impl Future<Output = ()> + Send + 'static) {
    let Start {
        place,
        request,
        url,
        surface,
        last_tab,
        idle_timeout,
        events,
    } = start;
    let id = SessionId::new();
    let (inbox_in, inbox) = mpsc::channel(INBOX);
    let (internal_in, internal) = mpsc::channel(INTERNAL);
    let (reports_in, reports) = mpsc::unbounded_channel();
    let (recorded_in, recorded) = mpsc::channel(INTERNAL);
    let (ended_in, ended) = watch::channel(None);
    let shelf = Shelf::default();
    let hub = FrameHub::new();
    let cast = CastState {
        fps: request.frame_rate.unwrap_or(30).clamp(1, 60),
        quality: request.quality.unwrap_or(60).clamp(10, 100),
    };
    let url_text = url
        .as_ref()
        .map_or_else(|| "about:blank".to_owned(), |url| url.as_str().to_owned());
    let (egress, folder) = (place.egress.clone(), place.folder.clone());
    let mut actor = Actor {
        id,
        user_agent: place.browser.user_agent().to_owned(),
        surface,
        last_tab,
        idle_timeout,
        started_at: SystemTime::now(),
        tabs: BTreeMap::new(),
        active: None,
        next_tab: 0,
        awaited_tabs: 0,
        closing: HashSet::new(),
        downloads: tabs::Downloads::new(),
        viewport: place.viewport.clone(),
        status: Status::Live,
        dialog: None,
        chooser: None,
        pickers: HashMap::new(),
        viewers: HashMap::new(),
        connections: 0,
        control: Control::default(),
        last_seen: Instant::now(),
        screen: Screen::new(hub.clone()),
        cast,
        cast_stop: CancellationToken::new(),
        cast_task: None,
        pump: InputPump::default(),
        unhandled_inputs: 0,
        whole_pictures: WholePictures::default(),
        starting_recorders: 0,
        refused_inputs: HashSet::new(),
        looking: Looking::default(),
        faults: Faults::default(),
        shelf: shelf.clone(),
        paths: FramePaths::default(),
        reports: reports_in,
        state: watch::Sender::new(Arc::new(State::nothing(id))),
        dirty: true,
        state_sent: Instant::now() - STATE_APART,
        events,
        internal: internal_in,
        inbox: inbox_in.clone(),
        tasks: TaskTracker::new(),
        cancel: CancellationToken::new(),
        beat: state::BeatCounter::default(),
        place,
    };
    actor.apply_rate();
    let recorder = Recorder::new(shelf.clone(), hub.clone(), actor.paths.clone(), recorded_in);
    actor.tasks.spawn(recorder.run(reports));
    actor.watch_denials(egress.denials());
    let page = actor.place.page.clone();
    let first = actor.adopt(page, None);
    actor.activate(first);
    if request.record {
        actor.shelf.set_url(&url_text);
        actor.record(RecordAction::Start);
    }
    if let Some(url) = &url {
        actor.open(first, url.as_str());
    }
    actor.flush_state();
    let shared = Shared {
        id,
        name: request.name.unwrap_or_else(|| url_text.clone()),
        url: url_text,
        started_at: actor.started_at,
        user_agent: actor.user_agent.clone(),
        browser_pid: actor.place.browser.pid(),
        inbox: inbox_in,
        state: actor.state.subscribe(),
        hub,
        shelf,
        folder,
        ended,
    };
    let channels = Channels {
        inbox,
        internal,
        recorded,
    };
    let handle = SessionHandle {
        shared: Arc::new(shared),
    };
    let life = async move {
        let started = SessionEventKind::Started {
            state: Arc::clone(&actor.state.borrow()),
        };
        actor.emit(started);
        let ending = actor.run(channels).await;
        let reason: Arc<str> = actor.end(ending).await.into();
        ended_in.send_replace(Some(reason));
    };
    (handle, life)
}

struct Channels {
    inbox: mpsc::Receiver<Message>,
    internal: mpsc::Receiver<Internal>,
    recorded: mpsc::Receiver<Recorded>,
}

/// Why a session ends.
pub(crate) struct Ending {
    pub(crate) reason: String,
    pub(crate) failed: bool,
}

impl Ending {
    fn wanted(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            failed: false,
        }
    }

    fn failed(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            failed: true,
        }
    }
}

impl Actor {
    async fn run(&mut self, mut channels: Channels) -> Ending {
        let mut context_events = self.place.context_events.resubscribe();
        std::mem::swap(&mut context_events, &mut self.place.context_events);
        let gone = self.place.browser.disconnected();
        let mut gone = std::pin::pin!(gone);
        let second = Duration::from_secs(1);
        let mut beat = tokio::time::interval_at(tokio::time::Instant::now() + second, second);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let flush_at = tokio::time::Instant::from_std(self.state_sent + STATE_APART);
            let ending = tokio::select! {
                Some(message) = channels.inbox.recv() => self.on_message(message),
                Some(event) = channels.internal.recv() => self.on_internal(event),
                Some(recorded) = channels.recorded.recv() => self.on_recorded(recorded),
                event = context_events.recv() => match event {
                    Ok(event) => self.on_context(event),
                    Err(broadcast::error::RecvError::Lagged(missed)) => {
                        tracing::warn!(session = %self.id, missed, "events of a context were missed");
                        self.look_for_pages();
                        None
                    }
                    Err(broadcast::error::RecvError::Closed) => Some(Ending::failed("the browser ended unexpectedly")),
                },
                _ = beat.tick() => self.on_beat(),
                () = tokio::time::sleep_until(flush_at), if self.dirty => { self.flush_state(); None }
                () = &mut gone => Some(Ending::failed("the browser ended unexpectedly")),
            };
            if let Some(ending) = ending {
                return ending;
            }
            if self.dirty && self.state_sent.elapsed() >= STATE_APART {
                self.flush_state();
            }
        }
    }

    fn on_message(&mut self, message: Message) -> Option<Ending> {
        match message {
            Message::Join {
                name,
                resume,
                reply,
            } => {
                let link = self.join(name, resume);
                // The one who asked may have given up; then the link's end is seen as leaving.
                let _ = reply.send(link);
            }
            Message::Command { viewer, message } => self.on_command(viewer, message),
            Message::Screenshot { full_page, reply } => {
                self.take_screenshot(full_page, Some(reply))
            }
            Message::Evaluate { expression, reply } => self.evaluate(expression, reply),
            Message::Settle { reply } => self.settle_pages("record.settle", Settled::Reply(reply)),
            Message::Stop { reason } => return Some(Ending::wanted(reason)),
        }
        None
    }

    fn on_internal(&mut self, event: Internal) -> Option<Ending> {
        match event {
            Internal::Page { tab, event } => return self.on_page(tab, event),
            Internal::Tap { tab, event } => self.on_tap(tab, event),
            Internal::Muted { tab, lines } => self.on_muted(tab, lines),
            Internal::Context(event) => return self.on_context(event),
            Internal::Denied(denial) => self.on_denied(denial),
            Internal::PagesSettled { then } => self.on_pages_settled(then),
            Internal::InputUnsupported { engine, capability } => {
                self.on_input_unsupported(engine, capability);
            }
            Internal::InputDone { coalesced, took } => self.on_input_done(coalesced, took),
            Internal::ViewerGone { viewer, connection } => self.on_viewer_gone(viewer, connection),
            Internal::GraceOver { viewer, connection } => self.on_grace_over(viewer, connection),
            Internal::Navigated { tab, url, outcome } => self.on_navigated(tab, &url, outcome),
            Internal::StillLoading { tab, url } => self.on_still_loading(tab, &url),
            Internal::TabOpened { page, url } => self.on_tab_opened(page, url),
            Internal::Title { tab, title } => self.on_title(tab, title),
            Internal::Measured {
                width,
                height,
                scale,
            } => self.on_measured(width, height, scale),
            Internal::Say { to, notice } => self.say(to, notice),
            Internal::Event(kind) => self.emit(kind),
            Internal::HoverPickDone => self.on_hoverpick_done(),
            Internal::WholePictureTaken => self.on_whole_picture_taken(),
            Internal::RecorderStarted => self.on_recorder_started(),
            Internal::ClickablesDone => self.looking.clickables_done(),
            Internal::EvidenceDone => self.faults.evidence_done(),
        }
        None
    }

    /// Runs something in a task of its own that ends with the session.
    fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        let cancel = self.cancel.clone();
        self.tasks.spawn(async move {
            cancel.run_until_cancelled(work).await;
        });
    }

    /// An operation on the browser that ends with the session.
    fn progress(&self, limit: Duration) -> Progress {
        Progress::with_deadline(Instant::now() + limit, self.cancel.clone())
    }

    fn emit(&self, kind: SessionEventKind) {
        // Nobody may be listening, which is fine: the session itself needs no listener.
        let _ = self.events.send(SessionEvent {
            session: self.id,
            at: SystemTime::now(),
            kind,
        });
    }

    /// Notes something that a person or the session did, for the log of actions.
    fn note(&self, viewer: Option<ViewerId>, name: &'static str, detail: impl Into<String>) {
        self.emit(SessionEventKind::Action {
            viewer,
            name,
            detail: detail.into(),
        });
    }

    fn report(&self, report: Report) {
        // The recorder ends with the session, and then there is nothing to record.
        self.shelf.report_sent();
        if self.reports.send(report).is_err() {
            self.shelf.report_handled();
        }
    }

    /// Writes a step down that the session saw by itself.
    fn record_step(&self, url: String, kind: impl Into<StepKind>) {
        let mut step = Step::new(kind);
        step.url = url;
        self.report(Report::Own {
            step: Box::new(step),
            at: SystemTime::now(),
        });
    }
}

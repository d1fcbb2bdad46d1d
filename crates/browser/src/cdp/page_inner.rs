//! What a page's handles share, and the waiting on it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{broadcast, watch};

use crate::Result;
use crate::cdp::attach::{self, Switches};
use crate::cdp::context::ContextInner;
use crate::cdp::dialog::{Dialog, OpenDialog};
use crate::cdp::emulation::Emulation;
use crate::cdp::frame_tree::FrameTree;
use crate::cdp::input::keyboard::KeyboardState;
use crate::cdp::input::mouse::MouseState;
use crate::cdp::network::NetworkState;
use crate::cdp::offline;
use crate::cdp::protocol::page::{self, GetFrameTree};
use crate::cdp::protocol::runtime::RunIfWaitingForDebugger;
use crate::cdp::screencast::Slot;
use crate::cdp::session::Session;
use crate::error::BrowserError;
use crate::events::PageEvent;
use crate::ids::{FrameId, PageId};
use crate::options::Drawing;
use crate::progress::Progress;

/// Events that a slow subscriber may be behind before it loses the oldest.
const EVENTS: usize = 1024;

/// A page. The reader's task changes it; handles read it and wait for `changes`.
pub(crate) struct PageInner {
    pub(crate) id: PageId,
    pub(crate) opener: Option<PageId>,
    pub(crate) session: Session,
    pub(crate) context: Arc<ContextInner>,
    pub(crate) drawing: Drawing,
    state: Mutex<PageState>,
    /// Counts up whenever something that one can wait for has changed.
    changes: watch::Sender<u64>,
    dialog: watch::Sender<Option<OpenDialog>>,
    events: broadcast::Sender<PageEvent>,
    pub(crate) keyboard: Mutex<KeyboardState>,
    pub(crate) mouse: Mutex<MouseState>,
    pub(crate) cast: Mutex<Option<Arc<Slot>>>,
    pub(crate) network: Mutex<NetworkState>,
}

/// What changes in a page.
pub(crate) struct PageState {
    pub(crate) frames: FrameTree,
    pub(crate) emulation: Emulation,
    pub(crate) switches: Switches,
    /// Scripts that every document runs, added since the page is open.
    pub(crate) carried: Vec<Arc<str>>,
    /// The sessions of frames in other processes.
    pub(crate) children: Vec<Child>,
    pub(crate) closed: bool,
    pub(crate) crashed: bool,
    pub(crate) loading: bool,
    pub(crate) title: Arc<str>,
}

/// The session of a frame in another process.
pub(crate) struct Child {
    pub(crate) session: Session,
    /// The session of the frame around it.
    pub(crate) parent: Arc<str>,
}

impl PageState {
    /// Takes out a child session and those inside it: when a session goes, nobody tells of the sessions inside.
    pub(crate) fn take_children(&mut self, session: &str) -> Vec<Session> {
        let taken: Vec<_> = self
            .children
            .extract_if(.., |child| {
                child.session.id() == session || *child.parent == *session
            })
            .map(|child| child.session)
            .collect();
        let inside = taken.iter().filter(|child| child.id() != session);
        let deeper: Vec<_> = inside
            .flat_map(|child| self.take_children(child.id()))
            .collect();
        [taken, deeper].concat()
    }
}

impl PageInner {
    pub(crate) fn new(
        id: PageId,
        opener: Option<PageId>,
        session: Session,
        context: Arc<ContextInner>,
        drawing: Drawing,
        emulation: Emulation,
        switches: Switches,
    ) -> Self {
        let state = PageState {
            frames: FrameTree::new(id.as_str().into(), session.clone()),
            emulation,
            switches,
            carried: Vec::new(),
            children: Vec::new(),
            closed: false,
            crashed: false,
            loading: false,
            title: "".into(),
        };
        Self {
            id,
            opener,
            session,
            context,
            drawing,
            state: Mutex::new(state),
            changes: watch::Sender::new(0),
            dialog: watch::Sender::new(None),
            events: broadcast::Sender::new(EVENTS),
            keyboard: Mutex::default(),
            mouse: Mutex::default(),
            cast: Mutex::default(),
            network: Mutex::default(),
        }
    }

    /// Prepares the new page and lets it run; `ready` is called on the reader's task when it does.
    pub(crate) fn start(self: &Arc<Self>, ready: impl FnOnce() + Send + 'static) {
        let (emulation, switches) = {
            let state = self.lock();
            (state.emulation.clone(), state.switches)
        };
        if let Some(site) = &self.context.options().offline {
            offline::prepare(&self.session, site);
        }
        if let Some(script) = &self.context.options().stage_script {
            offline::carry(&self.session, script);
        }
        attach::prepare(&self.session, &emulation, switches);
        attach::prepare_page(&self.session, &emulation);
        self.read_first_document(&self.session);
        self.session
            .then(&RunIfWaitingForDebugger {}, move |_| ready());
    }

    /// Learns what a session's outermost frame shows before any event tells it.
    pub(crate) fn read_first_document(self: &Arc<Self>, session: &Session) {
        let page = Arc::clone(self);
        session.then(&GetFrameTree {}, move |tree| {
            let Ok(tree) = tree else { return };
            page.first_document(&tree.frame_tree.frame);
        });
    }

    fn first_document(&self, document: &page::Frame) {
        let mut state = self.lock();
        let Some(frame) = state.frames.get_mut(&document.id) else {
            return;
        };
        if frame.navigations == 0 {
            frame.show(
                &document.loader_id,
                &document.url,
                document.name.as_deref().unwrap_or_default(),
                None,
            );
            frame.navigations = 0;
        }
        drop(state);
        self.changed();
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, PageState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn changed(&self) {
        self.changes.send_modify(|changes| *changes += 1);
    }

    pub(crate) fn subscribe(&self) -> broadcast::Receiver<PageEvent> {
        self.events.subscribe()
    }

    /// Whether anybody listens, so that events are made only for somebody.
    pub(crate) fn has_listeners(&self) -> bool {
        self.events.receiver_count() > 0
    }

    pub(crate) fn publish(&self, event: PageEvent) {
        // Nobody listening is fine.
        let _ = self.events.send(event);
    }

    pub(crate) fn open_dialog(&self) -> Option<OpenDialog> {
        self.dialog.borrow().clone()
    }

    pub(crate) fn set_dialog(&self, dialog: Option<OpenDialog>) {
        self.dialog.send_replace(dialog);
        self.changed();
    }

    /// Resolves when a dialog is open.
    pub(crate) async fn dialog_opened(&self) -> Arc<Dialog> {
        let mut opened = self.dialog.subscribe();
        loop {
            if let Some(open) = opened.borrow_and_update().as_ref() {
                return Arc::clone(&open.dialog);
            }
            if opened.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }

    /// The dialog was answered, whether or not its event has come.
    pub(crate) fn dialog_answered(&self, answered: &OpenDialog) {
        let closed = self.dialog.send_if_modified(|open| {
            let is_it = open
                .as_ref()
                .is_some_and(|open| Arc::ptr_eq(&open.dialog, &answered.dialog));
            if is_it {
                *open = None;
            }
            is_it
        });
        if closed {
            self.changed();
        }
    }

    /// Resolves when the page has been closed.
    pub(crate) async fn closed(&self) {
        let mut changes = self.changes.subscribe();
        while !self.lock().closed {
            // The sender lives in `self`.
            let _ = changes.changed().await;
        }
    }

    /// Why nothing can be done in this page now.
    pub(crate) fn check_alive(&self) -> Result<()> {
        let state = self.lock();
        if self.session.connection().is_closed() {
            return Err(BrowserError::Disconnected);
        }
        if state.closed {
            return Err(BrowserError::PageClosed);
        }
        if state.crashed {
            return Err(BrowserError::TargetCrashed);
        }
        Ok(())
    }

    /// As `check_alive`, and no dialog is open.
    pub(crate) fn check_responsive(&self) -> Result<()> {
        self.check_alive()?;
        match self.open_dialog() {
            Some(open) => Err(BrowserError::DialogOpen {
                dialog: open.dialog,
            }),
            None => Ok(()),
        }
    }

    /// Waits until `check` finds something. Ends early when the page closes, crashes or opens a dialog.
    pub(crate) async fn until<T>(
        &self,
        progress: &Progress,
        what: &'static str,
        mut check: impl FnMut(&PageState) -> Option<Result<T>>,
    ) -> Result<T> {
        let mut changes = self.changes.subscribe();
        let waiting = async {
            loop {
                if let Some(found) = check(&self.lock()) {
                    return found;
                }
                self.check_responsive()?;
                if changes.changed().await.is_err() {
                    return Err(BrowserError::PageClosed);
                }
            }
        };
        progress.race(what, waiting).await?
    }

    /// Races something that a page with an open dialog would never finish against the opening of one.
    pub(crate) async fn unless_dialog<T>(
        &self,
        progress: &Progress,
        what: &'static str,
        work: impl Future<Output = Result<T>>,
    ) -> Result<T> {
        let either = async {
            tokio::select! {
                biased;
                done = work => done,
                dialog = self.dialog_opened() => Err(BrowserError::DialogOpen { dialog }),
            }
        };
        let done = progress.race(what, either).await?;
        done.map_err(|error| self.explain(error))
    }

    /// A session that has gone may mean that the whole page has.
    pub(crate) fn explain(&self, error: BrowserError) -> BrowserError {
        match error {
            BrowserError::ContextDestroyed if self.lock().closed => BrowserError::PageClosed,
            other => other,
        }
    }

    /// The session of a frame's process.
    pub(crate) fn session_of(&self, frame: &FrameId) -> Result<Session> {
        let state = self.lock();
        let frame = state
            .frames
            .get(frame.as_str())
            .ok_or(BrowserError::ContextDestroyed)?;
        Ok(frame.session.clone())
    }

    /// Every session of the page, its own first.
    pub(crate) fn sessions(&self) -> Vec<Session> {
        let mut sessions = vec![self.session.clone()];
        sessions.extend(
            self.lock()
                .children
                .iter()
                .map(|child| child.session.clone()),
        );
        sessions
    }

    /// The page has gone: everybody who waits is told.
    pub(crate) fn close(&self, error: &BrowserError) {
        let children = {
            let mut state = self.lock();
            if std::mem::replace(&mut state.closed, true) {
                return;
            }
            std::mem::take(&mut state.children)
        };
        for session in children
            .iter()
            .map(|child| &child.session)
            .chain([&self.session])
        {
            session.connection().detach(session.id(), error);
        }
        let cast = self
            .cast
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(slot) = cast {
            slot.end();
        }
        self.set_dialog(None);
        self.publish(PageEvent::Closed);
        self.changed();
    }
}

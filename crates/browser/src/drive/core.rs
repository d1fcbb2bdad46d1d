//! What a page's handles share, what its engine tells, and the waiting on it.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::sync::{broadcast, watch};

use crate::Result;
use crate::cdp::dialog::Dialog;
use crate::cdp::navigation::LoadState;
use crate::drive::context::ContextCore;
use crate::drive::driver::PageDriver;
use crate::drive::frames::{FrameData, Frames};
use crate::drive::input::Held;
use crate::drive::screencast::Slot;
use crate::error::BrowserError;
use crate::events::{ContextEvent, PageEvent};
use crate::ids::{FrameId, PageId, RequestId};
use crate::options::Viewport;
use crate::progress::Progress;

/// Events that a slow subscriber may be behind before it loses the oldest.
const EVENTS: usize = 1024;

/// A page. Its engine changes it; handles read it and wait for `changes`.
pub(crate) struct Core {
    pub(crate) id: PageId,
    pub(crate) opener: Option<PageId>,
    pub(crate) context: Arc<ContextCore>,
    pub(crate) driver: Box<dyn PageDriver>,
    state: Mutex<State>,
    /// Counts up whenever something that one can wait for has changed.
    changes: watch::Sender<u64>,
    dialog: watch::Sender<Option<Arc<Dialog>>>,
    events: broadcast::Sender<PageEvent>,
    pub(crate) held: Mutex<Held>,
    pub(crate) cast: Mutex<Option<Arc<Slot>>>,
}

/// What changes in a page.
pub(crate) struct State {
    pub(crate) frames: Frames,
    pub(crate) viewport: Option<Viewport>,
    pub(crate) closed: bool,
    pub(crate) crashed: bool,
    pub(crate) title: Arc<str>,
    /// The HTTP status of the main frame's document, when the network has told it.
    pub(crate) status: Option<u16>,
    in_flight: HashSet<RequestId>,
    /// Since when no request has been under way.
    pub(crate) quiet_since: Instant,
}

impl State {
    pub(crate) fn is_quiet(&self) -> bool {
        self.in_flight.is_empty()
    }
}

impl Core {
    pub(crate) fn new(
        id: PageId,
        opener: Option<PageId>,
        context: Arc<ContextCore>,
        driver: Box<dyn PageDriver>,
        url: &str,
    ) -> Self {
        let viewport = context.options.viewport;
        let state = State {
            frames: Frames::new(FrameId::from(id.as_str()), url),
            viewport,
            closed: false,
            crashed: false,
            title: "".into(),
            status: None,
            in_flight: HashSet::new(),
            quiet_since: Instant::now(),
        };
        Self {
            id,
            opener,
            context,
            driver,
            state: Mutex::new(state),
            changes: watch::Sender::new(0),
            dialog: watch::Sender::new(None),
            events: broadcast::Sender::new(EVENTS),
            held: Mutex::default(),
            cast: Mutex::default(),
        }
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
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

    /// Tells the subscribers.
    pub(crate) fn publish(&self, event: PageEvent) {
        // Nobody listening is fine.
        let _ = self.events.send(event);
    }
}

/// What an engine tells.
impl Core {
    /// A frame was added.
    pub(crate) fn frame_attached(&self, frame: &FrameId, parent: &FrameId, url: &str) {
        if self.lock().frames.attach(frame, parent, url) {
            self.publish(PageEvent::FrameAttached {
                frame: frame.clone(),
                parent: Some(parent.clone()),
            });
            self.changed();
        }
    }

    /// A frame was removed.
    pub(crate) fn frame_detached(&self, frame: &str) {
        let gone = self.lock().frames.detach(frame);
        self.tell_gone(gone);
    }

    /// A frame's name is known.
    pub(crate) fn frame_named(&self, frame: &str, name: &str) {
        if let Some(frame) = self.lock().frames.get_mut(frame) {
            frame.name = name.into();
        }
    }

    /// Whether scripts can be run in the document that the frame shows.
    pub(crate) fn scripts_ready(&self, frame: &str, ready: bool) {
        if let Some(frame) = self.lock().frames.get_mut(frame) {
            frame.ready = ready;
        }
        self.changed();
    }

    /// A navigation began that has not shown its document yet.
    pub(crate) fn navigation_started(&self, frame: &str, navigation: &str) {
        let is_main = self.is_main(frame);
        let began = {
            let mut state = self.lock();
            let Some(frame) = state.frames.get_mut(frame) else {
                return;
            };
            frame.pending.replace(navigation.into()).is_none()
        };
        if is_main && began {
            self.publish(PageEvent::Loading(true));
        }
        self.changed();
    }

    /// A navigation showed its document.
    pub(crate) fn navigation_committed(
        &self,
        frame: &str,
        navigation: Option<&str>,
        url: &str,
        unreachable: Option<&str>,
    ) {
        let gone = {
            let mut state = self.lock();
            let gone = state.frames.detach_children(frame);
            let Some(data) = state.frames.get_mut(frame) else {
                return;
            };
            data.pending = None;
            data.navigation = navigation.map(Into::into);
            data.documents += 1;
            data.navigations += 1;
            data.url = unreachable.unwrap_or(url).into();
            data.unreachable = unreachable.map(Into::into);
            data.reached = Some(LoadState::Commit);
            if self.is_main(frame) {
                state.crashed = false;
            }
            gone
        };
        self.tell_gone(gone);
        self.publish(PageEvent::Navigated {
            frame: FrameId::from(frame),
            url: unreachable.unwrap_or(url).into(),
            same_document: false,
            unreachable_url: unreachable.map(Into::into),
        });
        self.changed();
    }

    /// The frame shows another address of the same document.
    pub(crate) fn same_document(&self, frame: &str, url: &str) {
        {
            let mut state = self.lock();
            let Some(data) = state.frames.get_mut(frame) else {
                return;
            };
            data.navigations += 1;
            data.url = url.into();
        }
        self.publish(PageEvent::Navigated {
            frame: FrameId::from(frame),
            url: url.into(),
            same_document: true,
            unreachable_url: None,
        });
        self.changed();
    }

    /// A navigation ended without showing a document.
    pub(crate) fn navigation_ended(&self, frame: &str, navigation: Option<&str>) {
        let ended = {
            let mut state = self.lock();
            let Some(data) = state.frames.get_mut(frame) else {
                return;
            };
            let is_it = navigation.is_none_or(|ended| data.pending.as_deref() == Some(ended));
            is_it && data.pending.take().is_some()
        };
        if ended && self.is_main(frame) {
            self.publish(PageEvent::Loading(false));
        }
        self.changed();
    }

    /// The document of a frame has come this far.
    pub(crate) fn reached(&self, frame: &str, navigation: Option<&str>, reached: LoadState) {
        {
            let mut state = self.lock();
            let Some(data) = state.frames.get_mut(frame) else {
                return;
            };
            let other = navigation
                .zip(data.navigation.as_deref())
                .is_some_and(|(told, shown)| told != shown);
            // News of a document that has been replaced already, or of the empty one before the first.
            if other
                || (data.pending.is_some() && navigation.is_some() && data.navigation.is_none())
            {
                return;
            }
            if data.reached.is_some_and(|known| known >= reached) {
                return;
            }
            data.reached = Some(reached);
        }
        if self.is_main(frame) {
            match reached {
                LoadState::DomContentLoaded => self.publish(PageEvent::DomContentLoaded),
                LoadState::Load => {
                    self.publish(PageEvent::Load);
                    self.publish(PageEvent::Loading(false));
                }
                LoadState::Commit | LoadState::NetworkIdle => {}
            }
        }
        self.changed();
    }

    /// The title of the tab.
    pub(crate) fn title_changed(&self, title: &str) {
        let new = {
            let mut state = self.lock();
            *state.title != *title && {
                state.title = title.into();
                true
            }
        };
        if new {
            self.publish(PageEvent::TitleChanged(title.into()));
        }
    }

    /// A dialog waits for an answer.
    pub(crate) fn dialog_opened(&self, dialog: Dialog) {
        let dialog = Arc::new(dialog);
        self.dialog.send_replace(Some(Arc::clone(&dialog)));
        self.changed();
        self.publish(PageEvent::DialogOpened(dialog));
    }

    /// The dialog was answered or has gone.
    pub(crate) fn dialog_closed(&self, accepted: bool, text: &str) {
        self.dialog.send_replace(None);
        self.changed();
        self.publish(PageEvent::DialogClosed {
            accepted,
            text: text.into(),
        });
    }

    /// A request is under way.
    pub(crate) fn request_began(&self, id: &RequestId) {
        self.lock().in_flight.insert(id.clone());
        self.changed();
    }

    /// A request is done, however it ended.
    pub(crate) fn request_ended(&self, id: &RequestId) {
        let mut state = self.lock();
        if state.in_flight.remove(id) {
            state.quiet_since = Instant::now();
        }
        drop(state);
        self.changed();
    }

    /// The page's process crashed.
    pub(crate) fn crashed(&self) {
        {
            let mut state = self.lock();
            state.crashed = true;
            let main = self.id.as_str();
            if let Some(frame) = state.frames.get_mut(main) {
                frame.pending = None;
            }
        }
        self.dialog.send_replace(None);
        // No more pictures come; a stream of the next document is another one.
        if let Some(cast) = &*self.cast.lock().unwrap_or_else(PoisonError::into_inner) {
            cast.end();
        }
        self.publish(PageEvent::Crashed);
        self.changed();
        self.context.publish(ContextEvent::PageCrashed {
            page: self.id.clone(),
        });
    }

    /// Something was done in the page: a stream of pictures looks at it.
    pub(crate) fn nudge_cast(&self) {
        let cast = self.cast.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(slot) = &*cast {
            slot.nudge();
        }
    }

    /// The page has gone: everybody who waits is told.
    pub(crate) fn closed(&self) {
        if std::mem::replace(&mut self.lock().closed, true) {
            return;
        }
        let cast = self
            .cast
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(slot) = cast {
            slot.end();
        }
        self.dialog.send_replace(None);
        self.publish(PageEvent::Closed);
        self.changed();
        self.context.page_closed(&self.id);
    }

    fn tell_gone(&self, gone: Vec<FrameId>) {
        for frame in gone {
            self.publish(PageEvent::FrameDetached { frame });
        }
        self.changed();
    }

    fn is_main(&self, frame: &str) -> bool {
        self.id.as_str() == frame
    }
}

/// Waiting.
impl Core {
    pub(crate) fn open_dialog(&self) -> Option<Arc<Dialog>> {
        self.dialog.borrow().clone()
    }

    /// The dialog was answered, whether or not its event has come.
    pub(crate) fn dialog_answered(&self, answered: &Arc<Dialog>) {
        let closed = self.dialog.send_if_modified(|open| {
            let is_it = open
                .as_ref()
                .is_some_and(|open| Arc::ptr_eq(open, answered));
            if is_it {
                *open = None;
            }
            is_it
        });
        if closed {
            self.changed();
        }
    }

    /// Resolves when a dialog is open.
    pub(crate) async fn wait_dialog(&self) -> Arc<Dialog> {
        let mut opened = self.dialog.subscribe();
        loop {
            if let Some(open) = opened.borrow_and_update().as_ref() {
                return Arc::clone(open);
            }
            if opened.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }

    /// Resolves when the page has been closed.
    pub(crate) async fn wait_closed(&self) {
        let mut changes = self.changes.subscribe();
        while !self.lock().closed {
            // The sender lives in `self`.
            let _ = changes.changed().await;
        }
    }

    /// Resolves when the page has been closed or its process has crashed.
    async fn wait_gone(&self) -> BrowserError {
        let mut changes = self.changes.subscribe();
        loop {
            let (closed, crashed) = {
                let state = self.lock();
                (state.closed, state.crashed)
            };
            match (closed, crashed) {
                (true, _) => return BrowserError::PageClosed,
                (false, true) => return BrowserError::TargetCrashed,
                // The sender lives in `self`.
                (false, false) => drop(changes.changed().await),
            }
        }
    }

    /// Why nothing can be done in this page now.
    pub(crate) fn check_alive(&self) -> Result<()> {
        if !self.driver.is_connected() {
            return Err(BrowserError::Disconnected);
        }
        let state = self.lock();
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
            Some(dialog) => Err(BrowserError::DialogOpen { dialog }),
            None => Ok(()),
        }
    }

    /// Waits until `check` finds something. Ends early when the page closes, crashes or opens a dialog.
    pub(crate) async fn until<T>(
        &self,
        progress: &Progress,
        what: &'static str,
        mut check: impl FnMut(&State) -> Option<Result<T>>,
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

    /// Races something that a page with an open dialog would never finish against the opening of one, and against the
    /// page's end.
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
                dialog = self.wait_dialog() => Err(BrowserError::DialogOpen { dialog }),
                gone = self.wait_gone() => Err(gone),
            }
        };
        let done = progress.race(what, either).await?;
        done.map_err(|error| self.explain(error))
    }

    /// A document that has gone may mean that the whole page or browser has.
    pub(crate) fn explain(&self, error: BrowserError) -> BrowserError {
        match error {
            BrowserError::ContextDestroyed | BrowserError::PageClosed
                if !self.driver.is_connected() =>
            {
                BrowserError::Disconnected
            }
            BrowserError::ContextDestroyed if self.lock().closed => BrowserError::PageClosed,
            other => other,
        }
    }

    /// Reads a frame; `None` once it has gone.
    pub(crate) fn read_frame<T>(
        &self,
        id: &FrameId,
        read: impl FnOnce(&FrameData) -> T,
    ) -> Option<T> {
        self.lock().frames.get(id.as_str()).map(read)
    }
}

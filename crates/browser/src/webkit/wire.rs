//! What the engine knows of a page besides what the middle knows: whom to talk to, in which script contexts, and what
//! is under way.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};

use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::sync::{oneshot, watch};

use crate::Result;
use crate::drive::core::Core;
use crate::error::BrowserError;
use crate::ids::{FrameId, PageId};
use crate::webkit::bootstrap::Bootstrap;
use crate::webkit::connection::{Address, Connection};

/// A page of the browser, as the engine sees it.
pub(crate) struct Wire {
    pub(crate) connection: Connection,
    pub(crate) bootstrap: Arc<Bootstrap>,
    /// The page's number on the socket.
    pub(crate) number: u64,
    pub(crate) id: PageId,
    /// What the Automation domain calls it.
    pub(crate) handle: OnceLock<Arc<str>>,
    core: OnceLock<Weak<Core>>,
    state: Mutex<State>,
    /// The target that the page's documents live in; `None` before the first.
    pub(crate) target: watch::Sender<Option<Arc<str>>>,
    /// Its window on the screen, once somebody has looked for it.
    pub(crate) window: tokio::sync::Mutex<Option<u32>>,
    /// Whether network events are wanted.
    pub(crate) network: AtomicBool,
    /// Whether the browser's own log entries are wanted.
    pub(crate) log: AtomicBool,
    /// Whether file choosers are reported.
    pub(crate) choosers: AtomicBool,
}

/// What changes.
#[derive(Default)]
pub(crate) struct State {
    /// The browser's own name of the main frame.
    pub(crate) main: Option<String>,
    /// Script contexts by frame.
    pub(crate) contexts: HashMap<FrameId, Context>,
    /// Who asked for a navigation of the main frame that has come to nothing yet.
    pub(crate) going: Option<Going>,
    /// The request for the main frame's next document.
    pub(crate) document: Option<String>,
    /// The main frame's next document is the browser's error page for this address.
    pub(crate) failed: Option<String>,
    /// The dialog that has been announced and not answered.
    pub(crate) dialog: bool,
    /// What it is being answered with: whether it is accepted, and with which text. The page can be quicker to tell that
    /// it was answered than the browser is to confirm our answer.
    pub(crate) answering: Option<(bool, String)>,
    /// The page drags something by HTML's drag and drop.
    pub(crate) dragging: bool,
    /// Loads of the main frame that have begun.
    pub(crate) loads: u64,
    /// The file input that was clicked last: its frame, its number there, whether it takes several files.
    pub(crate) chooser: Option<(FrameId, i64, bool)>,
    pub(crate) requests: crate::webkit::network::Requests,
    pub(crate) last_line: Option<crate::webkit::console::Line>,
    /// Documents that are announced now were there before us.
    pub(crate) attaching: bool,
}

/// A frame's script context.
#[derive(Clone)]
pub(crate) struct Context {
    pub(crate) id: u64,
    /// What the document calls itself in what it tells.
    pub(crate) place: String,
    /// The object that our calls run on; `None` before the script that makes it has run.
    pub(crate) scope: Option<Arc<str>>,
}

/// Somebody waits for where a navigation leads.
pub(crate) struct Going {
    pub(crate) url: String,
    pub(crate) told: oneshot::Sender<Result<Option<Arc<str>>>>,
}

impl Wire {
    pub(crate) fn new(connection: Connection, bootstrap: Arc<Bootstrap>, number: u64) -> Self {
        Self {
            connection,
            bootstrap,
            number,
            id: PageId::from(format!("page-{number}")),
            handle: OnceLock::new(),
            core: OnceLock::new(),
            state: Mutex::default(),
            target: watch::Sender::new(None),
            window: tokio::sync::Mutex::new(None),
            network: AtomicBool::new(false),
            log: AtomicBool::new(false),
            choosers: AtomicBool::new(false),
        }
    }

    /// Who is told; once.
    pub(crate) fn set_core(&self, core: &Arc<Core>) {
        // The first one stays; there is never a second.
        let _ = self.core.set(Arc::downgrade(core));
    }

    pub(crate) fn core(&self) -> Option<Arc<Core>> {
        self.core.get()?.upgrade()
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The middle's name of a frame: the main frame is called as the page.
    pub(crate) fn frame_id(&self, own: &str) -> FrameId {
        if self.lock().main.as_deref() == Some(own) {
            FrameId::from(self.id.as_str())
        } else {
            FrameId::from(format!("{}/{own}", self.id))
        }
    }

    /// The frame that a script context belongs to.
    pub(crate) fn frame_of(&self, context: u64) -> Option<FrameId> {
        let state = self.lock();
        let found = state.contexts.iter().find(|(_, known)| known.id == context);
        found.map(|(frame, _)| frame.clone())
    }

    /// The frame whose document calls itself so.
    pub(crate) fn frame_at(&self, place: &str) -> Option<FrameId> {
        let state = self.lock();
        let found = state
            .contexts
            .iter()
            .find(|(_, known)| known.place == place);
        found.map(|(frame, _)| frame.clone())
    }

    /// Where the page's own domains are.
    pub(crate) fn address(&self) -> Address {
        match self.target.borrow().as_ref() {
            Some(target) => Address::Target(self.number, Arc::clone(target)),
            None => Address::Page(self.number),
        }
    }

    /// Writes a command of the page's own domains.
    pub(crate) fn send<T: DeserializeOwned + Send + 'static>(
        &self,
        method: &'static str,
        params: &Value,
    ) -> impl Future<Output = Result<T>> + Send + 'static + use<T> {
        self.connection.send(&self.address(), None, method, params)
    }

    /// Writes a command of the page's own domains whose answer nobody needs.
    pub(crate) fn post(&self, method: &'static str, params: &Value) {
        self.connection.post(&self.address(), method, params);
    }

    /// Writes a command of the Automation domain.
    pub(crate) fn automate<T: DeserializeOwned + Send + 'static>(
        &self,
        method: &'static str,
        params: &Value,
    ) -> impl Future<Output = Result<T>> + Send + 'static + use<T> {
        self.connection
            .send(&Address::Automation, None, method, params)
    }

    /// What the Automation domain calls the page.
    pub(crate) fn handle(&self) -> &str {
        self.handle
            .get()
            .map(|handle| &**handle)
            .unwrap_or_default()
    }

    /// The context of a frame, with the object that our calls run on.
    pub(crate) fn scope(&self, frame: &FrameId) -> Result<(u64, Arc<str>)> {
        let state = self.lock();
        let context = state
            .contexts
            .get(frame)
            .ok_or(BrowserError::ContextDestroyed)?;
        let scope = context.scope.clone();
        Ok((context.id, scope.ok_or(BrowserError::ContextDestroyed)?))
    }

    /// The documents of these frames have gone, and what runs in them with them.
    pub(crate) fn forget_contexts(&self, which: impl Fn(&FrameId) -> bool) {
        let gone: Vec<_> = self
            .lock()
            .contexts
            .extract_if(|frame, _| which(frame))
            .collect();
        for (frame, context) in gone {
            if let Some(core) = self.core() {
                core.scripts_ready(frame.as_str(), false);
            }
            self.connection.context_gone(self.number, context.id);
        }
    }

    /// A navigation that somebody waits for has come this far.
    pub(crate) fn arrived(&self, answer: Result<Option<Arc<str>>>) {
        if let Some(going) = self.lock().going.take() {
            // Who asked may have given up.
            let _ = going.told.send(answer);
        }
    }

    pub(crate) fn is_on(switch: &AtomicBool) -> bool {
        switch.load(Ordering::Relaxed)
    }
}

//! All sessions of a process.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use browser::{
    BrowserPool, Context, ContextEvent, ContextOptions, Engine, LaunchOptions, Lent, Page, Progress,
};
use egress::EgressProxy;
use ids::SessionId;
use tokio::sync::broadcast;
use tokio_util::task::TaskTracker;

use crate::actor;
use crate::address::read_address;
use crate::config::{SessionConfig, StartSession, Surface};
use crate::error::{Result, SessionError};
use crate::events::SessionEvent;
use crate::folder::SessionFolder;
use crate::handle::SessionHandle;
use crate::protocol::ViewportState;
use crate::viewport;

/// How long the browser may take to give a context and a page.
const START_LIMIT: Duration = Duration::from_secs(30);
/// A browser without a session goes after so long: one that comes back from a break finds it warm.
const BROWSER_IDLE_LIMIT: Duration = Duration::from_secs(10 * 60);
/// Events that a slow listener may be behind before it skips some.
const EVENT_BACKLOG: usize = 8192;

/// Starts, finds and stops sessions; clones are handles to the same one.
#[derive(Clone)]
pub struct SessionManager {
    inner: Arc<Inner>,
}

struct Inner {
    config: SessionConfig,
    pool: BrowserPool,
    sessions: Mutex<Sessions>,
    events: broadcast::Sender<SessionEvent>,
    tasks: TaskTracker,
}

#[derive(Default)]
struct Sessions {
    live: HashMap<SessionId, SessionHandle>,
    /// Places taken by sessions that are not yet in `live`.
    starting: usize,
}

/// What a session works with, made before it begins.
pub(crate) struct Place {
    pub(crate) browser: Lent,
    pub(crate) context: Context,
    pub(crate) context_events: broadcast::Receiver<ContextEvent>,
    pub(crate) page: Page,
    pub(crate) egress: EgressProxy,
    pub(crate) folder: SessionFolder,
    pub(crate) viewport: ViewportState,
}

impl SessionManager {
    /// A manager with no session; the first one starts the browser.
    #[must_use]
    pub fn new(config: SessionConfig) -> Self {
        let launch = LaunchOptions {
            engine: config.engine,
            executable: config.executable.clone(),
            headless: config.headless,
            extra_args: config.browser_args.clone(),
            ..LaunchOptions::default()
        };
        let pool = BrowserPool::closing_after(launch, BROWSER_IDLE_LIMIT);
        let inner = Inner {
            config,
            pool,
            sessions: Mutex::default(),
            events: broadcast::Sender::new(EVENT_BACKLOG),
            tasks: TaskTracker::new(),
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// Opens a session. It returns when a page is there; the address is opened while viewers already watch.
    pub async fn start(&self, request: StartSession) -> Result<SessionHandle> {
        let url = request.url.as_deref().map(read_address).transpose()?;
        let viewport = match &request.viewport {
            Some(wanted) => viewport::resolve(wanted, &viewport::default_state())?,
            None => viewport::default_state(),
        };
        viewport::to_browser(&viewport)
            .check(request.engine)
            .map_err(SessionError::Unsupported)?;
        let reserved = Reservation::take(&self.inner)?;
        let place = self.prepare(request.engine, viewport).await?;
        let sessions = Arc::downgrade(&self.inner);
        let forget = move |id: SessionId| {
            if let Some(inner) = sessions.upgrade() {
                inner.sessions().live.remove(&id);
            }
        };
        let start = actor::Start {
            place,
            request,
            url,
            surface: self.inner.config.surface(),
            last_tab: self.inner.config.last_tab,
            idle_timeout: self.inner.config.idle_timeout,
            events: self.inner.events.clone(),
        };
        let (handle, work) = actor::start(start);
        self.inner
            .sessions()
            .live
            .insert(handle.id(), handle.clone());
        drop(reserved);
        let id = handle.id();
        self.inner.tasks.spawn(async move {
            work.await;
            forget(id);
        });
        Ok(handle)
    }

    /// A session that has not ended.
    #[must_use]
    pub fn get(&self, id: SessionId) -> Option<SessionHandle> {
        self.inner.sessions().live.get(&id).cloned()
    }

    /// The sessions that have not ended, oldest first.
    #[must_use]
    pub fn list(&self) -> Vec<SessionHandle> {
        let mut all: Vec<_> = self.inner.sessions().live.values().cloned().collect();
        all.sort_by_key(SessionHandle::id);
        all
    }

    /// Ends a session and waits until nothing of it is left; `false` when there is none.
    pub async fn stop(&self, id: SessionId) -> bool {
        let Some(session) = self.get(id) else {
            return false;
        };
        session.stop("stopped by a person").await;
        true
    }

    /// What happens in all sessions from now on.
    #[must_use]
    pub fn events(&self) -> broadcast::Receiver<SessionEvent> {
        self.inner.events.subscribe()
    }

    /// How sessions are set up.
    #[must_use]
    pub fn config(&self) -> &SessionConfig {
        &self.inner.config
    }

    /// Starts the browser now, so that the first session need not wait for it.
    pub async fn warm_up(&self) -> Result<()> {
        self.lend(self.inner.config.engine).await.map(drop)
    }

    /// Ends every session and the browser, and waits until nothing is left.
    pub async fn shutdown(&self) {
        let sessions = self.list();
        futures_util::future::join_all(
            sessions
                .iter()
                .map(|session| session.stop("the server shuts down")),
        )
        .await;
        self.inner.tasks.close();
        self.inner.tasks.wait().await;
        self.inner.pool.close().await;
    }

    async fn lend(&self, engine: Engine) -> Result<Lent> {
        Ok(self.inner.pool.lend(engine).await?)
    }

    async fn prepare(&self, engine: Engine, viewport: ViewportState) -> Result<Place> {
        let config = &self.inner.config;
        let parent = config.folder.clone().unwrap_or_else(std::env::temp_dir);
        let folder = SessionFolder::create(&parent)?;
        let egress = async {
            let started = EgressProxy::start(config.egress.clone()).await;
            started.map_err(|error| SessionError::Egress(Arc::new(error)))
        };
        let (egress, browser) = tokio::try_join!(egress, self.lend(engine))?;
        let options = ContextOptions {
            // A window has the size that its person gives it.
            viewport: (config.surface() == Surface::Viewer)
                .then(|| viewport::to_browser(&viewport)),
            proxy: Some(egress.address()),
            downloads_dir: Some(folder.downloads()),
            network_events: true,
            ..ContextOptions::default()
        };
        let progress = Progress::with_timeout(START_LIMIT);
        let context = browser.new_context(&progress, options).await?;
        let context_events = context.events();
        let page = context.new_page(&progress).await?;
        Ok(Place {
            browser,
            context,
            context_events,
            page,
            egress,
            folder,
            viewport,
        })
    }
}

impl Inner {
    fn sessions(&self) -> MutexGuard<'_, Sessions> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place among the sessions while one is being prepared; given back when that fails.
struct Reservation {
    inner: Arc<Inner>,
}

impl Reservation {
    fn take(inner: &Arc<Inner>) -> Result<Self> {
        let mut sessions = inner.sessions();
        let max = inner.config.max_sessions;
        if sessions.live.len() + sessions.starting >= max {
            return Err(SessionError::TooMany { max });
        }
        sessions.starting += 1;
        drop(sessions);
        Ok(Self {
            inner: Arc::clone(inner),
        })
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        self.inner.sessions().starting -= 1;
    }
}

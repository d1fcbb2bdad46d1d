//! What every handler may reach.

use std::sync::Arc;
use std::time::Instant;

use egress::EgressPolicy;
use session::SessionManager;
use store::Store;
use tokio::sync::{OnceCell, Semaphore};
use tokio_util::sync::CancellationToken;
use work::{FilmDesk, Keep, RenderDesk, Running};

use crate::api::system::StorageHealth;
use crate::auth::password::Passwords;
use crate::browsers::InstalledBrowser;
use crate::metrics::Seen;
use crate::storage::StorageWatch;

/// Pages that are looked at at once for the plans of tours: each is a browser.
const PLANS: usize = 2;

/// How the server behaves.
#[derive(Clone, Debug)]
pub struct Options {
    /// Names beside `localhost` and plain addresses under which the server may be asked: a name that is not listed may
    /// belong to a page that only pretends to be this server.
    pub names: Vec<String>,
    /// How many runs this process performs at once, for the health report.
    pub workers: u32,
    /// Where pages may connect to, for the doctor.
    pub egress: EgressPolicy,
    /// Where outputs of renders, and films, go; they stay in the data folder when `None`.
    pub delivery: Option<delivery::Delivery>,
    /// How long films and outputs of renders stay, to be told; who opens the studio sees to it.
    pub keep: Keep,
    /// What renders in this process, for health and metrics.
    pub renderers: Option<video::RendererPool>,
    /// The browser program; found by itself when `None`.
    pub executable: Option<std::path::PathBuf>,
}

/// A cheap handle on everything that handlers need.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    sessions: SessionManager,
    running: Running,
    renders: RenderDesk,
    films: FilmDesk,
    plans: Semaphore,
    options: Options,
    shutdown: CancellationToken,
    started: Instant,
    passwords: Passwords,
    browser: OnceCell<Option<InstalledBrowser>>,
    storage: StorageWatch,
}

impl App {
    /// Puts the parts together. `shutdown` ends streams that would otherwise stay open.
    #[must_use]
    pub fn new(
        store: Store,
        sessions: SessionManager,
        running: Running,
        options: Options,
        shutdown: CancellationToken,
    ) -> Self {
        crate::metrics::install();
        let inner = Inner {
            renders: RenderDesk::new(store.clone(), options.delivery.clone()),
            films: FilmDesk::new(store.clone()).delivering(options.delivery.clone()),
            plans: Semaphore::new(PLANS),
            store,
            sessions,
            running,
            options,
            shutdown,
            started: Instant::now(),
            passwords: Passwords::new(),
            browser: OnceCell::new(),
            storage: StorageWatch::default(),
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    pub(crate) fn store(&self) -> &Store {
        &self.inner.store
    }

    pub(crate) fn sessions(&self) -> &SessionManager {
        &self.inner.sessions
    }

    pub(crate) fn running(&self) -> &Running {
        &self.inner.running
    }

    /// Takes jobs for renders.
    pub(crate) fn renders(&self) -> &RenderDesk {
        &self.inner.renders
    }

    /// Places to look at pages for the plans of tours.
    pub(crate) fn plans(&self) -> &Semaphore {
        &self.inner.plans
    }

    /// Takes orders for films.
    pub(crate) fn films(&self) -> &FilmDesk {
        &self.inner.films
    }

    pub(crate) fn options(&self) -> &Options {
        &self.inner.options
    }

    pub(crate) fn shutdown(&self) -> &CancellationToken {
        &self.inner.shutdown
    }

    pub(crate) fn started(&self) -> Instant {
        self.inner.started
    }

    /// What metrics look at.
    pub(crate) fn seen(&self) -> Seen<'_> {
        let options = &self.inner.options;
        Seen {
            store: &self.inner.store,
            sessions: Some(&self.inner.sessions),
            renderers: options.renderers.as_ref(),
            delivery: options.delivery.as_ref(),
            intake: None,
            started: self.inner.started,
        }
    }

    /// How the storage of outputs is; nothing when they stay in the data folder.
    pub(crate) async fn storage(&self) -> Option<StorageHealth> {
        let delivery = self.inner.options.delivery.as_ref()?;
        let state = self.inner.storage.look(delivery).await;
        Some(StorageHealth::of(delivery, state))
    }

    pub(crate) fn passwords(&self) -> &Passwords {
        &self.inner.passwords
    }

    /// The browser of this machine; looked for once, because asking it for its version takes a while.
    pub(crate) async fn browser(&self) -> Option<&InstalledBrowser> {
        let executable = self.inner.options.executable.clone();
        self.inner
            .browser
            .get_or_init(|| crate::browsers::installed(executable))
            .await
            .as_ref()
    }
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App")
            .field("options", &self.inner.options)
            .finish_non_exhaustive()
    }
}

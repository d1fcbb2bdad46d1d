//! WebKit as a browser: a process for each context, all of them in one profile folder.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use tokio::sync::watch;
use tracing::{debug, info};

use crate::Result;
use crate::capability::Capability;
use crate::drive::context::{ContextCore, DrivenContext};
use crate::error::BrowserError;
use crate::launch::process::SandboxState;
use crate::launch::profile::{self, Profile};
use crate::options::{ContextOptions, Engine, LaunchOptions};
use crate::progress::Progress;
use crate::webkit::bootstrap::Bootstrap;
use crate::webkit::context::{Driver, WebKitContext};
use crate::webkit::launch::{self, Running};

/// WebKit. When the last clone goes, its processes are killed and their folder removed.
#[derive(Clone)]
pub(crate) struct WebKit {
    inner: Arc<Inner>,
    _lifetime: Arc<Lifetime>,
}

struct Inner {
    executable: PathBuf,
    extra_args: Vec<String>,
    loudspeaker: Option<PathBuf>,
    profile: Profile,
    product: String,
    version: String,
    user_agent: String,
    pid: u32,
    next_id: AtomicU64,
    /// The process that was started first, until a context takes it.
    first: Mutex<Option<Arc<Instance>>>,
    instances: Mutex<HashMap<Arc<str>, Arc<Instance>>>,
    closed: watch::Sender<bool>,
}

/// A process and the context in it.
struct Instance {
    id: Arc<str>,
    running: Running,
    context: Arc<WebKitContext>,
    core: Mutex<Option<Arc<ContextCore>>>,
    /// Ended because its context was closed.
    ended: AtomicBool,
}

/// Ends everything when the last handle goes.
struct Lifetime(Arc<Inner>);

impl Drop for Lifetime {
    fn drop(&mut self) {
        self.0.kill();
        self.0.profile.remove();
    }
}

impl WebKit {
    /// Starts a browser and waits until it answers.
    pub(crate) async fn launch(progress: &Progress, options: LaunchOptions) -> Result<Self> {
        profile::sweep_once();
        let executable = launch::choose(options.executable.as_deref())?;
        let profile = Profile::create()?;
        let id: Arc<str> = "context-1".into();
        let folder = profile.user_data().join(&*id);
        let plain = ContextOptions::default();
        let downloads = profile.downloads(&id);
        let place = launch::Place {
            executable: &executable,
            extra_args: &options.extra_args,
            loudspeaker: options.loudspeaker.as_deref(),
            folder: &folder,
            downloads: &downloads,
        };
        let instance = Instance::start(progress, Arc::clone(&id), &place, &plain).await?;
        let starting = async {
            let user_agent = instance.context.warm_up("navigator.userAgent").await?;
            Ok((instance.context.product(), user_agent))
        };
        let told: Result<_> = progress.race("starting the browser", starting).await?;
        let ((product, version), user_agent) =
            told.map_err(|error| instance.running.process.did_not_start(&executable, error))?;
        let inner = Arc::new(Inner {
            executable,
            extra_args: options.extra_args,
            loudspeaker: options.loudspeaker,
            profile,
            product,
            version,
            user_agent,
            pid: instance.running.process.pid(),
            next_id: AtomicU64::new(2),
            first: Mutex::new(Some(Arc::clone(&instance))),
            instances: Mutex::new(HashMap::from([(id, Arc::clone(&instance))])),
            closed: watch::Sender::new(false),
        });
        tokio::spawn(mourn(Arc::downgrade(&inner), instance));
        info!(pid = inner.pid, version = inner.version, "WebKit started");
        Ok(Self {
            _lifetime: Arc::new(Lifetime(Arc::clone(&inner))),
            inner,
        })
    }

    /// Opens a context: the process that is there already, or another one with what the options need.
    pub(crate) async fn new_context(
        &self,
        progress: &Progress,
        options: ContextOptions,
    ) -> Result<DrivenContext> {
        let inner = &self.inner;
        if !self.is_connected() {
            return Err(BrowserError::Disconnected);
        }
        launch::refuse_what_it_cannot(&options)?;
        let first = lock(&inner.first).take_if(|_| launch::is_plain(&options));
        let instance = match first {
            Some(first) => first,
            None => inner.start(progress, &options).await?,
        };
        let downloads = options
            .downloads_dir
            .clone()
            .unwrap_or_else(|| inner.profile.downloads(&instance.id));
        let core = Arc::new(ContextCore::new(&instance.id, options, downloads));
        core.set_driver(Box::new(Driver(Arc::clone(&instance.context))));
        instance.context.set_core(&core);
        lock(&instance.core).replace(Arc::clone(&core));
        Ok(DrivenContext::new(core))
    }

    pub(crate) fn version(&self) -> &str {
        &self.inner.version
    }

    pub(crate) fn product(&self) -> &str {
        &self.inner.product
    }

    pub(crate) fn user_agent(&self) -> &str {
        &self.inner.user_agent
    }

    pub(crate) fn pid(&self) -> u32 {
        self.inner.pid
    }

    pub(crate) fn profile_dir(&self) -> &Path {
        self.inner.profile.path()
    }

    #[expect(clippy::unused_self, reason = "the other engines have to ask")]
    pub(crate) fn sandbox(&self) -> SandboxState {
        SandboxState::OffByBrowser
    }

    pub(crate) fn is_connected(&self) -> bool {
        !*self.inner.closed.borrow()
    }

    pub(crate) fn disconnected(&self) -> impl Future<Output = ()> + Send + 'static {
        let mut closed = self.inner.closed.subscribe();
        async move {
            // The sender goes only together with the browser.
            let _ = closed.wait_for(|closed| *closed).await;
        }
    }

    pub(crate) fn contexts(&self) -> Vec<DrivenContext> {
        lock(&self.inner.instances)
            .values()
            .filter_map(|instance| lock(&instance.core).clone())
            .map(DrivenContext::new)
            .collect()
    }

    pub(crate) async fn close(&self) {
        let instances: Vec<_> = lock(&self.inner.instances).values().cloned().collect();
        self.inner.kill();
        for instance in instances {
            instance.running.process.exited().await;
            instance.gone();
        }
        let inner = Arc::clone(&self.inner);
        // The thread that removes the folder may outlive us; the folder goes either way.
        let _ = tokio::task::spawn_blocking(move || inner.profile.remove()).await;
    }
}

impl Inner {
    async fn start(
        self: &Arc<Self>,
        progress: &Progress,
        options: &ContextOptions,
    ) -> Result<Arc<Instance>> {
        let number = self.next_id.fetch_add(1, Ordering::Relaxed);
        let id: Arc<str> = format!("context-{number}").into();
        let folder = self.folder(&id)?;
        let downloads = options
            .downloads_dir
            .clone()
            .unwrap_or_else(|| self.profile.downloads(&id));
        let place = launch::Place {
            executable: &self.executable,
            extra_args: &self.extra_args,
            loudspeaker: self.loudspeaker.as_deref(),
            folder: &folder,
            downloads: &downloads,
        };
        let instance = Instance::start(progress, Arc::clone(&id), &place, options).await?;
        if let Some(wanted) = &options.locale {
            let asked = instance.context.warm_up("navigator.language");
            let language = progress.race("opening a context", asked).await??;
            if !language.eq_ignore_ascii_case(wanted) {
                return Err(BrowserError::Unsupported {
                    engine: Engine::WebKit,
                    capability: Capability::AnyLocale,
                });
            }
        }
        lock(&self.instances).insert(id, Arc::clone(&instance));
        tokio::spawn(mourn(Arc::downgrade(self), Arc::clone(&instance)));
        Ok(instance)
    }

    fn folder(&self, id: &str) -> Result<PathBuf> {
        if self.profile.is_removed() {
            return Err(BrowserError::Disconnected);
        }
        Ok(self.profile.user_data().join(id))
    }

    /// Kills every process, at once.
    fn kill(&self) {
        self.closed.send_replace(true);
        for instance in lock(&self.instances).values() {
            instance.running.kill();
        }
    }
}

impl Instance {
    async fn start(
        progress: &Progress,
        id: Arc<str>,
        place: &launch::Place<'_>,
        options: &ContextOptions,
    ) -> Result<Arc<Self>> {
        let bootstrap = Bootstrap::new().map_err(|error| {
            BrowserError::Invalid(format!("the system gives no random numbers: {error}"))
        })?;
        let (running, connection) = launch::start(progress, place, options).await?;
        let instance = Arc::new_cyclic(|weak: &Weak<Self>| {
            let weak = weak.clone();
            let end = move || weak.upgrade().map_or((), |instance| instance.end());
            let place = (running.process.pid(), running.display.name().to_owned());
            Self {
                id,
                running,
                context: WebKitContext::new(connection, bootstrap, place, Box::new(end)),
                core: Mutex::default(),
                ended: AtomicBool::new(false),
            }
        });
        let pairing = progress.race("starting the browser", instance.context.pair());
        if let Err(error) = pairing.await? {
            return Err(instance
                .running
                .process
                .did_not_start(place.executable, error));
        }
        Ok(instance)
    }

    /// The context is closed: its process is of no more use.
    fn end(&self) {
        self.ended.store(true, Ordering::Release);
        self.running.kill();
    }

    /// The process has ended.
    fn gone(&self) {
        self.context.gone();
        lock(&self.core).take();
    }
}

/// Waits for the end of a process and tells everybody. The end of the first one is that of the browser, unless its
/// context was closed.
async fn mourn(browser: Weak<Inner>, instance: Arc<Instance>) {
    let mut closed = instance.context.connection.closed();
    tokio::select! {
        // The sender lives in the connection.
        _ = closed.wait_for(|closed| *closed) => {}
        () = instance.running.process.exited() => instance.context.connection.close(),
    }
    // A browser that stops talking but lives on is killed, and so is the screen that nobody draws on any more.
    instance.running.kill();
    let Some(browser) = browser.upgrade() else {
        return instance.gone();
    };
    lock(&browser.instances).remove(&instance.id);
    let is_first = instance.running.process.pid() == browser.pid;
    if is_first && !instance.ended.load(Ordering::Acquire) {
        browser.kill();
    }
    instance.gone();
    if let Ok(folder) = browser.folder(&instance.id) {
        // What is left goes with the profile.
        let _ = tokio::fs::remove_dir_all(folder).await;
    }
    debug!(context = &*instance.id, "WebKit gone");
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

//! A running browser.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use tracing::{debug, info, warn};

use crate::Result;
use crate::cdp::attach::{self, Switches};
use crate::cdp::begin_frame;
use crate::cdp::connection::{Connection, Sink};
use crate::cdp::context::{Context, ContextInner};
use crate::cdp::download::Downloads;
use crate::cdp::emulation::Emulation;
use crate::cdp::message::{Command, Empty};
use crate::cdp::page_events::with;
use crate::cdp::page_inner::PageInner;
use crate::cdp::pipe;
use crate::cdp::protocol::browser::{GetVersion, SetDownloadBehavior, SetDownloadBehaviorBehavior};
use crate::cdp::protocol::runtime::RunIfWaitingForDebugger;
use crate::cdp::protocol::target::{
    AttachedToTargetEvent, CreateBrowserContext, DetachFromTarget, DetachedFromTargetEvent,
};
use crate::cdp::session::Session;
use crate::error::BrowserError;
use crate::ids::PageId;
use crate::launch::find::BrowserKind;
use crate::launch::process::{BrowserProcess, SandboxState};
use crate::launch::profile::{self, Profile};
use crate::launch::{find, flags};
use crate::loudspeaker;
use crate::options::{ContextOptions, Drawing, LaunchOptions};
use crate::progress::Progress;

/// The proxy of contexts without a network. Nobody listens there, and Chromium resolves no names when it has a proxy: what
/// is not answered from memory (sockets, workers, connections ahead of need) ends here.
const NOWHERE: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 9);

/// A running browser. Cheap to clone; when the last clone goes, the browser is killed and its profile removed.
#[derive(Clone)]
pub(crate) struct Browser {
    inner: Arc<BrowserInner>,
    _lifetime: Arc<Lifetime>,
}

pub(crate) struct BrowserInner {
    root: Session,
    process: BrowserProcess,
    profile: Profile,
    sandbox: SandboxState,
    pub(crate) drawing: Drawing,
    product: String,
    version: String,
    user_agent: String,
    contexts: Mutex<HashMap<Arc<str>, Arc<ContextInner>>>,
    /// Every page by its session, ready or not.
    pages: Mutex<HashMap<String, Arc<PageInner>>>,
    downloads: Mutex<Downloads>,
}

/// `Browser.grantPermissions`, with the names as the caller gave them: new browsers know new ones.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GrantPermissions<'a> {
    permissions: &'a [String],
    browser_context_id: &'a str,
}

impl Command for GrantPermissions<'_> {
    const METHOD: &'static str = "Browser.grantPermissions";
    type Response = Empty;
}

/// `SystemInfo.getInfo`, of which only the name of what draws is read.
#[derive(Serialize)]
struct GetSystemInfo {}

#[derive(Deserialize)]
struct SystemInfo {
    gpu: GpuInfo,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct GpuInfo {
    #[serde(default)]
    aux_attributes: serde_json::Map<String, serde_json::Value>,
}

impl Command for GetSystemInfo {
    const METHOD: &'static str = "SystemInfo.getInfo";
    type Response = SystemInfo;
}

/// Ends the browser when the last handle goes. The internals hold each other and must not hold this.
struct Lifetime(Arc<BrowserInner>);

impl Drop for Lifetime {
    fn drop(&mut self) {
        self.0.process.kill();
        self.0.profile.remove();
    }
}

impl Browser {
    /// Starts a browser and waits until it answers.
    pub(crate) async fn launch(progress: &Progress, options: LaunchOptions) -> Result<Self> {
        profile::sweep_once();
        let (kind, executable) = find::choose(options.executable.as_deref(), options.headless)?;
        if options.drawing == Drawing::OnCommand && kind != BrowserKind::HeadlessShell {
            return Err(begin_frame::unsupported());
        }
        let profile = Profile::create()?;
        let root_user = nix::unistd::geteuid().is_root();
        let (flags, sandbox) = flags::build(kind, &options, &profile.user_data(), root_user);
        if sandbox != SandboxState::On {
            warn_about_sandbox(sandbox);
        }
        progress.log(format!("starting {}", executable.display()));
        let environment = loudspeaker::environment(options.loudspeaker.as_deref());
        let (process, pipes) = BrowserProcess::start(&executable, flags, environment).await?;
        let wire = flags::wire(options.drawing);
        let (connection, outgoing) = Connection::new(wire);
        tokio::spawn(pipe::write_all(pipes.to_browser, outgoing));
        let reader = connection.clone();
        tokio::spawn(async move {
            pipe::read_all(pipes.from_browser, wire, |message, picture| {
                reader.deliver(message, picture)
            })
            .await;
            reader.close();
        });

        let root = connection.root();
        let version = match root
            .call(progress, "starting the browser", &GetVersion {})
            .await
        {
            Ok(version) => version,
            Err(error) => return Err(process.did_not_start(&executable, error)),
        };
        let (product, number) = version
            .product
            .split_once('/')
            .unwrap_or((&version.product, ""));
        let inner = Arc::new(BrowserInner {
            root: root.clone(),
            process,
            profile,
            sandbox,
            drawing: options.drawing,
            product: product.to_owned(),
            version: number.to_owned(),
            user_agent: version.user_agent,
            contexts: Mutex::default(),
            pages: Mutex::default(),
            downloads: Mutex::default(),
        });
        let lifetime = Arc::new(Lifetime(Arc::clone(&inner)));
        connection.attach("", Arc::clone(&inner) as Arc<dyn Sink>);
        root.send(&attach::auto_attach("page")).await?;
        tokio::spawn(mourn(Arc::downgrade(&inner), connection));
        info!(
            pid = inner.process.pid(),
            product,
            version = number,
            "browser started"
        );
        Ok(Self {
            inner,
            _lifetime: lifetime,
        })
    }

    /// Opens an isolated context: own cookies, cache, storage, proxy and downloads.
    pub(crate) async fn new_context(
        &self,
        progress: &Progress,
        options: ContextOptions,
    ) -> Result<Context> {
        const WHAT: &str = "opening a context";
        let inner = &self.inner;
        let nowhere = options.offline.as_ref().map(|_| NOWHERE);
        let proxy = nowhere.or(options.proxy);
        let create = CreateBrowserContext {
            dispose_on_detach: Some(true),
            proxy_server: proxy.map(|address| format!("http://{address}")),
            // Chromium would go around the proxy for loopback addresses; this rule takes that back.
            proxy_bypass_list: proxy.map(|_| "<-loopback>".to_owned()),
            ..CreateBrowserContext::default()
        };
        let created = inner.root.call(progress, WHAT, &create).await?;
        let id: Arc<str> = created.browser_context_id.into();
        let downloads = match &options.downloads_dir {
            Some(folder) => folder.clone(),
            None => inner.profile.downloads(&id),
        };
        std::fs::create_dir_all(&downloads).map_err(|source| BrowserError::File {
            doing: "creating the downloads folder",
            path: downloads.clone(),
            source: Arc::new(source),
        })?;
        if !options.permissions.is_empty() {
            let grant = GrantPermissions {
                permissions: &options.permissions,
                browser_context_id: &id,
            };
            inner
                .root
                .call(progress, "granting permissions", &grant)
                .await?;
        }
        let behavior = SetDownloadBehavior {
            behavior: SetDownloadBehaviorBehavior::AllowAndName,
            browser_context_id: Some(id.to_string()),
            download_path: Some(downloads.to_string_lossy().into_owned()),
            events_enabled: Some(true),
        };
        let context = ContextInner::new(
            id.clone(),
            options,
            downloads,
            inner.root.clone(),
            Arc::downgrade(inner),
        );
        let context = Arc::new(context);
        inner.contexts().insert(id, Arc::clone(&context));
        inner.root.call(progress, WHAT, &behavior).await?;
        Ok(Context::new(context))
    }

    /// "156.0.8078.79".
    pub(crate) fn version(&self) -> &str {
        &self.inner.version
    }

    /// "HeadlessChrome".
    pub(crate) fn product(&self) -> &str {
        &self.inner.product
    }

    /// What draws WebGL, by its own name; nothing when nothing does.
    pub(crate) async fn renderer(&self, progress: &Progress) -> Result<Option<String>> {
        let asked = self
            .inner
            .root
            .call(progress, "asking what draws", &GetSystemInfo {});
        let info = asked.await?;
        let name = info.gpu.aux_attributes.get("glRenderer");
        let name = name.and_then(|name| name.as_str()).unwrap_or_default();
        Ok(Some(name.to_owned()).filter(|name| !name.is_empty()))
    }

    /// The browser's own `User-Agent`.
    pub(crate) fn user_agent(&self) -> &str {
        &self.inner.user_agent
    }

    /// The process id of the browser, which is also the id of its process group.
    pub(crate) fn pid(&self) -> u32 {
        self.inner.process.pid()
    }

    /// The folder with its profile, removed when it ends.
    pub(crate) fn profile_dir(&self) -> &Path {
        self.inner.profile.path()
    }

    /// Whether the browser's sandbox is on.
    pub(crate) fn sandbox(&self) -> SandboxState {
        self.inner.sandbox
    }

    /// Whether the browser still answers.
    pub(crate) fn is_connected(&self) -> bool {
        !self.inner.root.connection().is_closed()
    }

    /// Resolves when the browser has gone: closed, killed or crashed.
    pub(crate) fn disconnected(&self) -> impl Future<Output = ()> + Send + 'static {
        let mut closed = self.inner.root.connection().closed();
        async move {
            // The sender goes only together with the connection.
            let _ = closed.wait_for(|closed| *closed).await;
        }
    }

    /// The contexts that are open.
    pub(crate) fn contexts(&self) -> Vec<Context> {
        self.inner
            .contexts()
            .values()
            .cloned()
            .map(Context::new)
            .collect()
    }

    /// Ends the browser: every process of its group, and its profile.
    pub(crate) async fn close(&self) {
        self.inner.process.kill();
        self.inner.process.exited().await;
        self.disconnected().await;
        let inner = Arc::clone(&self.inner);
        // The thread that removes the folder may outlive us; the folder goes either way.
        let _ = tokio::task::spawn_blocking(move || inner.profile.remove()).await;
    }
}

impl std::fmt::Debug for Browser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Browser")
            .field("pid", &self.pid())
            .field("version", &self.inner.version)
            .finish_non_exhaustive()
    }
}

impl Sink for BrowserInner {
    fn event(self: Arc<Self>, _: &str, method: &str, params: &Bytes) {
        match method {
            "Target.attachedToTarget" => with(params, |event| self.attached(event)),
            "Target.detachedFromTarget" => with(params, |event: DetachedFromTargetEvent| {
                self.page_gone(&event.session_id, &BrowserError::PageClosed);
            }),
            "Browser.downloadWillBegin" => with(params, |event| {
                let pages: Vec<_> = self.pages().values().cloned().collect();
                self.downloads().begin(event, &pages);
            }),
            "Browser.downloadProgress" => with(params, |event| self.downloads().progress(event)),
            _ => {}
        }
    }
}

impl BrowserInner {
    /// A new page waits for us.
    fn attached(self: &Arc<Self>, event: AttachedToTargetEvent) {
        let info = event.target_info;
        let context = info
            .browser_context_id
            .as_deref()
            .and_then(|id| self.contexts().get(id).cloned());
        let Some(context) = context.filter(|_| info.r#type == "page") else {
            let stranger = Session::new(
                self.root.connection().clone(),
                event.session_id.as_str().into(),
            );
            stranger.post(&RunIfWaitingForDebugger {});
            self.root.post(&DetachFromTarget {
                session_id: Some(event.session_id),
            });
            return;
        };
        let options = context.options();
        let id = PageId::from(info.target_id);
        context.page_coming(&id);
        let page = Arc::new(PageInner::new(
            id,
            info.opener_id.map(PageId::from),
            Session::new(
                self.root.connection().clone(),
                event.session_id.as_str().into(),
            ),
            Arc::clone(&context),
            self.drawing,
            Emulation::new(options, &self.user_agent),
            Switches {
                network: options.network_events,
                own_world: options.own_world,
                ..Switches::default()
            },
        ));
        self.root
            .connection()
            .attach(&event.session_id, Arc::clone(&page) as Arc<dyn Sink>);
        self.pages().insert(event.session_id, Arc::clone(&page));
        let ready = Arc::clone(&page);
        page.start(move || {
            if !ready.lock().closed {
                context.page_ready(ready);
            }
        });
    }

    fn page_gone(&self, session: &str, error: &BrowserError) {
        let Some(page) = self.pages().remove(session) else {
            return;
        };
        page.close(error);
        page.context.page_closed(&page.id);
    }

    pub(crate) fn forget_context(&self, id: &str) {
        self.contexts().remove(id);
    }

    /// The browser has gone: everything that was in it is told.
    fn gone(&self) {
        let sessions: Vec<_> = self.pages().keys().cloned().collect();
        for session in sessions {
            self.page_gone(&session, &BrowserError::Disconnected);
        }
        let contexts = std::mem::take(&mut *self.contexts());
        contexts.into_values().for_each(|context| context.gone());
    }

    fn contexts(&self) -> MutexGuard<'_, HashMap<Arc<str>, Arc<ContextInner>>> {
        self.contexts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn pages(&self) -> MutexGuard<'_, HashMap<String, Arc<PageInner>>> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn downloads(&self) -> MutexGuard<'_, Downloads> {
        self.downloads
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waits for the browser's end and tells everybody. A browser that stops talking but lives on is killed.
async fn mourn(browser: Weak<BrowserInner>, connection: Connection) {
    let mut closed = connection.closed();
    // The sender lives in `connection`.
    let _ = closed.wait_for(|closed| *closed).await;
    if let Some(browser) = browser.upgrade() {
        browser.process.kill();
        browser.gone();
        debug!(pid = browser.process.pid(), "browser gone");
    }
}

fn warn_about_sandbox(sandbox: SandboxState) {
    static WARNED: std::sync::Once = std::sync::Once::new();
    WARNED.call_once(|| warn!(%sandbox, "the browser's sandbox is off: pages are less contained than they should be"));
}

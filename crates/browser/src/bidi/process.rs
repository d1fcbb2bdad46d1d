//! One process of Firefox, with its profile and its connection.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use serde_json::{Value, json};
use tracing::{debug, info};

use crate::Result;
use crate::bidi::connection::{Connection, Sink};
use crate::bidi::context::FirefoxContext;
use crate::bidi::downloads::Downloads;
use crate::bidi::seat::{Seat, Seated};
use crate::bidi::standing::Standing;
use crate::bidi::target::Target;
use crate::bidi::{install, network, prefs};
use crate::drive::context::{ContextCore, DrivenContext};
use crate::drive::core::Core;
use crate::error::BrowserError;
use crate::launch::find;
use crate::launch::process::{BrowserProcess, Program};
use crate::launch::profile::{self, Profile};
use crate::loudspeaker;
use crate::options::{ContextOptions, Headless, LaunchOptions};
use crate::progress::Progress;

/// What the browser says on its standard error when it listens.
const LISTENS: &str = "WebDriver BiDi listening on ";

/// How long a context that could not be set up may take to close.
const CLOSING: Duration = Duration::from_secs(10);

/// Events that are told from the beginning. Those of the network are asked for by page or context.
const EVENTS: [&str; 5] = ["browsingContext", "script", "log", "input", "session"];

/// A running Firefox. When the last clone goes, it is killed and its profile removed.
#[derive(Clone)]
pub(crate) struct FirefoxProcess {
    /// Of the one context that it can have at a time.
    pub(crate) seat: Seat,
    inner: Arc<FirefoxInner>,
    _lifetime: Arc<Lifetime>,
}

pub(crate) struct FirefoxInner {
    pub(crate) connection: Connection,
    process: BrowserProcess,
    profile: Profile,
    version: String,
    user_agent: String,
    contexts: Mutex<HashMap<Arc<str>, Arc<ContextCore>>>,
    pages: Mutex<Pages>,
    /// Downloads under way.
    downloads: Mutex<Downloads>,
}

/// Every page, by its own name and by those of its frames.
#[derive(Default)]
pub(crate) struct Pages {
    pub(crate) cores: HashMap<String, (Arc<Core>, Arc<Target>)>,
    /// A frame and the page that it is in.
    pub(crate) frames: HashMap<String, String>,
}

/// Ends the browser when the last handle goes.
struct Lifetime(Arc<FirefoxInner>);

impl Drop for Lifetime {
    fn drop(&mut self) {
        self.0.process.kill();
        self.0.profile.remove();
    }
}

impl FirefoxProcess {
    pub(crate) async fn launch(progress: &Progress, options: LaunchOptions) -> Result<Self> {
        profile::sweep_once();
        let executable = find::choose_firefox(options.executable.as_deref())?;
        let profile = Profile::create()?;
        let user_data = profile.user_data();
        let home = profile.path().join("home");
        prepare(&user_data, &home, options.loudspeaker.is_some())?;
        progress.log(format!("starting {}", executable.display()));
        let mut arguments: Vec<String> = ["--remote-debugging-port=0", "--no-remote", "--profile"]
            .map(str::to_owned)
            .into();
        arguments.push(user_data.to_string_lossy().into_owned());
        if options.headless != Headless::Headed {
            arguments.push("--headless".to_owned());
        }
        arguments.extend(options.extra_args);
        let mut environment: Vec<(&'static str, OsString)> = vec![
            // Nothing outside of the profile is touched.
            ("HOME", home.clone().into()),
            ("XDG_CONFIG_HOME", home.join("config").into()),
            ("XDG_CACHE_HOME", home.join("cache").into()),
            ("MOZ_CRASHREPORTER_DISABLE", "1".into()),
            ("MOZ_DISABLE_AUTO_SAFE_MODE", "1".into()),
        ];
        environment.extend(loudspeaker::environment(options.loudspeaker.as_deref()));
        let program = Program {
            executable: &executable,
            arguments,
            environment,
            files: Vec::new(),
        };
        let process = BrowserProcess::run(program).await?;
        let (connection, session) = match connect(progress, &process).await {
            Ok(connected) => connected,
            Err(error) => return Err(process.did_not_start(&executable, error)),
        };
        let told = |pointer: &str| {
            let text = session.pointer(pointer).and_then(Value::as_str);
            text.unwrap_or_default().to_owned()
        };
        let inner = Arc::new(FirefoxInner {
            connection: connection.clone(),
            process,
            profile,
            version: told("/capabilities/browserVersion"),
            user_agent: told("/capabilities/userAgent"),
            contexts: Mutex::default(),
            pages: Mutex::default(),
            downloads: Mutex::default(),
        });
        let lifetime = Arc::new(Lifetime(Arc::clone(&inner)));
        let weak: Weak<FirefoxInner> = Arc::downgrade(&inner);
        connection.set_sink(weak as Weak<dyn Sink>);
        let subscribing = connection.send("session.subscribe", &json!({ "events": EVENTS }));
        progress.race("starting the browser", subscribing).await??;
        tokio::spawn(mourn(Arc::downgrade(&inner), connection));
        info!(
            pid = inner.process.pid(),
            version = inner.version,
            "Firefox started"
        );
        Ok(Self {
            seat: Seat::new(),
            inner,
            _lifetime: lifetime,
        })
    }

    /// Opens a context, which gives the seat back when it is closed.
    pub(crate) async fn new_context(
        &self,
        progress: &Progress,
        options: ContextOptions,
        seat: Seated,
    ) -> Result<DrivenContext> {
        const WHAT: &str = "opening a context";
        let inner = &self.inner;
        let mut create = json!({ "acceptInsecureCerts": options.ignore_https_errors });
        if let (Some(proxy), Value::Object(create)) = (options.proxy, &mut create) {
            let address = proxy.to_string();
            let proxy = json!({ "proxyType": "manual", "httpProxy": address, "sslProxy": address });
            create.insert("proxy".to_owned(), proxy);
        }
        let creating = inner.connection.send("browser.createUserContext", &create);
        let created = progress.race(WHAT, creating).await??;
        let id: Arc<str> = created
            .get("userContext")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .into();
        let downloads = options
            .downloads_dir
            .clone()
            .unwrap_or_else(|| inner.profile.downloads(&id));
        std::fs::create_dir_all(&downloads).map_err(|source| BrowserError::File {
            doing: "creating the downloads folder",
            path: downloads.clone(),
            source: Arc::new(source),
        })?;
        let context = Arc::new(ContextCore::new(&id, options, downloads));
        let standing = Arc::new(Standing::new(inner.connection.clone()));
        context.set_driver(Box::new(FirefoxContext {
            connection: inner.connection.clone(),
            browser: Arc::downgrade(inner),
            id: Arc::clone(&id),
            standing: Arc::clone(&standing),
            seat: Mutex::new(Some(seat)),
        }));
        inner.contexts().insert(id, Arc::clone(&context));
        let told = progress.race(WHAT, set_up(&standing, &context)).await;
        let context = DrivenContext::new(context);
        if let Err(error) = told.map_err(BrowserError::from).flatten() {
            // Nobody gets it, so nobody else closes it, and nobody waits for that.
            tokio::spawn(async move { context.close(&Progress::with_timeout(CLOSING)).await });
            return Err(error);
        }
        Ok(context)
    }

    pub(crate) fn version(&self) -> &str {
        &self.inner.version
    }

    pub(crate) fn user_agent(&self) -> &str {
        &self.inner.user_agent
    }

    pub(crate) fn pid(&self) -> u32 {
        self.inner.process.pid()
    }

    pub(crate) fn profile_dir(&self) -> &Path {
        self.inner.profile.path()
    }

    pub(crate) fn is_connected(&self) -> bool {
        !self.inner.connection.is_closed()
    }

    pub(crate) fn disconnected(&self) -> impl Future<Output = ()> + Send + 'static {
        let mut closed = self.inner.connection.closed();
        async move {
            // The sender goes only together with the connection.
            let _ = closed.wait_for(|closed| *closed).await;
        }
    }

    pub(crate) fn contexts(&self) -> Vec<DrivenContext> {
        self.inner
            .contexts()
            .values()
            .cloned()
            .map(DrivenContext::new)
            .collect()
    }

    pub(crate) async fn close(&self) {
        self.inner.process.kill();
        self.inner.process.exited().await;
        self.disconnected().await;
        let inner = Arc::clone(&self.inner);
        // The thread that removes the folder may outlive us; the folder goes either way.
        let _ = tokio::task::spawn_blocking(move || inner.profile.remove()).await;
    }
}

impl FirefoxInner {
    /// A page by the browser's name for it.
    pub(crate) fn page(&self, id: &str) -> Option<Arc<Core>> {
        self.pages().cores.get(id).map(|(core, _)| Arc::clone(core))
    }

    pub(crate) fn pages(&self) -> MutexGuard<'_, Pages> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn contexts(&self) -> MutexGuard<'_, HashMap<Arc<str>, Arc<ContextCore>>> {
        self.contexts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn downloads(&self) -> MutexGuard<'_, Downloads> {
        self.downloads
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn forget_context(&self, id: &str) {
        self.contexts().remove(id);
    }

    /// The browser has gone: everything that was in it is told.
    fn gone(&self) {
        let pages = std::mem::take(&mut *self.pages());
        for (core, _) in pages.cores.into_values() {
            core.closed();
        }
        let contexts = std::mem::take(&mut *self.contexts());
        contexts.into_values().for_each(|context| context.gone());
    }
}

/// The folders of a fresh profile, and its preferences.
fn prepare(user_data: &Path, home: &Path, is_heard: bool) -> Result<()> {
    let trouble = |path: &Path, source: std::io::Error| BrowserError::File {
        doing: "preparing the browser profile in",
        path: path.to_owned(),
        source: Arc::new(source),
    };
    for folder in [user_data, home] {
        std::fs::create_dir_all(folder).map_err(|error| trouble(folder, error))?;
    }
    let path = user_data.join("user.js");
    std::fs::write(&path, prefs::user_js(is_heard)).map_err(|error| trouble(&path, error))
}

/// Waits until the browser listens, and opens the one session that it can have.
async fn connect(progress: &Progress, process: &BrowserProcess) -> Result<(Connection, Value)> {
    const WHAT: &str = "starting the browser";
    let listening = process.said(|line| Some(line.split_once(LISTENS)?.1.trim().to_owned()));
    let address = progress
        .race(WHAT, listening)
        .await?
        .ok_or(BrowserError::Disconnected)?;
    let url = format!("{address}/session");
    let connection = progress.race(WHAT, Connection::open(&url)).await??;
    // Nobody answers a dialog by itself; a file chooser never opens, and is told all the same.
    let capabilities = json!({ "capabilities": { "alwaysMatch": {
        "unhandledPromptBehavior": { "default": "ignore", "file": "dismiss" },
    } } });
    let session = progress
        .race(WHAT, connection.send("session.new", &capabilities))
        .await??;
    Ok((connection, session))
}

/// Everything that a context's pages are told before their first script.
async fn set_up(standing: &Standing, context: &ContextCore) -> Result<()> {
    let id = &*context.id;
    let options = &context.options;
    let all = json!([id]);
    let mut told = vec![
        standing.order("script.addPreloadScript", &install::preload(id)),
        standing.order(
            "browser.setDownloadBehavior",
            &json!({
                "downloadBehavior": { "type": "allowed", "destinationFolder": context.downloads.to_string_lossy() },
                "userContexts": all,
            }),
        ),
    ];
    if let Some(viewport) = options.viewport {
        told.push(standing.order(
            "browsingContext.setViewport",
            &json!({
                "viewport": { "width": viewport.width, "height": viewport.height },
                "devicePixelRatio": viewport.device_scale_factor,
                "userContexts": all,
            }),
        ));
    }
    if let Some(locale) = &options.locale {
        let params = json!({ "locale": locale, "userContexts": all });
        told.push(standing.order("emulation.setLocaleOverride", &params));
    }
    if let Some(timezone) = &options.timezone {
        let params = json!({ "timezone": timezone, "userContexts": all });
        told.push(standing.order("emulation.setTimezoneOverride", &params));
    }
    if let Some(user_agent) = &options.user_agent {
        let params = json!({ "userAgent": user_agent, "userContexts": all });
        told.push(standing.order("emulation.setUserAgentOverride", &params));
    }
    let network = if options.network_events {
        &network::EVENTS[..]
    } else {
        &network::ALWAYS
    };
    let params = json!({ "events": network, "userContexts": all });
    told.push(standing.order("session.subscribe", &params));
    if options.network_events {
        let params = json!({
            "dataTypes": ["response"],
            "maxEncodedDataSize": network::LARGEST_BODY,
            "userContexts": all,
        });
        told.push(standing.order("network.addDataCollector", &params));
    }
    for one in told {
        one.await?;
    }
    Ok(())
}

/// Waits for the browser's end and tells everybody. A browser that stops talking but lives on is killed.
async fn mourn(browser: Weak<FirefoxInner>, connection: Connection) {
    let mut closed = connection.closed();
    // The sender lives in `connection`.
    let _ = closed.wait_for(|closed| *closed).await;
    if let Some(browser) = browser.upgrade() {
        browser.process.kill();
        browser.gone();
        debug!(pid = browser.process.pid(), "Firefox gone");
    }
}

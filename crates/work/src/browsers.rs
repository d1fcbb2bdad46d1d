//! A warm browser of each engine that runs share, each in a context of its own.
//!
//! The first run starts it; it is replaced after so many contexts, and closed when nothing ran for a while, so that an
//! idle server holds none of its memory.

use std::sync::Arc;
use std::time::Duration;

use browser::{Browser, BrowserError, Engine, LaunchOptions, Progress};
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Long-lived browsers grow.
const CONTEXTS_PER_BROWSER: u32 = 50;
/// How long a start may take on a busy machine.
const LAUNCH_LIMIT: Duration = Duration::from_secs(30);
/// Nothing ran for so long: the browser goes.
const IDLE_LIMIT: Duration = Duration::from_secs(60);

/// Lends a running browser. Clones are handles on the same one.
#[derive(Clone, Debug)]
pub struct BrowserPool {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    options: LaunchOptions,
    /// By engine.
    warm: [Mutex<Option<Warm>>; 3],
    quit: CancellationToken,
    tasks: TaskTracker,
}

#[derive(Debug)]
struct Warm {
    browser: Browser,
    contexts: u32,
    /// Runs that use it right now.
    lent: Arc<()>,
    /// Fires when it is lent again: whoever waits to close it does not.
    used: CancellationToken,
}

/// A browser that is lent; it is not closed as idle before this is dropped.
#[derive(Debug)]
pub struct Lent {
    /// The browser.
    pub browser: Browser,
    pool: BrowserPool,
    engine: Engine,
    lent: Option<Arc<()>>,
}

impl BrowserPool {
    /// A pool without a browser. The options are for Chromium; the other engines are started as they are found.
    #[must_use]
    pub fn new(options: LaunchOptions) -> Self {
        let inner = Inner {
            options,
            warm: Default::default(),
            quit: CancellationToken::new(),
            tasks: TaskTracker::new(),
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// A running browser for one more context.
    ///
    /// # Errors
    /// When no browser is installed or it does not start.
    pub async fn lend(&self, engine: Engine) -> Result<Lent, BrowserError> {
        let mut slot = self.slot(engine).lock().await;
        let usable =
            |warm: &&mut Warm| warm.browser.is_connected() && warm.contexts < CONTEXTS_PER_BROWSER;
        if let Some(warm) = slot.as_mut().filter(usable) {
            warm.contexts += 1;
            warm.used.cancel();
            warm.used = CancellationToken::new();
            return Ok(self.lent(engine, warm));
        }
        let launch = Progress::with_timeout(LAUNCH_LIMIT);
        let options = match engine {
            Engine::Chromium => self.inner.options.clone(),
            Engine::Firefox | Engine::WebKit => LaunchOptions {
                engine,
                headless: self.inner.options.headless,
                ..LaunchOptions::default()
            },
        };
        let browser = Browser::launch(&launch, options).await?;
        tracing::info!(%engine, version = browser.version(), sandbox = %browser.sandbox(), "a browser for runs started");
        let fresh = Warm {
            browser,
            contexts: 1,
            lent: Arc::default(),
            used: CancellationToken::new(),
        };
        // A replaced browser lives until the last run that uses it drops its handle.
        Ok(self.lent(engine, slot.insert(fresh)))
    }

    fn slot(&self, engine: Engine) -> &Mutex<Option<Warm>> {
        let [chromium, firefox, webkit] = &self.inner.warm;
        match engine {
            Engine::Chromium => chromium,
            Engine::Firefox => firefox,
            Engine::WebKit => webkit,
        }
    }

    fn lent(&self, engine: Engine, warm: &Warm) -> Lent {
        Lent {
            browser: warm.browser.clone(),
            pool: self.clone(),
            engine,
            lent: Some(Arc::clone(&warm.lent)),
        }
    }

    /// Closes the browser and waits until nothing of it is left.
    pub async fn close(&self) {
        self.inner.quit.cancel();
        self.inner.tasks.close();
        self.inner.tasks.wait().await;
        for slot in &self.inner.warm {
            if let Some(warm) = slot.lock().await.take() {
                warm.browser.close().await;
            }
        }
    }

    /// Closes the browser when nobody uses it and nobody does for a while.
    async fn close_when_idle(self, engine: Engine) {
        let used = {
            let slot = self.slot(engine).lock().await;
            let Some(warm) = slot
                .as_ref()
                .filter(|warm| Arc::strong_count(&warm.lent) == 1)
            else {
                return;
            };
            warm.used.clone()
        };
        tokio::select! {
            () = self.inner.quit.cancelled() => return,
            () = used.cancelled() => return,
            () = tokio::time::sleep(IDLE_LIMIT) => {}
        }
        let idle = {
            let mut slot = self.slot(engine).lock().await;
            // Between the timer and the lock it may have been lent again.
            if used.is_cancelled() {
                None
            } else {
                slot.take()
            }
        };
        if let Some(warm) = idle {
            tracing::info!("the browser for runs was idle and is closed");
            warm.browser.close().await;
        }
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        self.lent.take();
        if !self.pool.inner.tasks.is_closed() && tokio::runtime::Handle::try_current().is_ok() {
            self.pool
                .inner
                .tasks
                .spawn(self.pool.clone().close_when_idle(self.engine));
        }
    }
}

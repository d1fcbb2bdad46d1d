//! A warm browser of each engine that sessions or runs share, each in a context of its own (on Firefox and WebKit, in a
//! process of that browser that no other context is in).
//!
//! The first one who needs it starts it; it is replaced after so many contexts, because long-lived browsers grow, and
//! closed when nobody used it for a while, so that an idle server holds none of its memory.

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::Result;
use crate::browser::Browser;
use crate::options::{Engine, LaunchOptions};
use crate::progress::Progress;

/// A browser gives so many contexts before another one takes its place.
const CONTEXTS_PER_BROWSER: u32 = 50;
/// Nobody used it for so long: the browser goes.
const IDLE_LIMIT: Duration = Duration::from_secs(60);
/// How long a start may take on a busy machine.
const LAUNCH_LIMIT: Duration = Duration::from_secs(30);

/// Lends a running browser. Clones are handles on the same one.
#[derive(Clone, Debug)]
pub struct BrowserPool {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    options: LaunchOptions,
    /// Nobody used it for so long: the browser goes.
    idle_limit: Duration,
    /// By engine.
    warm: [Mutex<Option<Warm>>; 3],
    quit: CancellationToken,
    tasks: TaskTracker,
}

#[derive(Debug)]
struct Warm {
    browser: Browser,
    contexts: u32,
    /// Those who use it right now.
    lent: Arc<()>,
    /// Fires when it is lent again: whoever waits to close it does not.
    used: CancellationToken,
}

/// A browser that is lent; it is not closed as idle before this is dropped.
#[derive(Debug)]
pub struct Lent {
    browser: Browser,
    pool: BrowserPool,
    engine: Engine,
    lent: Option<Arc<()>>,
}

impl BrowserPool {
    /// A pool without a browser, which closes one that nobody used for a minute. The options are for Chromium; the other engines are started as they are found.
    #[must_use]
    pub fn new(options: LaunchOptions) -> Self {
        Self::closing_after(options, IDLE_LIMIT)
    }

    /// The same, with another time after which a browser that nobody used is closed.
    #[must_use]
    pub fn closing_after(options: LaunchOptions, idle_limit: Duration) -> Self {
        let inner = Inner {
            options,
            idle_limit,
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
    pub async fn lend(&self, engine: Engine) -> Result<Lent> {
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
        let options = if engine == self.inner.options.engine {
            self.inner.options.clone()
        } else {
            LaunchOptions {
                engine,
                headless: self.inner.options.headless,
                ..LaunchOptions::default()
            }
        };
        let browser = Browser::launch(&launch, options).await?;
        tracing::info!(%engine, version = browser.version(), sandbox = %browser.sandbox(), "a browser started");
        let fresh = Warm {
            browser,
            contexts: 1,
            lent: Arc::default(),
            used: CancellationToken::new(),
        };
        // A replaced browser lives until the last one who uses it drops the handle.
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
            () = tokio::time::sleep(self.inner.idle_limit) => {}
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
            tracing::info!(%engine, "nobody used the browser, which is closed");
            warm.browser.close().await;
        }
    }
}

impl Deref for Lent {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        &self.browser
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

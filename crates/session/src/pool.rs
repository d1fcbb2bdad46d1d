//! A warm browser that sessions share, each in a context of its own.

use std::sync::Arc;
use std::time::Duration;

use browser::{Browser, LaunchOptions, Progress};
use tokio::sync::Mutex;

use crate::error::Result;

/// A browser gives this many contexts and is then replaced: long-lived browsers grow.
const CONTEXTS_PER_BROWSER: u32 = 100;
/// How long a start may take on a busy machine.
const LAUNCH_LIMIT: Duration = Duration::from_secs(30);

/// Launches a browser when the first session needs it and keeps it warm for the next ones.
#[derive(Clone)]
pub(crate) struct BrowserPool {
    options: LaunchOptions,
    warm: Arc<Mutex<Option<Warm>>>,
}

struct Warm {
    browser: Browser,
    contexts: u32,
}

impl BrowserPool {
    pub(crate) fn new(options: LaunchOptions) -> Self {
        Self {
            options,
            warm: Arc::default(),
        }
    }

    /// A running browser for one more context. The handle keeps a replaced browser alive until its last session ends.
    pub(crate) async fn lease(&self) -> Result<Browser> {
        let mut slot = self.warm.lock().await;
        let usable =
            |warm: &&mut Warm| warm.browser.is_connected() && warm.contexts < CONTEXTS_PER_BROWSER;
        if let Some(warm) = slot.as_mut().filter(usable) {
            warm.contexts += 1;
            return Ok(warm.browser.clone());
        }
        let browser =
            Browser::launch(&Progress::with_timeout(LAUNCH_LIMIT), self.options.clone()).await?;
        tracing::info!(version = browser.version(), sandbox = %browser.sandbox(), "a browser started");
        *slot = Some(Warm {
            browser: browser.clone(),
            contexts: 1,
        });
        Ok(browser)
    }

    /// Ends the warm browser and waits until nothing of it is left.
    pub(crate) async fn close(&self) {
        if let Some(warm) = self.warm.lock().await.take() {
            warm.browser.close().await;
        }
    }
}

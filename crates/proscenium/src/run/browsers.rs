//! The browser that all recordings of a command line share, each in a context of its own. One that dies takes only what
//! it was performing with it: the next recording gets a new one.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use browser::{Browser, Headless, LaunchOptions, Progress};
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

/// How long a browser may take to start, and its contexts to open and to close.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// The browser, and how to start another.
pub(super) struct Browsers {
    executable: Option<PathBuf>,
    is_headless: bool,
    cancel: CancellationToken,
    current: Mutex<Option<Arc<Browser>>>,
}

impl Browsers {
    pub(super) fn new(
        executable: Option<PathBuf>,
        is_headless: bool,
        cancel: CancellationToken,
    ) -> Self {
        Self {
            executable,
            is_headless,
            cancel,
            current: Mutex::new(None),
        }
    }

    /// The browser that runs, or a new one.
    pub(super) async fn get(&self) -> Result<Arc<Browser>, browser::BrowserError> {
        let mut current = self.current.lock().await;
        if let Some(browser) = current.as_ref().filter(|browser| browser.is_connected()) {
            return Ok(Arc::clone(browser));
        }
        let options = LaunchOptions {
            executable: self.executable.clone(),
            headless: if self.is_headless {
                Headless::Shell
            } else {
                Headless::Headed
            },
            ..LaunchOptions::default()
        };
        let progress = Progress::with_deadline(Instant::now() + PATIENCE, self.cancel.clone());
        let browser = Arc::new(Browser::launch(&progress, options).await?);
        *current = Some(Arc::clone(&browser));
        Ok(browser)
    }

    pub(super) async fn close(self) {
        if let Some(browser) = self.current.into_inner() {
            browser.close().await;
        }
    }
}

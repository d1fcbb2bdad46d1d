//! The browser that all recordings of a command line share, each in a context of its own. One that dies takes only what
//! it was performing with it: the next recording gets a new one.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use browser::{Browser, BrowserError, Engine, Headless, LaunchOptions, Progress};
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

/// How long a browser may take to start, and its contexts to open and to close.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// The browsers of the engines, and how to start others.
pub(super) struct Browsers {
    slots: Vec<Slot>,
    is_headless: bool,
    cancel: CancellationToken,
}

struct Slot {
    engine: Engine,
    executable: Option<PathBuf>,
    current: Mutex<Option<Arc<Browser>>>,
}

impl Browsers {
    /// `programs` need not be searched for.
    pub(super) fn new(
        engines: &[Engine],
        programs: &[(Engine, PathBuf)],
        is_headless: bool,
        cancel: &CancellationToken,
    ) -> Self {
        let program = |engine: &Engine| {
            let of = programs.iter().find(|(of, _)| of == engine);
            of.map(|(_, path)| path.clone())
        };
        let slots = engines.iter().map(|engine| Slot {
            engine: *engine,
            executable: program(engine),
            current: Mutex::new(None),
        });
        Self {
            slots: slots.collect(),
            is_headless,
            cancel: cancel.clone(),
        }
    }

    /// The browser of the engine that runs, or a new one.
    pub(super) async fn get(&self, engine: Engine) -> Result<Arc<Browser>, BrowserError> {
        let slot = self
            .slots
            .iter()
            .find(|slot| slot.engine == engine)
            .ok_or_else(|| BrowserError::Invalid(format!("{engine} was not asked for")))?;
        let mut current = slot.current.lock().await;
        if let Some(browser) = current.as_ref().filter(|browser| browser.is_connected()) {
            return Ok(Arc::clone(browser));
        }
        let options = LaunchOptions {
            engine,
            executable: slot.executable.clone(),
            headless: if self.is_headless {
                Headless::Shell
            } else {
                Headless::Headed
            },
            extra_args: Vec::new(),
            ..LaunchOptions::default()
        };
        let progress = Progress::with_deadline(Instant::now() + PATIENCE, self.cancel.clone());
        let browser = Arc::new(Browser::launch(&progress, options).await?);
        *current = Some(Arc::clone(&browser));
        Ok(browser)
    }

    pub(super) async fn close(self) {
        for slot in self.slots {
            if let Some(browser) = slot.current.into_inner() {
                browser.close().await;
            }
        }
    }
}

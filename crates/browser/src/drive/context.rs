//! A context of an engine that is driven through [`ContextDriver`].

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use tokio::sync::{broadcast, watch};

use crate::Result;
use crate::drive::core::Core;
use crate::drive::driver::ContextDriver;
use crate::drive::page::DrivenPage;
use crate::error::BrowserError;
use crate::events::ContextEvent;
use crate::ids::PageId;
use crate::options::{ContextOptions, Cookie};
use crate::page::Page;
use crate::progress::Progress;

/// Events that a slow subscriber may be behind before it loses the oldest.
const EVENTS: usize = 256;

/// A context. Its engine changes it.
pub(crate) struct ContextCore {
    pub(crate) id: Arc<str>,
    pub(crate) options: ContextOptions,
    pub(crate) downloads: PathBuf,
    driver: OnceLock<Box<dyn ContextDriver>>,
    /// Pages that are ready, oldest first.
    pages: Mutex<Vec<Arc<Core>>>,
    /// How many pages the browser has told of that are not ready yet.
    coming: watch::Sender<usize>,
    events: broadcast::Sender<ContextEvent>,
    closed: AtomicBool,
}

impl ContextCore {
    /// A context that has no driver yet.
    pub(crate) fn new(id: &str, options: ContextOptions, downloads: PathBuf) -> Self {
        Self {
            id: id.into(),
            options,
            downloads,
            driver: OnceLock::new(),
            pages: Mutex::default(),
            coming: watch::Sender::new(0),
            events: broadcast::Sender::new(EVENTS),
            closed: AtomicBool::new(false),
        }
    }

    /// Says who drives it; once.
    pub(crate) fn set_driver(&self, driver: Box<dyn ContextDriver>) {
        // A second driver would be a mistake of the engine; the first one stays.
        let _ = self.driver.set(driver);
    }

    pub(crate) fn publish(&self, event: ContextEvent) {
        // Nobody listening is fine.
        let _ = self.events.send(event);
    }

    /// The browser tells of a page; until the answer is dropped it is not ready.
    pub(crate) fn page_coming(self: &Arc<Self>) -> Coming {
        self.coming.send_modify(|coming| *coming += 1);
        Coming(Arc::clone(self))
    }

    /// A page is ready to be used.
    pub(crate) fn page_ready(&self, page: &Arc<Core>) {
        self.pages().push(Arc::clone(page));
        self.publish(ContextEvent::PageOpened {
            page: Page::driven(DrivenPage::new(Arc::clone(page))),
            opener: page.opener.clone(),
        });
    }

    pub(crate) fn page_closed(&self, id: &PageId) {
        let known = {
            let mut pages = self.pages();
            let before = pages.len();
            pages.retain(|page| page.id != *id);
            before > pages.len()
        };
        if known {
            self.publish(ContextEvent::PageClosed { page: id.clone() });
        }
    }

    /// The browser has gone.
    pub(crate) fn gone(&self) {
        if self.closed.swap(true, Ordering::AcqRel) {
            return;
        }
        let pages = self.pages().clone();
        for page in pages {
            page.closed();
        }
        self.publish(ContextEvent::BrowserGone);
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Acquire)
    }

    pub(crate) fn pages(&self) -> MutexGuard<'_, Vec<Arc<Core>>> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn driver(&self) -> Result<&dyn ContextDriver> {
        match self.driver.get() {
            Some(driver) if !self.is_closed() => Ok(driver.as_ref()),
            _ => Err(BrowserError::PageClosed),
        }
    }
}

/// A page that is not ready yet.
pub(crate) struct Coming(Arc<ContextCore>);

impl Drop for Coming {
    fn drop(&mut self) {
        self.0.coming.send_modify(|coming| *coming -= 1);
    }
}

/// A handle of a context.
#[derive(Clone)]
pub(crate) struct DrivenContext {
    inner: Arc<ContextCore>,
}

impl DrivenContext {
    pub(crate) fn new(inner: Arc<ContextCore>) -> Self {
        Self { inner }
    }

    pub(crate) fn id(&self) -> &str {
        &self.inner.id
    }

    pub(crate) fn options(&self) -> &ContextOptions {
        &self.inner.options
    }

    pub(crate) fn downloads_dir(&self) -> &Path {
        &self.inner.downloads
    }

    pub(crate) async fn new_page(&self, progress: &Progress) -> Result<DrivenPage> {
        let opening = self.inner.driver()?.new_page();
        progress.race("opening a page", opening).await?
    }

    pub(crate) fn pages(&self) -> Vec<DrivenPage> {
        let pages = self.inner.pages().clone();
        pages.into_iter().map(DrivenPage::new).collect()
    }

    pub(crate) fn opening(&self) -> usize {
        *self.inner.coming.borrow()
    }

    pub(crate) async fn opened(&self, progress: &Progress) -> Result<()> {
        let mut coming = self.inner.coming.subscribe();
        let waiting = coming.wait_for(|coming| *coming == 0);
        let waited = progress.race("waiting for a page that opens", waiting);
        // The sender lives in `inner`.
        waited.await.map(drop)?;
        Ok(())
    }

    pub(crate) fn events(&self) -> broadcast::Receiver<ContextEvent> {
        self.inner.events.subscribe()
    }

    pub(crate) async fn cookies(&self, progress: &Progress) -> Result<Vec<Cookie>> {
        let reading = self.inner.driver()?.cookies();
        progress.race("reading cookies", reading).await?
    }

    pub(crate) async fn set_cookies(&self, progress: &Progress, cookies: &[Cookie]) -> Result<()> {
        let setting = self.inner.driver()?.set_cookies(cookies);
        progress.race("setting cookies", setting).await?
    }

    pub(crate) async fn cancel_download(&self, progress: &Progress, guid: &str) -> Result<()> {
        let cancelling = self.inner.driver()?.cancel_download(guid);
        progress.race("cancelling a download", cancelling).await?
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.inner.is_closed()
    }

    pub(crate) async fn close(&self, progress: &Progress) -> Result<()> {
        let Ok(driver) = self.inner.driver() else {
            return Ok(());
        };
        let closing = driver.close();
        if self.inner.closed.swap(true, Ordering::AcqRel) {
            return Ok(());
        }
        match progress.race("closing a context", closing).await? {
            // The browser took the context with it.
            Ok(()) | Err(BrowserError::Disconnected) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

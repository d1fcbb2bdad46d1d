//! An isolated context of a browser.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use tokio::sync::{broadcast, watch};

use crate::Result;
use crate::cdp::browser::BrowserInner;
use crate::cdp::page::Page;
use crate::cdp::page_inner::PageInner;
use crate::cdp::protocol::browser::CancelDownload;
use crate::cdp::protocol::network;
use crate::cdp::protocol::storage::{GetCookies, SetCookies};
use crate::cdp::protocol::target::{CreateTarget, DisposeBrowserContext};
use crate::cdp::session::Session;
use crate::error::BrowserError;
use crate::events::ContextEvent;
use crate::ids::PageId;
use crate::offline::OfflineSite;
use crate::options::{ContextOptions, Cookie, Drawing};
use crate::progress::Progress;

/// Events that a slow subscriber may be behind before it loses the oldest.
const EVENTS: usize = 256;

/// An isolated context: own cookies, cache, storage, proxy and downloads. Cheap to clone; it stays open until it is
/// closed or its browser ends.
#[derive(Clone)]
pub(crate) struct Context {
    inner: Arc<ContextInner>,
}

pub(crate) struct ContextInner {
    id: Arc<str>,
    options: ContextOptions,
    downloads: PathBuf,
    /// The browser's own session.
    root: Session,
    browser: Weak<BrowserInner>,
    /// Pages that are ready, oldest first.
    pages: Mutex<Vec<Arc<PageInner>>>,
    /// Pages that the browser has told of and that are not ready yet.
    coming: Mutex<HashSet<PageId>>,
    /// Counts up whenever `pages` or `coming` has changed.
    changes: watch::Sender<u64>,
    events: broadcast::Sender<ContextEvent>,
    closed: AtomicBool,
}

impl ContextInner {
    pub(crate) fn new(
        id: Arc<str>,
        options: ContextOptions,
        downloads: PathBuf,
        root: Session,
        browser: Weak<BrowserInner>,
    ) -> Self {
        Self {
            id,
            options,
            downloads,
            root,
            browser,
            pages: Mutex::default(),
            coming: Mutex::default(),
            changes: watch::Sender::new(0),
            events: broadcast::Sender::new(EVENTS),
            closed: AtomicBool::new(false),
        }
    }

    pub(crate) fn options(&self) -> &ContextOptions {
        &self.options
    }

    pub(crate) fn downloads(&self) -> &Path {
        &self.downloads
    }

    pub(crate) fn publish(&self, event: ContextEvent) {
        // Nobody listening is fine.
        let _ = self.events.send(event);
    }

    /// The browser tells of a page, which is being prepared.
    pub(crate) fn page_coming(&self, id: &PageId) {
        self.coming().insert(id.clone());
        self.changed();
    }

    pub(crate) fn page_ready(&self, page: Arc<PageInner>) {
        self.pages().push(Arc::clone(&page));
        let (id, opener) = (page.id.clone(), page.opener.clone());
        self.publish(ContextEvent::PageOpened {
            page: crate::page::Page::cdp(Page::new(page)),
            opener,
        });
        // Whoever waits for it finds its event already told.
        self.coming().remove(&id);
        self.changed();
    }

    pub(crate) fn page_closed(&self, id: &PageId) {
        let before = {
            let mut pages = self.pages();
            let before = pages.len();
            pages.retain(|page| page.id != *id);
            before - pages.len()
        };
        self.coming().remove(id);
        self.changed();
        if before > 0 {
            self.publish(ContextEvent::PageClosed { page: id.clone() });
        }
    }

    pub(crate) fn gone(&self) {
        if !self.closed.swap(true, Ordering::AcqRel) {
            self.pages().clear();
            self.coming().clear();
            self.changed();
            self.publish(ContextEvent::BrowserGone);
        }
    }

    fn pages(&self) -> MutexGuard<'_, Vec<Arc<PageInner>>> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn coming(&self) -> MutexGuard<'_, HashSet<PageId>> {
        self.coming.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn changed(&self) {
        self.changes.send_modify(|changes| *changes += 1);
    }
}

impl Context {
    pub(crate) fn new(inner: Arc<ContextInner>) -> Self {
        Self { inner }
    }

    /// Names the context in its browser.
    pub(crate) fn id(&self) -> &str {
        &self.inner.id
    }

    /// What it was opened with.
    pub(crate) fn options(&self) -> &ContextOptions {
        &self.inner.options
    }

    /// Where its downloads are saved.
    pub(crate) fn downloads_dir(&self) -> &Path {
        &self.inner.downloads
    }

    /// Opens a page, empty or at the start of its site; everything that watches it is in place before the page runs anything.
    pub(crate) async fn new_page(&self, progress: &Progress) -> Result<Page> {
        const WHAT: &str = "opening a page";
        let inner = &self.inner;
        if self.is_closed() {
            return Err(BrowserError::PageClosed);
        }
        let mut changes = inner.changes.subscribe();
        let start = inner
            .options
            .offline
            .as_deref()
            .and_then(OfflineSite::start);
        let mut create = CreateTarget {
            url: start.unwrap_or("about:blank").to_owned(),
            browser_context_id: Some(inner.id.to_string()),
            ..CreateTarget::default()
        };
        let drawing = inner.browser.upgrade().map(|browser| browser.drawing);
        if drawing == Some(Drawing::OnCommand) {
            let size = inner.options.viewport.unwrap_or_default();
            create.enable_begin_frame_control = Some(true);
            // The window begins with its size: changing it later would need frames that nobody asks for.
            create.width = Some(i64::from(size.width));
            create.height = Some(i64::from(size.height));
        }
        let created = inner.root.call(progress, WHAT, &create).await?;
        let ready = async {
            loop {
                let found = inner
                    .pages()
                    .iter()
                    .find(|page| page.id.as_str() == created.target_id)
                    .cloned();
                if let Some(page) = found {
                    return Ok(Page::new(page));
                }
                if self.is_closed() {
                    return Err(BrowserError::Disconnected);
                }
                // The sender lives in `inner`.
                let _ = changes.changed().await;
            }
        };
        progress.race(WHAT, ready).await?
    }

    /// The open pages, oldest first.
    pub(crate) fn pages(&self) -> Vec<Page> {
        self.inner.pages().iter().cloned().map(Page::new).collect()
    }

    /// How many pages are not ready yet.
    pub(crate) fn opening(&self) -> usize {
        self.inner.coming().len()
    }

    /// Waits until every page is ready, or gone again.
    pub(crate) async fn opened(&self, progress: &Progress) -> Result<()> {
        let mut changes = self.inner.changes.subscribe();
        // The sender lives in `inner`.
        let waiting = async { while self.opening() > 0 && changes.changed().await.is_ok() {} };
        progress
            .race("waiting for a page that opens", waiting)
            .await?;
        Ok(())
    }

    /// What happens from now on. A subscriber that falls far behind gets `Lagged` from the channel.
    pub(crate) fn events(&self) -> broadcast::Receiver<ContextEvent> {
        self.inner.events.subscribe()
    }

    /// Every cookie.
    pub(crate) async fn cookies(&self, progress: &Progress) -> Result<Vec<Cookie>> {
        let get = GetCookies {
            browser_context_id: Some(self.inner.id.to_string()),
        };
        let found = self
            .inner
            .root
            .call(progress, "reading cookies", &get)
            .await?;
        let cookies = found.cookies.into_iter().map(|cookie| Cookie {
            name: cookie.name,
            value: cookie.value,
            domain: cookie.domain,
            path: cookie.path,
            expires: (!cookie.session).then_some(cookie.expires),
            http_only: cookie.http_only,
            secure: cookie.secure,
            same_site: cookie.same_site.map(|kind| format!("{kind:?}")),
        });
        Ok(cookies.collect())
    }

    /// Adds or replaces cookies.
    pub(crate) async fn set_cookies(&self, progress: &Progress, cookies: &[Cookie]) -> Result<()> {
        let cookies = cookies.iter().map(|cookie| network::CookieParam {
            name: cookie.name.clone(),
            value: cookie.value.clone(),
            domain: Some(cookie.domain.clone()),
            path: Some(cookie.path.clone()),
            expires: cookie.expires,
            http_only: Some(cookie.http_only),
            secure: Some(cookie.secure),
            same_site: cookie.same_site.as_deref().and_then(same_site),
            ..network::CookieParam::default()
        });
        let set = SetCookies {
            cookies: cookies.collect(),
            browser_context_id: Some(self.inner.id.to_string()),
        };
        self.inner
            .root
            .call(progress, "setting cookies", &set)
            .await?;
        Ok(())
    }

    /// Gives up a download; its `DownloadFinished` follows.
    pub(crate) async fn cancel_download(&self, progress: &Progress, guid: &str) -> Result<()> {
        let cancel = CancelDownload {
            guid: guid.to_owned(),
            browser_context_id: Some(self.inner.id.to_string()),
        };
        self.inner
            .root
            .call(progress, "cancelling a download", &cancel)
            .await?;
        Ok(())
    }

    /// Whether the context has been closed or its browser has gone.
    pub(crate) fn is_closed(&self) -> bool {
        self.inner.closed.load(Ordering::Acquire)
    }

    /// Closes every page, without asking them, and forgets the context's data.
    pub(crate) async fn close(&self, progress: &Progress) -> Result<()> {
        if self.inner.closed.swap(true, Ordering::AcqRel) {
            return Ok(());
        }
        if let Some(browser) = self.inner.browser.upgrade() {
            browser.forget_context(&self.inner.id);
        }
        let dispose = DisposeBrowserContext {
            browser_context_id: self.inner.id.to_string(),
        };
        match self
            .inner
            .root
            .call(progress, "closing a context", &dispose)
            .await
        {
            // The browser took the context with it.
            Ok(_) | Err(BrowserError::Disconnected) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

impl std::fmt::Debug for Context {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Context")
            .field("id", &self.inner.id)
            .finish_non_exhaustive()
    }
}

fn same_site(text: &str) -> Option<network::CookieSameSite> {
    match text.to_ascii_lowercase().as_str() {
        "strict" => Some(network::CookieSameSite::Strict),
        "lax" => Some(network::CookieSameSite::Lax),
        "none" => Some(network::CookieSameSite::None),
        _ => None,
    }
}

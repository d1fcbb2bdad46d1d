//! An isolated context of a browser.

use std::path::Path;
use std::sync::Arc;

use tokio::sync::broadcast;

use crate::Result;
use crate::cdp::page::Page;
use crate::events::ContextEvent;
use crate::options::{ContextOptions, Cookie};
use crate::progress::Progress;

/// An isolated context: own cookies, cache, storage, proxy and downloads. Cheap to clone; it stays open until it is
/// closed or its browser ends.
#[derive(Clone)]
pub struct Context {
    inner: Arc<()>,
}

impl Context {
    /// Names the context in its browser.
    pub fn id(&self) -> &str {
        unimplemented!()
    }

    /// What it was opened with.
    pub fn options(&self) -> &ContextOptions {
        unimplemented!()
    }

    /// Where its downloads are saved.
    pub fn downloads_dir(&self) -> &Path {
        unimplemented!()
    }

    /// Opens an empty page; everything that watches it is in place before the page runs anything.
    pub async fn new_page(&self, progress: &Progress) -> Result<Page> {
        unimplemented!()
    }

    /// The open pages, oldest first.
    pub fn pages(&self) -> Vec<Page> {
        unimplemented!()
    }

    /// What happens from now on. A subscriber that falls far behind gets `Lagged` from the channel.
    pub fn events(&self) -> broadcast::Receiver<ContextEvent> {
        unimplemented!()
    }

    /// Every cookie.
    pub async fn cookies(&self, progress: &Progress) -> Result<Vec<Cookie>> {
        unimplemented!()
    }

    /// Adds or replaces cookies.
    pub async fn set_cookies(&self, progress: &Progress, cookies: &[Cookie]) -> Result<()> {
        unimplemented!()
    }

    /// Gives up a download; its `DownloadFinished` follows.
    pub async fn cancel_download(&self, progress: &Progress, guid: &str) -> Result<()> {
        unimplemented!()
    }

    /// Whether the context has been closed or its browser has gone.
    pub fn is_closed(&self) -> bool {
        unimplemented!()
    }

    /// Closes every page, without asking them, and forgets the context's data.
    pub async fn close(&self, progress: &Progress) -> Result<()> {
        unimplemented!()
    }
}

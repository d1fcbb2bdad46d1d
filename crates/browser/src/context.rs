//! An isolated context of a browser.

use std::path::Path;

use tokio::sync::broadcast;

use crate::Result;
use crate::cdp;
use crate::drive::context::DrivenContext;
use crate::events::ContextEvent;
use crate::kind::{Kind, each};
use crate::options::{ContextOptions, Cookie};
use crate::page::Page;
use crate::progress::Progress;

/// An isolated context: own cookies, cache, storage, proxy and downloads. Cheap to clone; it stays open until it is
/// closed or its browser ends.
#[derive(Clone)]
pub struct Context(Kind<cdp::context::Context, DrivenContext>);

impl Context {
    pub(crate) fn cdp(context: cdp::context::Context) -> Self {
        Self(Kind::Cdp(context))
    }

    pub(crate) fn driven(context: DrivenContext) -> Self {
        Self(Kind::Driven(context))
    }

    /// Names the context in its browser.
    pub fn id(&self) -> &str {
        each!(self.0, context => context.id())
    }

    /// What it was opened with.
    pub fn options(&self) -> &ContextOptions {
        each!(self.0, context => context.options())
    }

    /// Where its downloads are saved.
    pub fn downloads_dir(&self) -> &Path {
        each!(self.0, context => context.downloads_dir())
    }

    /// Opens an empty page; everything that watches it is in place before the page runs anything.
    pub async fn new_page(&self, progress: &Progress) -> Result<Page> {
        Ok(match &self.0 {
            Kind::Cdp(context) => Page::cdp(context.new_page(progress).await?),
            Kind::Driven(context) => Page::driven(context.new_page(progress).await?),
        })
    }

    /// The open pages, oldest first.
    pub fn pages(&self) -> Vec<Page> {
        match &self.0 {
            Kind::Cdp(context) => context.pages().into_iter().map(Page::cdp).collect(),
            Kind::Driven(context) => context.pages().into_iter().map(Page::driven).collect(),
        }
    }

    /// How many pages the browser has told of that are not ready yet, and so not among the open ones. Chromium tells of a
    /// page that an input opens before it answers that the input was taken.
    pub fn opening(&self) -> usize {
        each!(self.0, context => context.opening())
    }

    /// Waits until every page that the browser has told of is ready, or gone again.
    pub async fn opened(&self, progress: &Progress) -> Result<()> {
        each!(self.0, context => context.opened(progress).await)
    }

    /// What happens from now on. A subscriber that falls far behind gets `Lagged` from the channel.
    pub fn events(&self) -> broadcast::Receiver<ContextEvent> {
        each!(self.0, context => context.events())
    }

    /// Every cookie.
    pub async fn cookies(&self, progress: &Progress) -> Result<Vec<Cookie>> {
        each!(self.0, context => context.cookies(progress).await)
    }

    /// Adds or replaces cookies.
    pub async fn set_cookies(&self, progress: &Progress, cookies: &[Cookie]) -> Result<()> {
        each!(self.0, context => context.set_cookies(progress, cookies).await)
    }

    /// Gives up a download; its `DownloadFinished` follows.
    pub async fn cancel_download(&self, progress: &Progress, guid: &str) -> Result<()> {
        each!(self.0, context => context.cancel_download(progress, guid).await)
    }

    /// Whether the context has been closed or its browser has gone.
    pub fn is_closed(&self) -> bool {
        each!(self.0, context => context.is_closed())
    }

    /// Closes every page, without asking them, and forgets the context's data.
    pub async fn close(&self, progress: &Progress) -> Result<()> {
        each!(self.0, context => context.close(progress).await)
    }
}

impl std::fmt::Debug for Context {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Context")
            .field("id", &self.id())
            .finish_non_exhaustive()
    }
}

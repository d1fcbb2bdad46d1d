//! The tabs of a run: which is the active one, which are new, and the taps on each.

use std::collections::HashMap;

use browser::{Context, ContextEvent, Frame, Page, PageId, Progress};
use capture::{AttachedTaps, PageTaps};
use tokio::sync::broadcast::error::RecvError;

use crate::fault::Fault;
use crate::outcome::ErrorCode;

/// The tabs of a run.
pub(crate) struct Stage {
    context: Context,
    active: Page,
    taps: HashMap<PageId, AttachedTaps>,
    /// Tabs that no step has gone to yet, oldest first.
    untaken: Vec<PageId>,
    watch_network: bool,
    /// What a click or key press before a submit step leaves for it.
    pub(crate) submission: Option<Submission>,
    /// Whether the step before navigated.
    pub(crate) navigated: bool,
}

/// A click or key press that probably submits a form, as the submit step after it will want to know.
pub(crate) struct Submission {
    pub(crate) frame: Frame,
    pub(crate) page: PageId,
    /// `Page::navigations` before the click.
    pub(crate) navigations: u64,
}

impl Stage {
    /// Begins in the context's first tab, or in a new one.
    pub(crate) async fn begin(
        progress: &Progress,
        context: &Context,
        watch_network: bool,
    ) -> Result<Self, Fault> {
        let active = match context.pages().into_iter().next() {
            Some(page) => page,
            None => context.new_page(progress).await?,
        };
        let mut stage = Self {
            context: context.clone(),
            active,
            taps: HashMap::new(),
            untaken: Vec::new(),
            watch_network,
            submission: None,
            navigated: false,
        };
        for page in context.pages() {
            stage.tap(progress, &page).await?;
        }
        stage.untaken.clear();
        Ok(stage)
    }

    /// The active tab. When it has closed itself, the newest of the others is active.
    pub(crate) fn page(&mut self) -> Page {
        if self.active.is_closed()
            && let Some(page) = self.context.pages().pop()
        {
            self.untaken.retain(|id| *id != page.id());
            self.active = page;
        }
        self.active.clone()
    }

    /// Listens to tabs that have opened since.
    pub(crate) async fn notice_new_tabs(&mut self, progress: &Progress) -> Result<(), Fault> {
        for page in self.context.pages() {
            if !self.taps.contains_key(&page.id()) {
                self.tap(progress, &page).await?;
            }
        }
        Ok(())
    }

    async fn tap(&mut self, progress: &Progress, page: &Page) -> Result<(), Fault> {
        self.taps.insert(page.id(), PageTaps::attach(page));
        self.untaken.push(page.id());
        if self.watch_network {
            page.enable_network(progress).await?;
        }
        Ok(())
    }

    /// What the taps of the active tab kept.
    pub(crate) fn taps(&mut self) -> PageTaps {
        let page = self.page();
        self.taps
            .get(&page.id())
            .map_or_else(PageTaps::default, |taps| PageTaps::clone(taps))
    }

    /// Makes the tab at `index`, counted from 0 among the open ones in the order of opening, the active one. Waits until
    /// it is there.
    pub(crate) async fn switch(&mut self, progress: &Progress, index: usize) -> Result<(), Fault> {
        let mut events = self.context.events();
        let page = loop {
            if let Some(page) = self.context.pages().into_iter().nth(index) {
                break page;
            }
            match progress
                .race("waiting for the tab to open", events.recv())
                .await
            {
                Ok(Ok(_) | Err(RecvError::Lagged(_))) => {}
                Ok(Err(RecvError::Closed)) => {
                    return Err(browser::BrowserError::Disconnected.into());
                }
                Err(browser::Interrupted::DeadlineExceeded { .. }) => {
                    let open = self.context.pages().len();
                    let message = format!(
                        "there is no tab {}; {open} are open",
                        index.saturating_add(1)
                    );
                    return Err(Fault::new(ErrorCode::TabNotFound, message));
                }
                Err(cancelled) => return Err(cancelled.into()),
            }
        };
        self.go_to(progress, page).await
    }

    /// Goes to the tab that the page opened and no step has taken; opens one when there is none.
    pub(crate) async fn take_new(&mut self, progress: &Progress) -> Result<(Page, bool), Fault> {
        self.notice_new_tabs(progress).await?;
        let active = self.active.id();
        let fresh = self.untaken.iter().find(|id| **id != active).cloned();
        let opened = fresh.and_then(|id| {
            self.context
                .pages()
                .into_iter()
                .find(|page| page.id() == id)
        });
        let (page, adopted) = match opened {
            Some(page) => (page, true),
            None => (self.context.new_page(progress).await?, false),
        };
        self.notice_new_tabs(progress).await?;
        self.go_to(progress, page.clone()).await?;
        Ok((page, adopted))
    }

    /// Closes a tab and goes to the newest of the others when it was the active one.
    pub(crate) async fn close(
        &mut self,
        progress: &Progress,
        index: Option<usize>,
    ) -> Result<(), Fault> {
        let pages = self.context.pages();
        let page = match index {
            None => self.page(),
            Some(index) => pages.get(index).cloned().ok_or_else(|| {
                let message = format!(
                    "there is no tab {} to close; {} are open",
                    index + 1,
                    pages.len()
                );
                Fault::new(ErrorCode::TabNotFound, message)
            })?,
        };
        // Subscribed before closing, or the event could pass unseen.
        let mut events = self.context.events();
        page.close(progress).await?;
        while !page.is_closed() {
            match progress
                .race("waiting for the tab to close", events.recv())
                .await?
            {
                Ok(ContextEvent::PageClosed { page: closed }) if closed == page.id() => break,
                Ok(_) | Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return Err(browser::BrowserError::Disconnected.into()),
            }
        }
        Ok(())
    }

    async fn go_to(&mut self, progress: &Progress, page: Page) -> Result<(), Fault> {
        self.untaken.retain(|id| *id != page.id());
        page.bring_to_front(progress).await?;
        self.active = page;
        Ok(())
    }
}

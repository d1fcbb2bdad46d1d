//! The tabs of a run: which is the active one, which are new, and the taps on each.

use std::collections::HashMap;

use browser::{BrowserError, Context, Frame, Interrupted, Page, PageId, Progress};
use capture::{Answers, AttachedTaps, PageTaps};
use tokio::sync::broadcast::error::RecvError;

use crate::downloads::Downloads;
use crate::fault::Fault;
use crate::outcome::ErrorCode;

/// The tabs of a run.
pub(crate) struct Stage {
    context: Context,
    active: Page,
    taps: HashMap<PageId, AttachedTaps>,
    /// Every tab that was ever open, in the order of opening: recordings number them so.
    order: Vec<PageId>,
    /// Tabs that no step has gone to yet, oldest first.
    untaken: Vec<PageId>,
    watch_network: bool,
    downloads: Downloads,
    /// What a click or key press before a submit step leaves for it.
    pub(crate) submission: Option<Submission>,
    /// Whether the step before navigated.
    pub(crate) navigated: bool,
    /// The tab and the count of its navigations whose document is known to be a page's own.
    pub(crate) judged: Option<(PageId, u64)>,
    /// The answers that had come when the step before and this one began, with their page.
    marks: [Option<(PageId, u64)>; 2],
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
            order: Vec::new(),
            untaken: Vec::new(),
            watch_network,
            downloads: Downloads::of(context),
            submission: None,
            navigated: false,
            judged: None,
            marks: [None, None],
        };
        for page in context.pages() {
            stage.tap(progress, &page).await?;
        }
        stage.untaken.clear();
        Ok(stage)
    }

    /// The active tab. When it has closed, its opener is active, else the newest of the others.
    pub(crate) fn page(&mut self) -> Page {
        if self.active.is_closed() {
            let mut open = self.context.pages();
            let opener = self.active.opener();
            let opener = open.iter().position(|page| Some(page.id()) == opener);
            if let Some(page) = opener.map(|at| open.swap_remove(at)).or_else(|| open.pop()) {
                self.untaken.retain(|id| *id != page.id());
                self.active = page;
            }
        }
        self.active.clone()
    }

    /// The files that pages have given and no step has waited for.
    pub(crate) fn downloads(&self) -> &Downloads {
        &self.downloads
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
        self.order.push(page.id());
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

    /// A step begins: what is answered from here on may be waited for by the step after it.
    pub(crate) fn mark(&mut self) {
        let page = self.page();
        let now = self.taps().answers().count();
        self.marks.rotate_left(1);
        self.marks[1] = Some((page.id(), now));
    }

    /// The answers to the active tab's requests, and how many of them came before the step before this one began.
    pub(crate) fn answers(&mut self) -> (Answers, u64) {
        let page = self.page().id();
        let answers = self.taps().answers().clone();
        let since = self.marks[0]
            .as_ref()
            .map_or(0, |(of, count)| if *of == page { *count } else { 0 });
        (answers, since)
    }

    /// Makes the tab with the number `index` the active one. Waits until it is there.
    pub(crate) async fn switch(&mut self, progress: &Progress, index: usize) -> Result<(), Fault> {
        let page = self
            .wait_for(progress, |stage| stage.numbered(index))
            .await?;
        let page = page.ok_or_else(|| no_tab(index))?;
        self.go_to(progress, page).await
    }

    /// Goes to the tab that the page has opened, or opens within `progress`; `None` when it opens none.
    pub(crate) async fn take_popup(&mut self, progress: &Progress) -> Result<Option<Page>, Fault> {
        let popup = self
            .wait_for(progress, |stage| {
                let active = stage.active.id();
                let fresh = stage.untaken.iter().find(|id| **id != active)?;
                stage
                    .context
                    .pages()
                    .into_iter()
                    .find(|page| page.id() == *fresh)
            })
            .await?;
        if let Some(page) = &popup {
            self.go_to(progress, page.clone()).await?;
        }
        Ok(popup)
    }

    /// Opens a tab and goes to it.
    pub(crate) async fn open_tab(&mut self, progress: &Progress) -> Result<Page, Fault> {
        let page = self.context.new_page(progress).await?;
        self.notice_new_tabs(progress).await?;
        self.go_to(progress, page.clone()).await?;
        Ok(page)
    }

    /// Closes a tab, the active one when no number is given.
    pub(crate) async fn close(
        &mut self,
        progress: &Progress,
        index: Option<usize>,
    ) -> Result<(), Fault> {
        let page = match index {
            None => Some(self.page()),
            Some(index) => self.numbered(index),
        };
        let page = page.ok_or_else(|| no_tab(index.unwrap_or_default()))?;
        page.close(progress).await?;
        self.wait_until_closed(progress, &page.id()).await
    }

    /// Waits until a tab that closes by itself has closed.
    pub(crate) async fn closed_by_page(
        &mut self,
        progress: &Progress,
        index: usize,
    ) -> Result<(), Fault> {
        // The page may have told of it before the browser did.
        let id = self
            .wait_for(progress, |stage| stage.order.get(index).cloned())
            .await?;
        let id = id.ok_or_else(|| no_tab(index))?;
        self.wait_until_closed(progress, &id).await
    }

    async fn wait_until_closed(&mut self, progress: &Progress, id: &PageId) -> Result<(), Fault> {
        let closed = self
            .wait_for(progress, |stage| {
                (!stage.context.pages().iter().any(|page| page.id() == *id)).then_some(())
            })
            .await?;
        closed.ok_or_else(|| Fault::new(ErrorCode::Timeout, "the tab did not close"))
    }

    /// Waits until `look` finds something; `None` when it finds nothing in time.
    async fn wait_for<T>(
        &mut self,
        progress: &Progress,
        mut look: impl FnMut(&mut Self) -> Option<T>,
    ) -> Result<Option<T>, Fault> {
        // Subscribed before looking, or the event could pass unseen.
        let mut events = self.context.events();
        loop {
            self.notice_new_tabs(progress).await?;
            if let Some(found) = look(self) {
                return Ok(Some(found));
            }
            match progress.race("waiting for a tab", events.recv()).await {
                Ok(Ok(_) | Err(RecvError::Lagged(_))) => {}
                Ok(Err(RecvError::Closed)) => return Err(BrowserError::Disconnected.into()),
                Err(Interrupted::DeadlineExceeded { .. }) => return Ok(None),
                Err(cancelled) => return Err(cancelled.into()),
            }
        }
    }

    /// The open tab with this number.
    fn numbered(&mut self, index: usize) -> Option<Page> {
        let id = self.order.get(index)?;
        self.context
            .pages()
            .into_iter()
            .find(|page| page.id() == *id)
    }

    async fn go_to(&mut self, progress: &Progress, page: Page) -> Result<(), Fault> {
        self.untaken.retain(|id| *id != page.id());
        page.bring_to_front(progress).await?;
        self.active = page;
        Ok(())
    }
}

fn no_tab(index: usize) -> Fault {
    Fault::new(
        ErrorCode::TabNotFound,
        format!("tab {} is not open", index.saturating_add(1)),
    )
}

//! Tabs: pages that were opened here and popups that pages opened.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use browser::{ContextEvent, DownloadState, FrameId, Page, PageId};
use capture::PageTaps;
use ids::ViewerId;
use recording::{Tab as TabStep, TabEvent};
use serde_json::Value;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::listen::listen;
use super::{Actor, Ending, Internal};
use crate::address::read_address;
use crate::cast;
use crate::config::{LastTab, Surface};
use crate::events::SessionEventKind;
use crate::protocol::{DownloadNotice, Notice, TabAction, TabError};
use crate::recorder::Cause;

/// How long the browser may take for something about a tab.
pub(super) const TAB_LIMIT: Duration = Duration::from_secs(10);
/// Failed documents remembered until the page shows its error.
const FAILURES: usize = 8;
/// Tabs that a session may have; a page that opens windows without end must not take the machine along.
const MOST_TABS: usize = 50;

/// A page and what is known of it.
pub(super) struct Tab {
    pub(super) page: Page,
    pub(super) opener: Option<PageId>,
    pub(super) url: String,
    pub(super) title: String,
    pub(super) loading: bool,
    pub(super) error: Option<TabError>,
    pub(super) crashed: bool,
    pub(super) taps: PageTaps,
    /// Documents that failed and why, newest last.
    pub(super) failed_documents: VecDeque<(String, String)>,
    /// The network door answered in place of the page that is about to be shown.
    pub(super) blocked: Option<(String, TabError)>,
    /// The toolbar was used to get there: how, and what was typed.
    pub(super) pending: Option<(Cause, Option<String>)>,
    /// Ends what waits for the navigation that is under way.
    pub(super) navigation: CancellationToken,
    /// Cancelled when its page has loaded: nobody has to be told that it takes long.
    pub(super) patience: CancellationToken,
    /// Cancelled when the context tells that the page has closed. What the page told before that comes first.
    gone: CancellationToken,
    /// The viewport that the page has now.
    viewport: browser::Viewport,
}

impl Actor {
    pub(super) fn active_tab(&self) -> Option<&Tab> {
        self.tabs.get(&self.active?)
    }

    pub(super) fn active_page(&self) -> Option<Page> {
        self.active_tab().map(|tab| tab.page.clone())
    }

    pub(super) fn tab_of(&self, page: &PageId) -> Option<u32> {
        self.tabs
            .iter()
            .find(|(_, tab)| tab.page.id() == *page)
            .map(|(index, _)| *index)
    }

    /// Makes a page a tab and listens to it.
    pub(super) fn adopt(&mut self, page: Page, opener: Option<PageId>) -> u32 {
        let index = self.next_tab;
        self.next_tab += 1;
        let taps = PageTaps::default();
        // Before the page is looked at: what happens in between is told.
        let events = page.events();
        let tab = Tab {
            opener,
            url: page.url(),
            title: String::new(),
            loading: page.is_loading(),
            error: None,
            crashed: false,
            taps: taps.clone(),
            failed_documents: VecDeque::new(),
            blocked: None,
            pending: None,
            navigation: CancellationToken::new(),
            patience: CancellationToken::new(),
            gone: CancellationToken::new(),
            viewport: crate::viewport::to_browser(&self.place.viewport),
            page: page.clone(),
        };
        let told = (events, tab.gone.clone());
        self.spawn(listen(index, told, taps, self.internal.clone()));
        let (progress, chooser_page) = (self.progress(TAB_LIMIT), page.clone());
        let in_viewer = self.surface == Surface::Viewer;
        self.spawn(async move {
            if !in_viewer {
                return;
            }
            if let Err(error) = chooser_page
                .set_file_chooser_interception(&progress, true)
                .await
            {
                tracing::debug!(%error, "file choosers of a page are not reported");
            }
        });
        self.tabs.insert(index, tab);
        for frame in page.frames() {
            self.arm(&page, &frame.id());
        }
        if let Some(dialog) = page.open_dialog() {
            self.on_dialog_opened(index, &dialog);
        }
        // One that has loaded already says nothing more of its title.
        if !page.is_loading() {
            self.ask_title(index);
        }
        self.dirty = true;
        index
    }

    /// Starts the page script's helpers in a frame: every new document needs them.
    pub(super) fn arm(&mut self, page: &Page, id: &FrameId) {
        let Some(frame) = page.frame(id) else { return };
        let progress = self.progress(TAB_LIMIT);
        let recorder = self.recorder_options();
        let in_viewer = self.surface == Surface::Viewer;
        let is_recorded = recorder.is_some() && frame.parent().is_none();
        let starting = async move {
            let live = async {
                match in_viewer {
                    true => frame
                        .call::<Value>(&progress, "live.start", &())
                        .await
                        .map(drop),
                    false => Ok(()),
                }
            };
            let recording = async {
                match recorder {
                    Some(options) => frame
                        .call::<Value>(&progress, "record.start", &(options,))
                        .await
                        .map(drop),
                    None => Ok(()),
                }
            };
            let (live, recording) = futures_util::future::join(live, recording).await;
            if let Err(error) = live.and(recording) {
                // A document that is replaced meanwhile is armed again by its successor's event.
                tracing::debug!(%error, "the page script's helpers did not start");
            }
        };
        if is_recorded {
            self.hold_input_until(starting);
        } else {
            self.spawn(starting);
        }
    }

    /// Shows a tab.
    pub(super) fn activate(&mut self, index: u32) {
        let Some(tab) = self.tabs.get_mut(&index) else {
            return;
        };
        let page = tab.page.clone();
        let wanted = crate::viewport::to_browser(&self.viewport);
        let resize = (tab.viewport != wanted).then_some(wanted);
        tab.viewport = wanted;
        self.active = Some(index);
        self.dirty = true;
        self.reset_input();
        self.looking.reset();
        self.dialog = page
            .open_dialog()
            .map(|dialog| super::answers::dialog_state(index, &dialog));
        self.chooser = None;
        self.pickers.clear();
        self.restart_cast(page, index, resize);
    }

    /// Starts the picture of the active tab anew, after a change of its size where there is one.
    pub(super) fn restart_cast(
        &mut self,
        page: Page,
        index: u32,
        resize: Option<browser::Viewport>,
    ) {
        if self.surface == Surface::Window {
            return;
        }
        self.cast_stop.cancel();
        self.cast_stop = self.cancel.child_token();
        let (screen, stop) = (self.screen.clone(), self.cast_stop.clone());
        let internal = self.internal.clone();
        let options = cast::options(&self.viewport, self.cast.quality);
        let progress = self.progress(TAB_LIMIT);
        let before = self.cast_task.take();
        let task = self.tasks.spawn(async move {
            // One stream at a time: the end of the one before must not reach the browser after the new one's start.
            if let Some(before) = before {
                let _ = before.await;
            }
            let resized = match resize {
                Some(viewport) => page.set_viewport(&progress, viewport).await,
                None => Ok(()),
            };
            if let Err(error) = resized {
                tracing::warn!(%error, "the viewport of a tab could not be changed");
                let notice = Notice::error(
                    "viewport_failed",
                    format!("The page did not take this size: {error}."),
                );
                let _ = internal.send(Internal::Say { to: None, notice }).await;
            }
            if let Err(error) = page.bring_to_front(&progress).await {
                tracing::debug!(%error, "a tab could not be brought to the front");
            }
            screen.show(page, index, options, stop).await;
        });
        self.cast_task = Some(task);
    }

    /// In a window people change tabs without telling; what they do there tells.
    pub(super) fn worked_in(&mut self, index: u32) {
        if self.surface == Surface::Window && self.active != Some(index) {
            self.active = Some(index);
            self.dirty = true;
            self.record_tab(TabEvent::Switch, index, None, "manual");
        }
    }

    /// The picture ended with a page that crashed; a new document brings both back.
    pub(super) fn revive_cast(&mut self, index: u32, crashed: bool) {
        // One that has not noticed the crash yet would end a moment after this.
        let ended = crashed || self.cast_task.as_ref().is_some_and(JoinHandle::is_finished);
        if let Some(page) = self.active_page().filter(|_| ended) {
            self.restart_cast(page, index, None);
        }
    }

    /// The active tab takes the session's viewport.
    pub(super) fn resize_active(&mut self) {
        if let Some(index) = self.active {
            self.activate(index);
        }
    }

    pub(super) fn on_context(&mut self, event: ContextEvent) -> Option<Ending> {
        match event {
            ContextEvent::PageOpened { page, opener } => self.on_page_opened(page, opener),
            ContextEvent::PageClosed { page } => {
                let closed = self.tab_of(&page).and_then(|index| self.tabs.get(&index));
                if let Some(tab) = closed {
                    tab.gone.cancel();
                }
            }
            ContextEvent::PageCrashed { page } => {
                if let Some(index) = self.tab_of(&page) {
                    return self.on_crash(index);
                }
            }
            ContextEvent::BrowserGone => {
                return Some(Ending::failed("the browser ended unexpectedly"));
            }
            ContextEvent::DownloadStarted { filename, guid, .. } => {
                self.downloads.insert(guid, filename.to_string());
                self.say(None, Notice::Download(download(&filename, "started", None)));
            }
            ContextEvent::DownloadFinished {
                guid,
                path,
                bytes,
                state,
            } => {
                let name = self
                    .downloads
                    .remove(&guid)
                    .unwrap_or_else(|| "download".to_owned());
                if state == DownloadState::Canceled {
                    self.say(None, Notice::Download(download(&name, "canceled", None)));
                    return None;
                }
                let url = self.active_tab().map(|tab| tab.url.clone());
                self.record_step(url.unwrap_or_default(), recording::Download::like(&name));
                let (folder, internal) = (self.place.folder.clone(), self.internal.clone());
                self.spawn(async move {
                    // The browser removes the files of a context with it.
                    let path = match folder.keep_download(&path, &name).await {
                        Ok(kept) => kept,
                        Err(error) => return tracing::warn!(%error, "a download was lost"),
                    };
                    let notice = Notice::Download(download(&name, "finished", Some(bytes)));
                    let kind = SessionEventKind::Download {
                        name,
                        path,
                        bytes,
                        folder,
                    };
                    let _ = internal.send(Internal::Event(kind)).await;
                    let _ = internal.send(Internal::Say { to: None, notice }).await;
                });
            }
        }
        None
    }

    fn on_page_opened(&mut self, page: Page, opener: Option<PageId>) {
        if self.tab_of(&page.id()).is_some() {
            return;
        }
        if self.tabs.len() >= MOST_TABS {
            let progress = self.progress(TAB_LIMIT);
            return self.spawn(async move {
                // A page that is gone already is closed enough.
                let _ = page.close(&progress).await;
            });
        }
        let popup = opener.is_some() || self.awaited_tabs == 0;
        self.awaited_tabs = self.awaited_tabs.saturating_sub(usize::from(!popup));
        let index = self.adopt(page, opener);
        self.activate(index);
        let url = self
            .tabs
            .get(&index)
            .map(|tab| tab.url.clone())
            .unwrap_or_default();
        let trigger = if popup { "popup" } else { "manual" };
        self.record_tab(TabEvent::New, index, Some(url), trigger);
    }

    /// Events were missed: the context knows which pages there are.
    pub(super) fn look_for_pages(&mut self) {
        for page in self.place.context.pages() {
            let opener = page.opener();
            self.on_page_opened(page, opener);
        }
    }

    pub(super) fn on_tab_opened(&mut self, page: Option<PageId>, url: Option<Url>) {
        let Some(page) = page else {
            self.awaited_tabs = self.awaited_tabs.saturating_sub(1);
            return;
        };
        let Some(index) = self.tab_of(&page) else {
            return;
        };
        if let Some(url) = url {
            self.open(index, url.as_str());
        }
    }

    pub(super) fn on_tab(
        &mut self,
        viewer: ViewerId,
        action: TabAction,
        index: Option<u32>,
        url: Option<&str>,
    ) {
        match action {
            TabAction::New => match url
                .filter(|url| !url.is_empty())
                .map(read_address)
                .transpose()
            {
                Ok(url) => self.new_tab(url),
                Err(error) => self.refuse(viewer, "bad_address", error.to_string()),
            },
            TabAction::Switch | TabAction::Close => {
                let Some(index) = index
                    .or(self.active)
                    .filter(|index| self.tabs.contains_key(index))
                else {
                    return self.refuse(viewer, "no_such_tab", "This tab is not open any more.");
                };
                if action == TabAction::Switch {
                    if self.active != Some(index) {
                        self.activate(index);
                        self.record_tab(TabEvent::Switch, index, None, "manual");
                    }
                } else {
                    self.close_tab(index);
                }
            }
        }
        self.note(
            Some(viewer),
            "tab",
            format!("{action:?} {}", index.unwrap_or_default()).to_lowercase(),
        );
    }

    pub(super) fn new_tab(&mut self, url: Option<Url>) {
        self.awaited_tabs += 1;
        let (context, internal) = (self.place.context.clone(), self.internal.clone());
        let progress = self.progress(TAB_LIMIT);
        self.spawn(async move {
            match context.new_page(&progress).await {
                Ok(page) => {
                    let id = page.id();
                    // Its event may still be waiting; whoever comes second finds the tab there.
                    let opened = ContextEvent::PageOpened { page, opener: None };
                    let _ = internal.send(Internal::Context(opened)).await;
                    let _ = internal
                        .send(Internal::TabOpened {
                            page: Some(id),
                            url,
                        })
                        .await;
                }
                Err(error) => {
                    let notice = Notice::error(
                        "tab_failed",
                        format!("A new tab could not be opened: {error}."),
                    );
                    let _ = internal.send(Internal::Say { to: None, notice }).await;
                    let _ = internal
                        .send(Internal::TabOpened {
                            page: None,
                            url: None,
                        })
                        .await;
                }
            }
        });
    }

    fn close_tab(&mut self, index: u32) {
        let Some(tab) = self.tabs.get(&index) else {
            return;
        };
        self.record_tab(TabEvent::Close, index, None, "manual");
        let (page, progress) = (tab.page.clone(), self.progress(TAB_LIMIT));
        self.closing.insert(index);
        self.spawn(async move {
            if let Err(error) = page.close(&progress).await {
                tracing::debug!(%error, "a tab was closed while it was going away");
            }
        });
    }

    pub(super) fn on_tab_closed(&mut self, index: u32) -> Option<Ending> {
        let tab = self.tabs.remove(&index)?;
        tab.navigation.cancel();
        self.dirty = true;
        if !self.closing.remove(&index) {
            self.record_tab(TabEvent::Close, index, None, "page");
        }
        if self.active != Some(index) {
            return None;
        }
        self.active = None;
        self.dialog = None;
        let opener = tab.opener.as_ref().and_then(|opener| self.tab_of(opener));
        match opener.or_else(|| self.tabs.keys().next_back().copied()) {
            Some(next) => self.activate(next),
            None if self.last_tab == LastTab::End => {
                return Some(Ending::wanted("the window was closed"));
            }
            None => self.new_tab(None),
        }
        None
    }

    fn record_tab(&self, event: TabEvent, index: u32, url: Option<String>, trigger: &str) {
        let mut step = TabStep {
            event,
            index: usize::try_from(index).ok(),
            target_url: url,
            ..TabStep::default()
        };
        // Tells a player whether the page did it by itself, and only waiting is needed.
        step.extra.insert("trigger".to_owned(), trigger.into());
        let url = self
            .active_tab()
            .map(|tab| tab.url.clone())
            .unwrap_or_default();
        self.record_step(url, step);
    }
}

impl Tab {
    pub(super) fn document_failed(&mut self, url: &str, error: &str) {
        if self.failed_documents.len() == FAILURES {
            self.failed_documents.pop_front();
        }
        self.failed_documents
            .push_back((url.to_owned(), error.to_owned()));
    }

    pub(super) fn failure_of(&self, url: &str) -> Option<&str> {
        self.failed_documents
            .iter()
            .rev()
            .find(|(failed, _)| failed == url)
            .map(|(_, error)| error.as_str())
    }
}

fn download(name: &str, state: &str, bytes: Option<u64>) -> DownloadNotice {
    DownloadNotice {
        name: name.to_owned(),
        state: state.to_owned(),
        bytes,
        artifact: None,
    }
}

/// Names of downloads that are under way.
pub(super) type Downloads = std::collections::HashMap<Arc<str>, String>;

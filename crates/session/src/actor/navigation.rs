//! Going places from the toolbar, and saying why when a page cannot be had.

use std::time::Duration;

use browser::{BrowserError, LoadState, Progress};
use ids::{ErrorId, ViewerId};

use super::{Actor, Internal};
use crate::address::read_address;
use crate::events::SessionEventKind;
use crate::explain;
use crate::protocol::{Level, NavAction, Notice, TabError};
use crate::recorder::Cause;

/// How long an address may take to give an answer.
const ANSWER_LIMIT: Duration = Duration::from_secs(60);
/// After this long, people are told that the page is still loading.
const PATIENCE: Duration = Duration::from_secs(30);

impl Actor {
    pub(super) fn on_nav(&mut self, viewer: ViewerId, action: NavAction, url: Option<&str>) {
        let Some(index) = self.active else {
            return self.refuse(viewer, "no_tab", "No tab is open.");
        };
        match action {
            NavAction::Goto => match read_address(url.unwrap_or_default()) {
                Ok(url) => {
                    self.note(Some(viewer), "nav", url.as_str());
                    self.open(index, url.as_str());
                }
                Err(error) => self.refuse(viewer, "bad_address", error.to_string()),
            },
            NavAction::Back | NavAction::Forward | NavAction::Reload => {
                self.note(Some(viewer), "nav", format!("{action:?}").to_lowercase());
                self.travel(index, action);
            }
            NavAction::Stop => self.stop_loading(index),
        }
    }

    /// Sends a tab to an address.
    pub(super) fn open(&mut self, index: u32, url: &str) {
        let Some(tab) = self.tabs.get_mut(&index) else {
            return;
        };
        tab.pending = Some((Cause::Manual, Some(url.to_owned())));
        let (page, url) = (tab.page.clone(), url.to_owned());
        self.begin(index, url.clone(), move |progress| async move {
            page.goto(&progress, &url, LoadState::Commit)
                .await
                .map(drop)
        });
    }

    fn travel(&mut self, index: u32, action: NavAction) {
        let Some(tab) = self.tabs.get_mut(&index) else {
            return;
        };
        let (page, url) = (tab.page.clone(), tab.url.clone());
        // A page that could not be had is asked for again; its error page has no address of its own.
        if action == NavAction::Reload
            && (tab.error.is_some() || tab.crashed)
            && url != "about:blank"
        {
            return self.open(index, &url);
        }
        let cause = match action {
            NavAction::Back => Cause::Back,
            NavAction::Forward => Cause::Forward,
            _ => Cause::Manual,
        };
        tab.pending = Some((cause, None));
        self.begin(index, url, move |progress| async move {
            match action {
                NavAction::Back => page.go_back(&progress, LoadState::Commit).await.map(drop),
                NavAction::Forward => page
                    .go_forward(&progress, LoadState::Commit)
                    .await
                    .map(drop),
                _ => page.reload(&progress, LoadState::Commit).await.map(drop),
            }
        });
    }

    /// Runs a navigation; a new one takes the place of one that is under way.
    fn begin<F>(&mut self, index: u32, url: String, go: impl FnOnce(Progress) -> F)
    where
        F: Future<Output = browser::Result<()>> + Send + 'static,
    {
        let Some(tab) = self.tabs.get_mut(&index) else {
            return;
        };
        tab.navigation.cancel();
        tab.navigation = self.cancel.child_token();
        tab.loading = true;
        tab.error = None;
        self.dirty = true;
        let token = tab.navigation.clone();
        let progress =
            Progress::with_deadline(std::time::Instant::now() + ANSWER_LIMIT, token.clone());
        let (work, internal) = (go(progress), self.internal.clone());
        let patience = (internal.clone(), url.clone());
        let patient = token.child_token();
        tab.patience = patient.clone();
        self.spawn(async move {
            let outcome = work.await;
            let _ = internal
                .send(Internal::Navigated {
                    tab: index,
                    url,
                    outcome,
                })
                .await;
        });
        self.spawn(async move {
            let (internal, url) = patience;
            let waiting = tokio::time::sleep(PATIENCE);
            if patient.run_until_cancelled(waiting).await.is_some() {
                let _ = internal
                    .send(Internal::StillLoading { tab: index, url })
                    .await;
            }
        });
    }

    fn stop_loading(&mut self, index: u32) {
        let Some(tab) = self.tabs.get_mut(&index) else {
            return;
        };
        tab.navigation.cancel();
        tab.pending = None;
        tab.loading = false;
        self.dirty = true;
        let (page, progress) = (tab.page.clone(), self.progress(super::tabs::TAB_LIMIT));
        self.spawn(async move {
            if let Err(error) = page.stop_loading(&progress).await {
                tracing::debug!(%error, "a page that loads could not be stopped");
            }
        });
    }

    /// A navigation of the toolbar got its answer, or none.
    pub(super) fn on_navigated(&mut self, index: u32, url: &str, outcome: browser::Result<()>) {
        let Some(tab) = self.tabs.get_mut(&index) else {
            return;
        };
        let Err(error) = outcome else { return };
        tab.pending = None;
        if !tab.page.is_loading() {
            tab.loading = false;
        }
        self.dirty = true;
        let superseded = error.is_cancelled()
            || matches!(
                error,
                BrowserError::DialogOpen { .. } | BrowserError::PageClosed
            );
        // A download, or another navigation: nothing went wrong.
        let aborted = matches!(
            &error,
            BrowserError::NavigationFailed {
                reason: browser::NavigationFailure::Aborted,
                ..
            }
        );
        if superseded || (aborted && explain::door(url, &self.place.egress).is_none()) {
            return;
        }
        if tab.error.is_none() {
            let reason = explain::navigation(url, &error, &self.place.egress);
            self.fail(index, url, reason);
        }
    }

    /// Tells everybody why a page could not be had.
    pub(super) fn fail(&mut self, index: u32, url: &str, reason: TabError) {
        let Some(tab) = self.tabs.get_mut(&index) else {
            return;
        };
        if tab.error.as_ref() == Some(&reason) {
            return;
        }
        tab.error = Some(reason.clone());
        tab.loading = false;
        tab.url = url.to_owned();
        self.dirty = true;
        let TabError { code, text, detail } = reason.clone();
        self.say(
            None,
            Notice::Notice {
                level: Level::Error,
                code,
                text,
                detail,
            },
        );
        let error = ErrorId::new();
        self.emit(SessionEventKind::NavigationFailed {
            error,
            tab: index,
            url: url.to_owned(),
            reason,
        });
        self.want_evidence(index, error);
    }

    pub(super) fn on_still_loading(&mut self, index: u32, url: &str) {
        let loading = self
            .tabs
            .get(&index)
            .is_some_and(|tab| tab.loading && tab.page.is_loading());
        if loading {
            let text = format!(
                "{url} has been loading for {} s. It can be used as far as it is there, or stopped.",
                PATIENCE.as_secs()
            );
            self.say(None, Notice::note(Level::Warning, "still_loading", text));
        }
    }
}

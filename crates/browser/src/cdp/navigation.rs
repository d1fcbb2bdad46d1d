//! Going somewhere and knowing when one is there.

use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use crate::Result;
use crate::cdp::frame::{Frame, World};
use crate::cdp::frame_tree::FrameData;
use crate::cdp::page_inner::{PageInner, PageState};
use crate::cdp::protocol::page::{
    GetNavigationHistory, GetNavigationHistoryReturns, Navigate, NavigateToHistoryEntry, Reload,
};
use crate::error::{BrowserError, NavigationFailure};
use crate::ids::FrameId;
use crate::options::OwnWorld;
use crate::progress::Progress;

const OPENING: &str = "opening the address";
const LOADING: &str = "waiting for the page to load";

/// An answer without a body and with an error status: the browser shows its own page, but the server did answer.
const EMPTY_ERROR: &str = "net::ERR_HTTP_RESPONSE_CODE_FAILURE";

/// How long the history may be behind the page on a busy machine.
const BEHIND: Duration = Duration::from_millis(500);
const ASK_AGAIN: Duration = Duration::from_millis(10);

/// How far a document has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum LoadState {
    /// The answer's head has come and the old document is gone.
    Commit,
    /// The document is parsed.
    DomContentLoaded,
    /// The document and what it embeds have loaded.
    #[default]
    Load,
    /// No request has been under way for half a second.
    NetworkIdle,
}

/// Where a navigation led.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Navigation {
    /// The final address.
    pub url: String,
    /// The HTTP status; `None` when the document does not come from an HTTP answer or the document stayed.
    pub status: Option<u16>,
    /// `net::ERR_*` when the browser shows its own error page.
    pub error_text: Option<String>,
}

pub(crate) async fn goto(
    page: &Arc<PageInner>,
    progress: &Progress,
    url: &str,
    until: LoadState,
) -> Result<Navigation> {
    progress.log(format!("opening {url}"));
    page.revive();
    page.check_responsive()?;
    let before = page.navigations();
    let navigate = Navigate {
        url: url.to_owned(),
        ..Navigate::default()
    };
    let answer = page
        .unless_dialog(progress, OPENING, page.session.send(&navigate))
        .await?;
    let Some(loader) = answer.loader_id else {
        if let Some(error) = &answer.error_text {
            return Err(failed(page, progress, url, "", error).await);
        }
        // The address differs from the one shown only in its fragment, and is answered before the page is there. What is no
        // address of a document, a script, leads nowhere.
        if url.contains('#') {
            let patience = progress.within(BEHIND);
            let moved = page.until(&patience, LOADING, |state| {
                (main(state).navigations > before).then_some(Ok(()))
            });
            moved.await.or_else(|error| match error {
                error if error.is_timeout() && !progress.remaining().is_zero() => Ok(()),
                error => Err(error),
            })?;
        }
        page.until(progress, LOADING, |state| {
            (!main(state).pending.any()).then_some(Ok(()))
        })
        .await?;
        return Ok(Navigation {
            url: page.main_url(),
            status: None,
            error_text: answer.error_text,
        });
    };
    if let Some(error) = answer
        .error_text
        .as_deref()
        .filter(|error| *error != EMPTY_ERROR)
    {
        return Err(failed(page, progress, url, &loader, error).await);
    }
    page.until(progress, LOADING, |state| {
        let frame = main(state);
        // The document may itself have gone on to another one before we looked.
        let arrived = *frame.loader == *loader || frame.navigations >= before + 2;
        (arrived && frame.reached(until)).then_some(Ok(()))
    })
    .await?;
    let status = status(page, progress).await;
    let url = page.main_url();
    progress.log(format!(
        "opened {url} ({})",
        status.map_or_else(|| "no status".to_owned(), |code| code.to_string())
    ));
    Ok(Navigation {
        url,
        status,
        error_text: answer.error_text,
    })
}

pub(crate) async fn reload(
    page: &Arc<PageInner>,
    progress: &Progress,
    until: LoadState,
) -> Result<Navigation> {
    page.revive();
    page.check_responsive()?;
    let before = main(&page.lock()).loader.clone();
    let asked = page.session.send(&Reload::default());
    page.unless_dialog(progress, "reloading the page", asked)
        .await?;
    page.until(progress, LOADING, |state| {
        let frame = main(state);
        (frame.loader != before && frame.reached(until)).then_some(Ok(()))
    })
    .await?;
    shown(page)?;
    let status = status(page, progress).await;
    Ok(Navigation {
        url: page.main_url(),
        status,
        error_text: None,
    })
}

/// The history, once it is where the page is: a step inside a document is known to the page before it is in the list, and
/// from an older place one would go too far. Pages that the browser puts in place of others never are where the list is.
async fn history(
    page: &Arc<PageInner>,
    progress: &Progress,
    what: &'static str,
) -> Result<GetNavigationHistoryReturns> {
    let begun = Instant::now();
    loop {
        let asked = page.session.call(progress, what, &GetNavigationHistory {});
        let history = asked.await?;
        let current = usize::try_from(history.current_index).ok();
        let current = current.and_then(|index| history.entries.get(index));
        let is_behind = current.is_some_and(|entry| entry.url != page.main_url());
        if !is_behind || begun.elapsed() > BEHIND {
            return Ok(history);
        }
        // Nothing tells when the list has followed.
        let pause = tokio::time::sleep(ASK_AGAIN);
        progress.race(what, pause).await?;
    }
}

/// Goes `steps` steps through the history; `false` when it is not that long.
pub(crate) async fn travel(
    page: &Arc<PageInner>,
    progress: &Progress,
    steps: i64,
    until: LoadState,
) -> Result<bool> {
    const WHAT: &str = "going through the history";
    page.check_responsive()?;
    let history = history(page, progress, WHAT).await?;
    let index = usize::try_from(history.current_index + steps).ok();
    let Some(entry) = index.and_then(|index| history.entries.get(index)) else {
        return Ok(false);
    };
    let before = page.navigations();
    let asked = page
        .session
        .send(&NavigateToHistoryEntry { entry_id: entry.id });
    page.unless_dialog(progress, WHAT, asked).await?;
    page.until(progress, LOADING, |state| {
        let frame = main(state);
        (frame.navigations > before && frame.reached(until)).then_some(Ok(()))
    })
    .await?;
    shown(page)?;
    Ok(true)
}

/// Waits for the navigation that an action has begun, if it has begun one.
pub(crate) async fn after(
    page: &Arc<PageInner>,
    progress: &Progress,
    before: u64,
    until: LoadState,
) -> Result<bool> {
    let frame = page.main_frame();
    // The page's answer comes after the news of what the action began: they share a channel.
    match frame.evaluate(progress, World::Isolated, "0").await {
        // A document that is being replaced is one that is navigating.
        Ok(_) | Err(BrowserError::ContextDestroyed) => {}
        // A page with a dialog goes nowhere until the dialog is answered.
        Err(BrowserError::DialogOpen { .. }) => return Ok(false),
        Err(error) => return Err(error),
    }
    page.until(progress, LOADING, |state| {
        let frame = main(state);
        match (frame.pending.any(), frame.navigations > before) {
            (true, _) => None,
            // Nothing began, or it came to nothing: a download, an empty answer.
            (false, false) => Some(Ok(false)),
            (false, true) => frame.reached(until).then_some(Ok(true)),
        }
    })
    .await
}

impl PageInner {
    pub(crate) fn main_frame(self: &Arc<Self>) -> Frame {
        Frame::new(Arc::clone(self), FrameId::from(self.id.as_str()))
    }

    pub(crate) fn main_url(&self) -> String {
        main(&self.lock()).url.to_string()
    }

    pub(crate) fn navigations(&self) -> u64 {
        main(&self.lock()).navigations
    }

    /// A navigation starts a new process for a page whose process has crashed.
    fn revive(&self) {
        self.lock().crashed = false;
    }
}

pub(crate) fn main(state: &PageState) -> &FrameData {
    state.frames.main_frame()
}

/// The error of a navigation that failed. The browser's own page is let in first, or it would meet the next document.
async fn failed(
    page: &PageInner,
    progress: &Progress,
    url: &str,
    loader: &str,
    error: &str,
) -> BrowserError {
    let reason = NavigationFailure::from_net_error(error);
    if reason != NavigationFailure::Aborted {
        let brief = progress.within(Duration::from_secs(1));
        let settled = page.until(&brief, LOADING, |state| {
            (*main(state).loader == *loader).then_some(Ok(()))
        });
        // Whether or not it came, the navigation has failed.
        let _ = settled.await;
    }
    progress.log(format!("could not open {url}: {reason}"));
    BrowserError::NavigationFailed {
        url: url.to_owned(),
        reason,
    }
}

/// Fails when the browser shows its own error page.
fn shown(page: &PageInner) -> Result<()> {
    match &main(&page.lock()).unreachable {
        None => Ok(()),
        Some(url) => {
            let reason = NavigationFailure::Other("ERR_FAILED".to_owned());
            Err(BrowserError::NavigationFailed {
                url: url.to_string(),
                reason,
            })
        }
    }
}

/// The HTTP status of the document shown: from the network events when they are on, else from the document itself.
async fn status(page: &Arc<PageInner>, progress: &Progress) -> Option<u16> {
    const SCRIPT: &str = "performance.getEntriesByType('navigation')[0]?.responseStatus ?? 0";
    let loader = main(&page.lock()).loader.clone();
    let known = page
        .network
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .document_status(&loader);
    let has_world = page.context.options().own_world == OwnWorld::Present;
    if known.is_some() || !has_world || !page.main_url().starts_with("http") {
        return known;
    }
    let brief = progress.within(Duration::from_secs(1));
    let told = page
        .main_frame()
        .evaluate(&brief, World::Isolated, SCRIPT)
        .await
        .ok()?;
    told.as_u64()
        .and_then(|status| u16::try_from(status).ok())
        .filter(|status| *status > 0)
}

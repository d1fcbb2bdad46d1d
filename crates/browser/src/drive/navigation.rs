//! Going somewhere and knowing when one is there.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::Result;
use crate::cdp::frame::World;
use crate::cdp::navigation::{LoadState, Navigation};
use crate::drive::core::{Core, State};
use crate::drive::frame::DrivenFrame;
use crate::error::{BrowserError, NavigationFailure};
use crate::ids::FrameId;
use crate::progress::Progress;

const LOADING: &str = "waiting for the page to load";

/// How long no request may be under way for the network to count as idle, as the DevTools protocol has it.
const QUIET: Duration = Duration::from_millis(500);

/// Between two questions to a document that may have changed its address.
const ASK_AGAIN: Duration = Duration::from_millis(50);

/// How long the browser's own error page is waited for, so that it does not meet the next document.
const ERROR_PAGE: Duration = Duration::from_secs(1);

pub(crate) async fn goto(
    core: &Arc<Core>,
    progress: &Progress,
    url: &str,
    until: LoadState,
) -> Result<Navigation> {
    progress.log(format!("opening {url}"));
    core.lock().crashed = false;
    core.check_responsive()?;
    if until == LoadState::NetworkIdle {
        let enabling = core.driver.enable_network();
        core.unless_dialog(progress, LOADING, enabling).await?;
    }
    let (documents, navigations) = {
        let mut state = core.lock();
        state.status = None;
        let main = state.frames.main_frame();
        (main.documents, main.navigations)
    };
    let asking = core.driver.navigate(url);
    let answer = match core.unless_dialog(progress, LOADING, asking).await {
        Ok(answer) => answer,
        Err(BrowserError::NavigationFailed { reason, .. }) => {
            return Err(failed(core, progress, url, documents, reason).await);
        }
        Err(error) => return Err(error),
    };
    core.until(progress, LOADING, |state| {
        let main = state.frames.main_frame();
        let shown = main.documents > documents
            && (answer.is_none() || main.navigation == answer || main.documents > documents + 1);
        // The address may differ from the one shown only in its fragment.
        let stayed = main.documents == documents && main.navigations > navigations;
        let arrived = (shown || stayed) && main.pending.is_none() && main.reached(until);
        arrived.then_some(Ok(()))
    })
    .await?;
    shown(core)?;
    quiet(core, progress, until).await?;
    let status = status(core, progress).await;
    let url = main_url(core);
    progress.log(format!(
        "opened {url} ({})",
        status.map_or_else(|| "no status".to_owned(), |code| code.to_string())
    ));
    let stayed = core.lock().frames.main_frame().documents == documents;
    Ok(Navigation {
        url,
        status: status.filter(|_| !stayed),
        error_text: None,
    })
}

pub(crate) async fn reload(
    core: &Arc<Core>,
    progress: &Progress,
    until: LoadState,
) -> Result<Navigation> {
    core.lock().crashed = false;
    core.check_responsive()?;
    let before = {
        let mut state = core.lock();
        state.status = None;
        state.frames.main_frame().documents
    };
    let asking = core.driver.reload();
    core.unless_dialog(progress, "reloading the page", asking)
        .await?;
    core.until(progress, LOADING, |state| {
        let main = state.frames.main_frame();
        (main.documents > before && main.reached(until)).then_some(Ok(()))
    })
    .await?;
    shown(core)?;
    quiet(core, progress, until).await?;
    Ok(Navigation {
        url: main_url(core),
        status: status(core, progress).await,
        error_text: None,
    })
}

/// Goes `steps` steps through the history; `false` when it is not that long.
pub(crate) async fn travel(
    core: &Arc<Core>,
    progress: &Progress,
    steps: i64,
    until: LoadState,
) -> Result<bool> {
    const WHAT: &str = "going through the history";
    core.check_responsive()?;
    let before = navigations(core);
    let asking = core.driver.travel(steps);
    if !core.unless_dialog(progress, WHAT, asking).await? {
        return Ok(false);
    }
    notice_same_document(core, progress, before).await?;
    core.until(progress, LOADING, |state| {
        let main = state.frames.main_frame();
        (main.navigations > before && main.pending.is_none() && main.reached(until))
            .then_some(Ok(()))
    })
    .await?;
    shown(core)?;
    quiet(core, progress, until).await?;
    Ok(true)
}

/// An engine may go back and forth inside one document without a word about it: the document is asked.
async fn notice_same_document(core: &Arc<Core>, progress: &Progress, before: u64) -> Result<()> {
    let main = FrameId::from(core.id.as_str());
    let moved = |state: &State| {
        let main = state.frames.main_frame();
        main.pending.is_some() || main.navigations > before
    };
    loop {
        if moved(&core.lock()) {
            return Ok(());
        }
        let asking = core.driver.evaluate(&main, World::Main, "location.href");
        match core.unless_dialog(progress, LOADING, asking).await {
            Ok(serde_json::Value::String(url)) if url != main_url(core) => {
                if !moved(&core.lock()) {
                    core.same_document(main.as_str(), &url);
                }
                return Ok(());
            }
            // The document is being replaced.
            Err(BrowserError::ContextDestroyed) => return Ok(()),
            Ok(_) => {}
            Err(error) => return Err(error),
        }
        let brief = progress.within(ASK_AGAIN);
        let waited = core.until(&brief, LOADING, |state| moved(state).then_some(Ok(())));
        match waited.await {
            Err(error) if error.is_timeout() && !progress.remaining().is_zero() => {}
            other => return other,
        }
    }
}

/// Waits for the navigation that an action has begun, if it has begun one.
pub(crate) async fn after(
    core: &Arc<Core>,
    progress: &Progress,
    before: u64,
    until: LoadState,
) -> Result<bool> {
    let frame = DrivenFrame::new(Arc::clone(core), FrameId::from(core.id.as_str()));
    // The page's answer comes after the news of what the action began.
    match frame.evaluate(progress, World::Isolated, "0").await {
        // A document that is being replaced is one that is navigating.
        Ok(_) | Err(BrowserError::ContextDestroyed) => {}
        // A page with a dialog goes nowhere until the dialog is answered.
        Err(BrowserError::DialogOpen { .. }) => return Ok(false),
        Err(error) => return Err(error),
    }
    let moved = core
        .until(progress, LOADING, |state| {
            let main = state.frames.main_frame();
            match (main.pending.is_some(), main.navigations > before) {
                (true, _) => None,
                // Nothing began, or it came to nothing: a download, an empty answer.
                (false, false) => Some(Ok(false)),
                (false, true) => main.reached(until).then_some(Ok(true)),
            }
        })
        .await?;
    if moved {
        quiet(core, progress, until).await?;
    }
    Ok(moved)
}

/// Waits until no request has been under way for half a second, when that is what is waited for.
pub(crate) async fn quiet(core: &Arc<Core>, progress: &Progress, until: LoadState) -> Result<()> {
    if until != LoadState::NetworkIdle {
        return Ok(());
    }
    let enabling = core.driver.enable_network();
    core.unless_dialog(progress, LOADING, enabling).await?;
    let mut asked = Instant::now();
    loop {
        let since = core
            .until(progress, "waiting for the network to be idle", |state| {
                state.is_quiet().then_some(Ok(state.quiet_since))
            })
            .await?;
        asked = asked.max(since);
        let due = asked + QUIET;
        if Instant::now() >= due {
            return Ok(());
        }
        progress
            .race(
                "waiting for the network to be idle",
                tokio::time::sleep_until(due.into()),
            )
            .await?;
    }
}

pub(crate) fn main_url(core: &Core) -> String {
    core.lock().frames.main_frame().url.to_string()
}

pub(crate) fn navigations(core: &Core) -> u64 {
    core.lock().frames.main_frame().navigations
}

/// The error of a navigation that failed.
async fn failed(
    core: &Core,
    progress: &Progress,
    url: &str,
    documents: u64,
    reason: NavigationFailure,
) -> BrowserError {
    if reason == NavigationFailure::Aborted {
        core.navigation_ended(core.id.as_str(), None);
    } else {
        let brief = progress.within(ERROR_PAGE);
        let settled = core.until(&brief, LOADING, |state| {
            (state.frames.main_frame().documents > documents).then_some(Ok(()))
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
fn shown(core: &Core) -> Result<()> {
    match &core.lock().frames.main_frame().unreachable {
        None => Ok(()),
        Some(url) => Err(BrowserError::NavigationFailed {
            url: url.to_string(),
            reason: NavigationFailure::Other("the browser shows its error page".to_owned()),
        }),
    }
}

/// The HTTP status of the document shown: from the network events when they are on, else from the document itself.
async fn status(core: &Arc<Core>, progress: &Progress) -> Option<u16> {
    const SCRIPT: &str = "performance.getEntriesByType('navigation')[0]?.responseStatus ?? 0";
    if !main_url(core).starts_with("http") {
        return None;
    }
    let known = core.lock().status;
    if known.is_some() {
        return known;
    }
    let frame = DrivenFrame::new(Arc::clone(core), FrameId::from(core.id.as_str()));
    let told = frame
        .evaluate(
            &progress.within(Duration::from_secs(1)),
            World::Isolated,
            SCRIPT,
        )
        .await
        .ok()?;
    told.as_u64()
        .and_then(|status| u16::try_from(status).ok())
        .filter(|status| *status > 0)
}

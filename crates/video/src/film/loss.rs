//! Noticing that a browser has gone: a film that went on without it would stand still, and the step that it broke off is
//! not to blame.

use std::error::Error;
use std::time::Duration;

use browser::{Browser, BrowserError, Context, ContextEvent};
use tokio::sync::broadcast::error::RecvError;

use crate::film::director::Front;
use crate::film::error::FilmError;

/// Pages are told to have closed a little before their browser is known to have gone.
const GONE: Duration = Duration::from_secs(1);

/// Resolves when the browser that is filmed or the one that paints has gone, or the page in front has crashed. What was
/// filmed until then is not kept: nothing in it says why it ended, and another attempt is likely to be whole.
pub(crate) async fn lost(browsers: [&Browser; 2], context: &Context, front: &Front) -> FilmError {
    let [filmed, painter] = browsers;
    tokio::select! {
        () = filmed.disconnected() => of(BrowserError::Disconnected),
        () = painter.disconnected() => of(BrowserError::Disconnected),
        () = crashed(context, front) => of(BrowserError::TargetCrashed),
    }
}

/// Puts the browser's end in place of what it broke off, when that is why it failed.
pub(crate) async fn blame(error: FilmError, browsers: [&Browser; 2]) -> FilmError {
    if matches!(error, FilmError::Cancelled) {
        return error;
    }
    match browser_error(&error) {
        Some(BrowserError::TargetCrashed) => return of(BrowserError::TargetCrashed),
        Some(BrowserError::Disconnected | BrowserError::PageClosed) => {
            let gone = async {
                tokio::select! {
                    () = browsers[0].disconnected() => {}
                    () = browsers[1].disconnected() => {}
                }
            };
            // Told by the look below.
            let _ = tokio::time::timeout(GONE, gone).await;
        }
        _ => {}
    }
    if browsers.iter().all(|browser| browser.is_connected()) {
        return error;
    }
    of(BrowserError::Disconnected)
}

async fn crashed(context: &Context, front: &Front) {
    // Subscribed before looking, or a crash could pass unseen.
    let mut events = context.events();
    if front.page().is_crashed() {
        return;
    }
    loop {
        match events.recv().await {
            Ok(ContextEvent::PageCrashed { page }) if page == front.page().id() => return,
            Err(RecvError::Lagged(_)) if front.page().is_crashed() => return,
            Ok(_) | Err(RecvError::Lagged(_)) => {}
            // The browser's end is told by itself.
            Err(RecvError::Closed) => return std::future::pending().await,
        }
    }
}

fn browser_error(error: &FilmError) -> Option<&BrowserError> {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        cause = error.source();
    }
    None
}

fn of(source: BrowserError) -> FilmError {
    FilmError::Browser {
        doing: "filming the page",
        source,
    }
}

//! Pages that the network door shows in place of the one asked for. They look like any page, so a step or a check could
//! pass on one; an address that could not be reached fails the run instead.

use browser::{BrowserError, Interrupted, Page, Progress, World};

use crate::fault::Fault;
use crate::outcome::ErrorCode;

/// What the page says when it is the network door's own: its title, the reason and the way out.
const ASK: &str = "(() => { const own = document.querySelector('meta[name=proscenium-error]'); \
    return own && Array.from(document.querySelectorAll('h1, p'), (each) => each.textContent.trim()); })()";

/// What was found out about the document that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Judged {
    /// It is a page's own.
    Page,
    /// Nothing: it could not be asked.
    Nothing,
}

/// A fault when the page shown is the network door's refusal.
pub(crate) async fn check(progress: &Progress, page: &Page) -> Result<Judged, Fault> {
    let said = match page
        .main_frame()
        .evaluate(progress, World::Isolated, ASK)
        .await
    {
        Ok(said) => said,
        // A document that is on its way out, or waits behind a dialog, is judged by the step after it.
        Err(
            BrowserError::ContextDestroyed
            | BrowserError::DialogOpen { .. }
            | BrowserError::PageClosed
            | BrowserError::Interrupted(Interrupted::DeadlineExceeded { .. }),
        ) => return Ok(Judged::Nothing),
        Err(error) => return Err(error.into()),
    };
    let Some(lines) = said.as_array() else {
        return Ok(Judged::Page);
    };
    let mut lines = lines.iter().filter_map(serde_json::Value::as_str);
    let title = lines.next().unwrap_or("The page could not be had");
    let reason = lines.collect::<Vec<_>>().join(" ");
    let message = format!("could not open {}: {title}. {reason}", page.url());
    Err(Fault::new(ErrorCode::NavigationFailed, message))
}

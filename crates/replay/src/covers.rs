//! What lies over an element and could be closed: a banner, a dialog that nobody expected. It is closed only when that was asked
//! for, since what comes unexpected may be what a test is there to find; otherwise the fault says how it would be.

use browser::{BrowserError, ClickOptions, Frame};

use crate::fault::Fault;
use crate::frames;
use crate::options::Overlays;
use crate::page_reply::WayOut;
use crate::scene::Scene;

/// What goes away by itself, a veil while something loads, is not closed: so long it may stay, in milliseconds.
const STAYS_MS: u64 = 1_000;
/// More than so many, one behind the other, are a page that does not want to be used.
const MOST: usize = 4;

/// How long something may cover the element before its way out is taken; `None` when it must not be.
pub(crate) fn patience_ms(scene: &Scene<'_>) -> Option<u64> {
    let may = scene.options.overlays == Overlays::Dismiss && scene.notes.covers_closed < MOST;
    may.then_some(STAYS_MS)
}

/// Closes what covers the element, as a person would, or fails with `fault` when it is not to be closed.
pub(crate) async fn close(
    scene: &mut Scene<'_>,
    frame: &Frame,
    what: &str,
    out: &WayOut,
    fault: Fault,
) -> Result<(), Fault> {
    let WayOut { by, point } = out;
    if patience_ms(scene).is_none() || scene.progress.remaining().is_zero() {
        return Err(match scene.options.overlays {
            Overlays::Leave => fault.hint(format!(
                "it can be closed by {by}: by a step of the recording, or by each run that is told to dismiss overlays"
            )),
            Overlays::Dismiss => fault,
        });
    }
    let page = scene.page();
    scene.acting();
    let done = match point {
        Some(at) => match frames::to_page(&scene.progress, frame, *at).await? {
            Ok(at) => {
                let mouse = page.mouse();
                mouse
                    .click(&scene.progress, at, ClickOptions::default())
                    .await
            }
            Err(covered) => return Err(covered.fault),
        },
        None => page.keyboard().press(&scene.progress, "Escape").await,
    };
    match done {
        Ok(()) | Err(BrowserError::DialogOpen { .. } | BrowserError::PageClosed) => {}
        Err(error) => return Err(error.into()),
    }
    scene.notes.covers_closed += 1;
    scene.note(format!("closed {what} by {by}: it covered the element"));
    Ok(())
}

//! What lies over an element and could be closed: a banner, a dialog that nobody expected. It is closed only when that was asked
//! for, since what comes unexpected may be what a test is there to find; otherwise the fault says how it would be.

use browser::{BrowserError, ClickOptions, Frame};

use crate::fault::Fault;
use crate::frames;
use crate::options::Overlays;
use crate::outcome::ErrorCode;
use crate::page_reply::{Cover, Refused, WayOut};
use crate::scene::Scene;

/// What goes away by itself, a veil while something loads, is not closed: so long it may stay, in milliseconds.
const STAYS_MS: u64 = 1_000;
/// More than so many, one behind the other, are a page that does not want to be used.
const MOST: usize = 4;

/// What a step did about what covered its element.
#[derive(Debug, Default)]
pub(crate) struct Covers {
    /// How often something was pressed that closes.
    pressed: usize,
    /// What was to be closed and by what, while nobody has looked whether it went.
    pending: Option<(String, String)>,
    /// What went, and by what.
    pub(crate) dismissed: Vec<String>,
}

/// How long something may cover the element before its way out is taken; `None` when it must not be.
pub(crate) fn patience_ms(scene: &Scene<'_>) -> Option<u64> {
    let may = scene.options.overlays == Overlays::Dismiss && scene.notes.covers.pressed < MOST;
    may.then_some(STAYS_MS)
}

/// Closes what covers the element in `frame`, as a person would, or fails with the fault when it is not to be closed.
pub(crate) async fn close(
    scene: &mut Scene<'_>,
    frame: &Frame,
    refused: Refused,
) -> Result<(), Fault> {
    let Refused { fault, cover } = refused;
    judge(scene, &fault, cover.as_ref());
    let Some(Cover {
        what,
        out: Some(WayOut { by, point }),
    }) = cover
    else {
        return Err(fault);
    };
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
    scene
        .progress
        .log(format!("pressing {by}: {what} covers the element"));
    let done = match point {
        Some(at) => match frames::to_page(&scene.progress, frame, at).await? {
            Ok(at) => {
                let mouse = page.mouse();
                mouse
                    .click(&scene.progress, at, ClickOptions::default())
                    .await
            }
            Err((_, covered)) => return Err(covered.fault),
        },
        None => page.keyboard().press(&scene.progress, "Escape").await,
    };
    match done {
        Ok(()) | Err(BrowserError::DialogOpen { .. } | BrowserError::PageClosed) => {}
        Err(error) => return Err(error.into()),
    }
    scene.notes.covers.pressed += 1;
    scene.notes.covers.pending = Some((what, by));
    Ok(())
}

/// Nothing covers the element any more.
pub(crate) fn none_left(scene: &mut Scene<'_>) {
    if let Some((what, by)) = scene.notes.covers.pending.take() {
        gone(scene, &what, &by);
    }
}

/// Tells what became of what was pressed last, by what is in the way now.
fn judge(scene: &mut Scene<'_>, fault: &Fault, now: Option<&Cover>) {
    let Some((what, by)) = scene.notes.covers.pending.take() else {
        return;
    };
    match now {
        Some(cover) if cover.what == what => {
            scene.note(format!("pressed {by}, and {what} still covers the element"));
        }
        // The element cannot be reached for another reason, so nobody knows.
        None if fault.code() != ErrorCode::Covered => {
            scene.note(format!(
                "pressed {by} to close {what}, which covered the element"
            ));
        }
        _ => gone(scene, &what, &by),
    }
}

fn gone(scene: &mut Scene<'_>, what: &str, by: &str) {
    scene.note(format!("closed {what} by {by}: it covered the element"));
    scene.notes.covers.dismissed.push(format!("{what} by {by}"));
}

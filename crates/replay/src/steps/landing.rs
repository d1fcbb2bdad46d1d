//! What became of a click on its way, as the page saw it.

use browser::{BrowserError, Frame, Interrupted, Progress};
use serde::Deserialize;

use crate::fault::Fault;
use crate::outcome::ErrorCode;

/// What became of a click.
pub(super) enum Landing {
    /// It reached what it was meant for, or led on.
    Reached,
    /// It reached nothing: something had taken the element's place since it was looked at, or the element went between
    /// press and release. The same click may be tried again.
    Kept(Fault),
}

#[derive(Deserialize)]
struct Told {
    kept: bool,
    #[serde(default)]
    missed: bool,
    #[serde(default)]
    split: bool,
    #[serde(default)]
    other: String,
}

/// Asks the page what became of `count` presses. A double click of which the browser made two clicks is a fault: the
/// page has got them, so that another try would be a third and a fourth.
pub(super) async fn of(progress: &Progress, frame: &Frame, count: u32) -> Result<Landing, Fault> {
    let told: Told = match frame.call(progress, "landing", &()).await {
        Ok(told) => told,
        // Nobody knows what the browser made of several presses while the page is still busy with them.
        Err(error @ BrowserError::Interrupted(Interrupted::DeadlineExceeded { .. }))
            if count > 1 =>
        {
            return Err(error.into());
        }
        // The click led on, or the page is still busy with it: it has reached what it was meant for.
        Err(
            BrowserError::ContextDestroyed
            | BrowserError::DialogOpen { .. }
            | BrowserError::PageClosed
            | BrowserError::Interrupted(Interrupted::DeadlineExceeded { .. }),
        ) => return Ok(Landing::Reached),
        Err(error) => return Err(error.into()),
    };
    let other = &told.other;
    let kept = |message| Ok(Landing::Kept(Fault::new(ErrorCode::Unstable, message)));
    match told {
        Told { missed: true, .. } => kept(format!(
            "the element moved away between press and release; {other} was there"
        )),
        Told { kept: true, .. } => kept(format!(
            "the element moved away from the click; {other} was there"
        )),
        Told { split: true, .. } if count > 1 => Err(split(count)),
        Told { .. } => Ok(Landing::Reached),
    }
}

fn split(count: u32) -> Fault {
    let what = match count {
        2 => "the two presses of a double click as two clicks".to_owned(),
        more => format!("the {more} presses as clicks of their own"),
    };
    Fault::new(
        ErrorCode::NoDoubleClick,
        format!("the browser took {what}"),
    )
    .detail("the page was busy with the first one for longer than may lie between them, or changed what is under it")
}

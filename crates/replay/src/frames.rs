//! From a path of frames to the frame, of whatever process; and from a point in it to the page.

use std::time::Duration;

use browser::{BrowserError, Frame, Interrupted, Page, PageEvent, Point, Progress, World};
use recording::FrameRef;
use serde_json::json;
use tokio::sync::broadcast::Receiver;

use crate::fault::Fault;
use crate::outcome::ErrorCode;
use crate::page_reply::{At, Cover, OwnerPoint, Refused};

/// Looks again this often when no frame reports a change: an attribute that a selector looks at makes no event here.
const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// The frame at the end of `path`; waits until it is there.
pub(crate) async fn resolve(
    progress: &Progress,
    page: &Page,
    path: &[FrameRef],
) -> Result<Frame, Fault> {
    if path.is_empty() {
        return Ok(page.main_frame());
    }
    let mut events = page.events();
    let mut last_missing = None;
    loop {
        match walk(progress, page, path).await {
            Ok(Ok(frame)) => return Ok(frame),
            Err(BrowserError::ContextDestroyed) => {
                progress.log("a frame was replaced while looking for it")
            }
            // The time ran out during one more look; the one before it says what is wrong.
            Err(error @ BrowserError::Interrupted(Interrupted::DeadlineExceeded { .. })) => {
                return Err(last_missing.unwrap_or_else(|| error.into()));
            }
            Err(error) => return Err(error.into()),
            Ok(Err(missing)) => {
                if progress.remaining() < LOOK_AGAIN * 2 {
                    return Err(missing);
                }
                last_missing = Some(missing);
            }
        }
        frame_change(progress, &mut events).await?;
    }
}

/// One look; the outer error is the browser's, the inner one says which frame is missing.
async fn walk(
    progress: &Progress,
    page: &Page,
    path: &[FrameRef],
) -> Result<Result<Frame, Fault>, BrowserError> {
    let mut frame = page.main_frame();
    for (level, step) in path.iter().enumerate() {
        let child = if step.selectors.is_empty() {
            None
        } else {
            frame
                .call_frame(progress, "element", &(&step.selectors,))
                .await?
        };
        let Some(child) = child.or_else(|| only_child_at(page, &frame, step)) else {
            let named = step
                .selectors
                .first()
                .map(|selector| format!("{} {}", selector.strategy, selector.value));
            let named = named
                .or_else(|| step.url.clone())
                .unwrap_or_else(|| "without a selector".to_owned());
            let fault = Fault::new(
                ErrorCode::FrameNotFound,
                format!("the frame {named} is not there"),
            );
            return Ok(Err(fault.detail(format!(
                "level {} of {}",
                level + 1,
                path.len()
            ))));
        };
        frame = child;
    }
    Ok(Ok(frame))
}

/// The child frame that shows the recorded address, when exactly one does.
fn only_child_at(page: &Page, parent: &Frame, step: &FrameRef) -> Option<Frame> {
    let url = step
        .url
        .as_deref()
        .filter(|url| !url.is_empty() && *url != "about:blank")?;
    let mut found = page.frames().into_iter().filter(|frame| {
        frame
            .parent()
            .is_some_and(|above| above.id() == parent.id())
            && frame.url() == url
    });
    found.next().filter(|_| found.next().is_none())
}

async fn frame_change(progress: &Progress, events: &mut Receiver<PageEvent>) -> Result<(), Fault> {
    let change = async {
        loop {
            match events.recv().await {
                Ok(
                    PageEvent::FrameAttached { .. } | PageEvent::Navigated { .. } | PageEvent::Load,
                )
                | Err(_) => return,
                Ok(_) => {}
            }
        }
    };
    progress
        .race(
            "waiting for a frame",
            tokio::time::timeout(LOOK_AGAIN, change),
        )
        .await?
        .ok();
    Ok(())
}

/// Lets scripts in a frame take the focus. WebKit refuses it to those in a frame of another site until a person has done
/// something there, and who types in a frame has; what the page's own world is asked counts as that.
pub(crate) async fn let_focus(progress: &Progress, frame: &Frame) -> Result<(), BrowserError> {
    match frame.parent() {
        Some(_) => frame.evaluate(progress, World::Main, "0").await.map(drop),
        None => Ok(()),
    }
}

/// The place in the page's viewport of a frame's own top left corner.
pub(crate) async fn offset(progress: &Progress, frame: &Frame) -> Result<At, BrowserError> {
    let mut frame = frame.clone();
    let mut at = At { x: 0.0, y: 0.0 };
    while let Some(parent) = frame.parent() {
        let owner = frame.owner_element(progress).await?;
        let corner: At = owner.call(progress, "ownerOffset", &json!([])).await?;
        at = At {
            x: at.x + corner.x,
            y: at.y + corner.y,
        };
        frame = parent;
    }
    Ok(at)
}

/// The point of the page's viewport at which a point of a frame is shown; `Err` when something covers the frame there, with the
/// frame in which that is.
pub(crate) async fn to_page(
    progress: &Progress,
    frame: &Frame,
    at: At,
) -> Result<Result<Point, (Frame, Refused)>, BrowserError> {
    let mut frame = frame.clone();
    let mut at = at;
    while let Some(parent) = frame.parent() {
        let owner = frame.owner_element(progress).await?;
        let shown: OwnerPoint = owner
            .call(
                progress,
                "ownerPoint",
                &json!([{ "x": at.x, "y": at.y }, { "scroll": true }]),
            )
            .await?;
        if !shown.hit {
            let what = shown
                .covered_by
                .unwrap_or_else(|| "something else".to_owned());
            let message = format!("the frame is covered by {what}");
            let refused = Refused {
                fault: Fault::new(ErrorCode::Covered, message),
                cover: Some(Cover {
                    what,
                    out: shown.way_out,
                }),
            };
            return Ok(Err((parent, refused)));
        }
        at = shown.point;
        frame = parent;
    }
    Ok(Ok(Point::new(at.x, at.y)))
}

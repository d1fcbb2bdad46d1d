//! An element is dragged onto another, or by a distance.

use browser::{BrowserError, Point};
use recording::Drag;
use serde_json::json;

use crate::fault::Fault;
use crate::locate::{self, Action};
use crate::manner;
use crate::outcome::ErrorCode;
use crate::scene::{Done, Scene};
use crate::steps::click::inside;

/// Moves between press and release; a drag of one jump is not noticed by many libraries.
const MOVES: u32 = 12;

pub(super) async fn perform(scene: &mut Scene<'_>, drag: &Drag) -> Result<Done, Fault> {
    manner::visit(scene).await;
    let to = if drag.target.selectors.is_empty() {
        None
    } else {
        Some(drop_point(scene, drag).await?)
    };
    // Located last: bringing the target into view may have moved the source.
    let source = locate::ready(scene, Action::Drag).await?;
    let at = match (&drag.coordinates, &drag.coordinates_relative_to) {
        (Some(point), Some(recording::RelativeTo::Element)) => inside(
            scene.step,
            point,
            drag.coordinates_relative_to.as_ref(),
            source.ready.area,
        )?,
        _ => source.ready.point,
    };
    let from = locate::aim(scene, &source, at).await?;
    let to = match to {
        // Bringing the source into view may in turn have moved the target.
        Some(before) => {
            let now = drop_point(scene, drag).await?;
            let moved = (before.x - now.x).abs() > 1.0 || (before.y - now.y).abs() > 1.0;
            if moved && aim_again(scene).await? != from {
                let message = "source and target cannot be brought into view together";
                return Err(Fault::new(ErrorCode::OutsideViewport, message));
            }
            now
        }
        None => by_distance(drag, from)?,
    };
    let way = way(drag, from)?;
    manner::approach(scene, &source.frame, source.ready.area, from).await;
    let page = scene.page();
    let navigations = page.navigations();
    scene.acting();
    match manner::drag(scene, &page, (from, to), &way).await {
        Ok(()) => scene.settle(&page, navigations).await?,
        Err(BrowserError::DialogOpen { .. } | BrowserError::PageClosed) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(Done::Performed)
}

/// Between press and release.
pub(crate) enum Way {
    /// In so many moves.
    Straight(u32),
    /// Over these points.
    Along(Vec<Point>),
}

/// The recorded way, from where the button goes down now.
fn way(drag: &Drag, from: Point) -> Result<Way, Fault> {
    if drag.path.is_empty() {
        return Ok(Way::Straight(MOVES));
    }
    let Some(start) = &drag.coordinates else {
        return Err(Fault::new(
            ErrorCode::Unsupported,
            "the drag has a path, and not the place where that begins",
        ));
    };
    let moved = drag
        .path
        .iter()
        .map(|point| Point::new(from.x + point.x - start.x, from.y + point.y - start.y));
    Ok(Way::Along(moved.collect()))
}

async fn aim_again(scene: &mut Scene<'_>) -> Result<Point, Fault> {
    let source = locate::ready(scene, Action::Drag).await?;
    locate::aim(scene, &source, source.ready.point).await
}

/// Where to drop: the recorded place in the target, or the place that the page found free.
async fn drop_point(scene: &mut Scene<'_>, drag: &Drag) -> Result<Point, Fault> {
    let target = locate::ready_for(
        scene,
        &drag.target.selectors,
        // What was recorded of the step's element says nothing of the one it is dropped on.
        json!({ "action": Action::Hover, "was": null, "heal": null }),
    )
    .await?;
    let at = match (
        &drag.target.coordinates,
        &drag.target.coordinates_relative_to,
    ) {
        (Some(point), Some(recording::RelativeTo::Element)) => {
            let area = target.ready.area;
            let place = crate::page_reply::At {
                x: area.x + point.x,
                y: area.y + point.y,
            };
            let is_inside =
                (0.0..=area.width).contains(&point.x) && (0.0..=area.height).contains(&point.y);
            if is_inside { place } else { target.ready.point }
        }
        _ => target.ready.point,
    };
    locate::aim(scene, &target, at).await
}

/// Without a target element: as far as it was dragged, or to the recorded place.
fn by_distance(drag: &Drag, from: Point) -> Result<Point, Fault> {
    let Some(end) = &drag.target.coordinates else {
        return Err(Fault::new(
            ErrorCode::Unsupported,
            "the drag has neither an element nor a place to end at",
        ));
    };
    Ok(
        match (
            &drag.coordinates,
            drag.coordinates_relative_to == drag.target.coordinates_relative_to,
        ) {
            (Some(start), true) => Point::new(from.x + end.x - start.x, from.y + end.y - start.y),
            _ => Point::new(end.x, end.y),
        },
    )
}

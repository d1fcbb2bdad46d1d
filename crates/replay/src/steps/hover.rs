//! The pointer rests on an element.

use std::time::Duration;

use recording::Hover;

use crate::fault::Fault;
use crate::locate::{self, Action};
use crate::manner;
use crate::scene::{Done, Scene};

pub(super) async fn perform(scene: &mut Scene<'_>, hover: &Hover) -> Result<Done, Fault> {
    manner::visit(scene).await;
    let target = locate::ready(scene, Action::Hover).await?;
    let point = locate::aim(scene, &target, target.ready.point).await?;
    manner::approach(scene, &target.frame, target.ready.area, point).await;
    let page = scene.page();
    scene.acting();
    page.mouse().move_to(point).done(&scene.progress).await?;
    let recorded = hover
        .duration
        .filter(|milliseconds| milliseconds.is_finite() && *milliseconds > 0.0)
        .unwrap_or(0.0);
    let rest = scene
        .pace
        .scale(Duration::try_from_secs_f64(recorded / 1000.0).unwrap_or_default());
    if !rest.is_zero() {
        scene
            .progress
            .race("resting on the element", tokio::time::sleep(rest))
            .await?;
    }
    Ok(Done::Performed)
}

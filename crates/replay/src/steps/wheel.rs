//! The wheel is turned over an element.

use browser::{BrowserError, Capability, Keyboard, Point, Progress};
use recording::{RelativeTo, Wheel};

use super::click::{inside, modifiers};
use super::keypress::held_key;
use crate::fault::Fault;
use crate::locate::{self, Action};
use crate::manner;
use crate::outcome::ErrorCode;
use crate::scene::{Done, Scene};

pub(super) async fn perform(scene: &mut Scene<'_>, wheel: &Wheel) -> Result<Done, Fault> {
    let turns = wheel.turns.unwrap_or(1);
    if turns == 0 || turns > Wheel::MOST_TURNS {
        let message = format!("{turns} turns of the wheel are none that a hand makes");
        return Err(Fault::new(ErrorCode::Unsupported, message));
    }
    // Checked before anything is pressed.
    modifiers(&wheel.modifiers)?;
    if !wheel.modifiers.is_empty() {
        Capability::WheelModifiers.must_be_on(scene.page().engine())?;
    }
    manner::visit(scene).await;
    let target = locate::ready(scene, Action::Hover).await?;
    let relative = wheel.coordinates_relative_to.as_ref();
    let at = match &wheel.coordinates {
        Some(point) if relative == Some(&RelativeTo::Element) => {
            inside(scene.step, point, relative, target.ready.area)?
        }
        _ => target.ready.point,
    };
    let point = locate::aim(scene, &target, at).await?;
    manner::approach(scene, &target.frame, target.ready.area, point).await;
    let page = scene.page();
    let navigations = page.navigations();
    page.mouse().move_to(point).done(&scene.progress).await?;
    scene.acting();
    let held: Vec<&str> = wheel.modifiers.iter().map(held_key).collect();
    let keyboard = page.keyboard();
    let turned = hold(&scene.progress, &keyboard, &held, async {
        let each = |delta: f64| delta / f64::from(turns);
        let (dx, dy) = (each(wheel.delta_x), each(wheel.delta_y));
        turn(&scene.progress, &page, point, (dx, dy), turns).await
    });
    match turned.await {
        Ok(()) => scene.settle(&page, navigations).await?,
        Err(BrowserError::DialogOpen { .. } | BrowserError::PageClosed) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(Done::Performed)
}

/// One turn after the other: a page that is busy with one takes two for one otherwise.
async fn turn(
    progress: &Progress,
    page: &browser::Page,
    at: Point,
    (dx, dy): (f64, f64),
    turns: u32,
) -> browser::Result<()> {
    for _ in 0..turns {
        page.mouse().wheel(at, dx, dy).done(progress).await?;
    }
    Ok(())
}

/// Does something while keys are held, and lets them go whatever becomes of it.
async fn hold(
    progress: &Progress,
    keyboard: &Keyboard,
    keys: &[&str],
    doing: impl Future<Output = browser::Result<()>>,
) -> browser::Result<()> {
    let done = async {
        for key in keys {
            keyboard.down(key)?.done(progress).await?;
        }
        doing.await
    };
    let done = done.await;
    for key in keys.iter().rev() {
        let released = keyboard.up(key)?.done(progress).await;
        // What went wrong first is the reason.
        if done.is_ok() {
            released?;
        }
    }
    done
}

//! A click, a double click, a click with another button or with keys held.

use std::pin::pin;

use browser::{BrowserError, ClickOptions, Frame, Modifiers, MouseButton, Page, Progress};
use recording::{Click, Modifier, Point, RelativeTo, Selector, Step};
use serde_json::{Value, json};

use super::landing::{self, Landing};
use super::unknown_word;
use crate::fault::Fault;
use crate::listening;
use crate::locate::{self, Action, Target};
use crate::manner;
use crate::outcome::ErrorCode;
use crate::page_reply::{Area, At};
use crate::scene::{Done, Scene};
use crate::steps::submit;

/// What became of a click, and the state that its element has then, when that was asked for.
type After = (Result<Landing, Fault>, Option<browser::Result<Value>>);

/// Elements in which the place of a click matters and not only the element.
const PLACES: [&str; 6] = ["canvas", "svg", "img", "video", "embed", "object"];

pub(super) async fn perform(scene: &mut Scene<'_>, click: &Click) -> Result<Done, Fault> {
    if click
        .validation
        .as_ref()
        .and_then(|validation| validation.is_duplicate)
        == Some(true)
    {
        return Ok(Done::Skipped(
            "the recorder marked it as the same click recorded twice".to_owned(),
        ));
    }
    let options = ClickOptions {
        button: button(&click.button)?,
        count: click.click_count.max(1),
        modifiers: modifiers(&click.modifiers)?,
        ..ClickOptions::default()
    };
    // A choice is often hidden behind its styled label, which is then what is clicked.
    let is_choice = matches!(click.input_type.as_deref(), Some("checkbox" | "radio"))
        && click.checked.is_some();
    let action = if is_choice {
        Action::Check
    } else {
        Action::Click
    };
    manner::visit(scene).await;
    let mut has_waited = false;
    loop {
        let target = locate::ready(scene, action).await?;
        let wanted = toggled(click, &target);
        if wanted.is_some() && wanted == target.ready.checked {
            scene.note("it was already as the click left it when recorded");
            return Ok(Done::Performed);
        }
        // What has been waited for may have put another element in its place.
        if !std::mem::replace(&mut has_waited, true)
            && listening::before_click(scene, &target).await?
        {
            continue;
        }
        let at = place(scene.step, click, &target)?;
        let page = scene.page();
        let point = locate::aim(scene, &target, at).await?;
        manner::approach(scene, &target.frame, target.ready.area, point).await;
        submit::watch(scene, &page, &target.frame).await?;

        let navigations = page.navigations();
        scene.acting();
        match manner::click(scene, &page, point, options).await {
            Ok(()) => {}
            // The next step answers it.
            Err(BrowserError::DialogOpen { .. } | BrowserError::PageClosed) => {
                return Ok(Done::Performed);
            }
            Err(error) => return Err(error.into()),
        }
        let state = wanted.map(|_| scene.selectors()).transpose()?;
        let asking = after(&scene.progress, &target.frame, options.count, state);
        let Some((landing, state)) = unless_led_on(scene, &page, navigations, asking).await? else {
            return Ok(Done::Performed);
        };
        match landing? {
            Landing::Reached => {}
            Landing::Kept(fault) if scene.progress.remaining().is_zero() => return Err(fault),
            Landing::Kept(fault) => {
                scene.notes.retries += 1;
                scene.progress.log(fault.message());
                continue;
            }
        }
        if let (Some(wanted), Some(state)) = (wanted, state) {
            verify_toggled(scene, &page, wanted, state)?;
        }
        return Ok(Done::Performed);
    }
}

pub(super) fn button(button: &recording::MouseButton) -> Result<MouseButton, Fault> {
    match button {
        recording::MouseButton::Left => Ok(MouseButton::Left),
        recording::MouseButton::Right => Ok(MouseButton::Right),
        recording::MouseButton::Middle => Ok(MouseButton::Middle),
        recording::MouseButton::Back => Ok(MouseButton::Back),
        recording::MouseButton::Forward => Ok(MouseButton::Forward),
        recording::MouseButton::Other(word) => Err(unknown_word("the button", word)),
    }
}

pub(super) fn modifiers(held: &[Modifier]) -> Result<Modifiers, Fault> {
    held.iter().try_fold(Modifiers::NONE, |all, modifier| {
        Ok(all
            | match modifier {
                Modifier::Ctrl => Modifiers::CONTROL,
                Modifier::Shift => Modifiers::SHIFT,
                Modifier::Alt => Modifiers::ALT,
                Modifier::Meta => Modifiers::META,
                Modifier::Other(word) => return Err(unknown_word("the key", word)),
            })
    })
}

/// The state that a checkbox or radio button should have after the click.
fn toggled(click: &Click, target: &Target) -> Option<bool> {
    target.ready.checked?;
    click.checked.filter(|_| click.click_count <= 1)
}

/// What became of the click, and the state of the element of `selectors`, asked at once.
fn after(
    progress: &Progress,
    frame: &Frame,
    count: u32,
    selectors: Option<Vec<Selector>>,
) -> impl Future<Output = After> + use<> {
    let (progress, frame) = (progress.clone(), frame.clone());
    async move {
        let state = async {
            match &selectors {
                Some(selectors) => Some(frame.call(&progress, "state", &(selectors,)).await),
                None => None,
            }
        };
        tokio::join!(landing::of(&progress, &frame, count), state)
    }
}

/// What is found out about a click while it is seen whether it led on; `None` when it did, and nobody waits for the rest.
async fn unless_led_on(
    scene: &mut Scene<'_>,
    page: &Page,
    navigations: u64,
    asking: impl Future<Output = After>,
) -> Result<Option<After>, Fault> {
    let mut asking = pin!(asking);
    let mut told = None;
    {
        let mut settling = pin!(scene.settle(page, navigations));
        loop {
            tokio::select! {
                settled = &mut settling => break settled?,
                answer = &mut asking, if told.is_none() => told = Some(answer),
            }
        }
    }
    if scene.stage.navigated {
        return Ok(None);
    }
    Ok(Some(match told {
        Some(told) => told,
        None => asking.await,
    }))
}

fn verify_toggled(
    scene: &mut Scene<'_>,
    page: &Page,
    wanted: bool,
    state: browser::Result<Value>,
) -> Result<(), Fault> {
    let state = match state {
        Ok(state) => state,
        // The click led on; what it toggled is gone.
        Err(BrowserError::ContextDestroyed | BrowserError::DialogOpen { .. }) => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    match state.get("checked").and_then(Value::as_bool) {
        Some(checked) if checked != wanted && page.open_dialog().is_none() => {
            let word = |checked: bool| if checked { "checked" } else { "unchecked" };
            scene.notes.expected = Some(word(wanted).to_owned());
            scene.notes.actual = Some(word(checked).to_owned());
            let message = format!(
                "it is {} after the click, not {}",
                word(checked),
                word(wanted)
            );
            Err(Fault::new(ErrorCode::ValueMismatch, message))
        }
        _ => Ok(()),
    }
}

/// Where to click: the place that the page found free, or the recorded place in elements where the place matters.
fn place(step: &Step, click: &Click, target: &Target) -> Result<At, Fault> {
    let ready = &target.ready;
    let recorded = click
        .coordinates
        .as_ref()
        .filter(|_| PLACES.contains(&ready.tag.to_ascii_lowercase().as_str()));
    match recorded {
        None => Ok(ready.point),
        Some(point) => inside(
            step,
            point,
            click.coordinates_relative_to.as_ref(),
            ready.area,
        ),
    }
}

/// A recorded place as a place in the element as it is now.
pub(super) fn inside(
    step: &Step,
    point: &Point,
    from: Option<&RelativeTo>,
    area: Area,
) -> Result<At, Fault> {
    let recorded = recorded_box(step);
    let (x, y) = match (from, recorded) {
        (Some(RelativeTo::Element), _) => (point.x, point.y),
        (_, Some(was)) => (point.x - was.x, point.y - was.y),
        // Without the recorded box the place is known in the viewport only.
        (_, None) => (point.x - area.x, point.y - area.y),
    };
    // The element may have another size now; the same place is the same share of it.
    let (x, y) = match recorded {
        Some(was) if was.width > 0.0 && was.height > 0.0 => {
            (x / was.width * area.width, y / was.height * area.height)
        }
        _ => (x, y),
    };
    if !(0.0..=area.width).contains(&x) || !(0.0..=area.height).contains(&y) {
        let message = format!("the recorded place {x:.0}, {y:.0} lies outside the element");
        let detail = format!("the element is {:.0} × {:.0} now", area.width, area.height);
        return Err(Fault::new(ErrorCode::OutsideViewport, message).detail(detail));
    }
    Ok(At {
        x: area.x + x,
        y: area.y + y,
    })
}

/// The element's box when recorded, which our recorder notes beside the step.
fn recorded_box(step: &Step) -> Option<Area> {
    serde_json::from_value(
        step.extra
            .get("box")
            .cloned()
            .unwrap_or_else(|| json!(null)),
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_an_element_follows_the_element() {
        let area = Area {
            x: 100.0,
            y: 50.0,
            width: 200.0,
            height: 100.0,
        };
        let mut step = Step::new(Click::default());
        let at = |step: &Step, x, y, from: RelativeTo| {
            inside(step, &Point::new(x, y), Some(&from), area)
                .map(|at| (at.x, at.y))
                .map_err(|fault| fault.code())
        };
        assert_eq!(
            at(&step, 20.0, 10.0, RelativeTo::Element),
            Ok((120.0, 60.0))
        );
        assert_eq!(
            at(&step, 120.0, 60.0, RelativeTo::Viewport),
            Ok((120.0, 60.0))
        );
        assert_eq!(
            at(&step, 250.0, 10.0, RelativeTo::Element),
            Err(ErrorCode::OutsideViewport)
        );
        step.extra.insert(
            "box".into(),
            json!({"x": 10, "y": 10, "width": 100, "height": 100}),
        );
        assert_eq!(
            at(&step, 60.0, 60.0, RelativeTo::Viewport),
            Ok((200.0, 100.0))
        );
        assert_eq!(
            at(&step, 50.0, 50.0, RelativeTo::Element),
            Ok((200.0, 100.0))
        );
    }
}

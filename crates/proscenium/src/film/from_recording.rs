//! A recording as a storyboard: the steps that films can perform; any other is refused by its number.

use anyhow::{Context as _, bail};
use recording::{NavigationTrigger, Recording, ScrollTarget, Step, StepKind};
use video::{Action, Click, Goto, Pause, Scroll, Storyboard, Target, Type};

/// The storyboard of a recording.
///
/// # Errors
/// Names the first step that films cannot perform.
pub(super) fn storyboard(recording: &Recording) -> anyhow::Result<Storyboard> {
    let mut steps = Vec::new();
    for (index, step) in recording.steps.iter().enumerate() {
        let number = index + 1;
        let action =
            action(step).with_context(|| format!("step {number} ({})", step.kind.type_name()))?;
        steps.extend(action.map(video::Step::new));
    }
    Ok(Storyboard {
        url: Some(recording.url.clone()),
        steps,
        ..Storyboard::default()
    })
}

/// What is done for a step; nothing for what follows by itself.
fn action(step: &Step) -> anyhow::Result<Option<Action>> {
    Ok(Some(match &step.kind {
        StepKind::Click(click) if click.click_count <= 1 => Action::Click(Click {
            target: target(step)?,
            highlight: false,
        }),
        StepKind::Hover(_) => Action::Hover(target(step)?),
        StepKind::Input(input) => {
            if input.value.contains("${") {
                bail!("it types a variable; films have none yet");
            }
            Action::Type(Type {
                text: input.value.clone(),
                into: target(step)?,
            })
        }
        StepKind::Scroll(scroll) => {
            if scroll.element != ScrollTarget::Window {
                bail!("it scrolls inside an element; films scroll the page");
            }
            match scroll.scroll_y {
                y if y <= 0.0 => Action::Scroll(Scroll::Top),
                y => Action::Scroll(Scroll::Position(y)),
            }
        }
        StepKind::Wait(wait) => match wait.duration() {
            Some(time) => Action::Pause(Pause(time)),
            None => bail!("it waits for something that films do not wait for"),
        },
        StepKind::Navigation(navigation) => match navigation.navigation_trigger {
            NavigationTrigger::Manual => Action::Goto(Goto(navigation.to.clone())),
            NavigationTrigger::Back | NavigationTrigger::Forward => {
                bail!("it goes through the history; films do not yet")
            }
            // The step before has led there.
            _ => return Ok(None),
        },
        // A film shows and does not check; a form was sent by the click before.
        StepKind::Checkpoint(_) | StepKind::Submit(_) => return Ok(None),
        _ => bail!(
            "films cannot perform it yet: known are click, hover, input, scroll, wait, navigation"
        ),
    }))
}

fn target(step: &Step) -> anyhow::Result<Target> {
    if !step.frame_path().is_empty() {
        bail!("it is in a frame; films act in the page itself");
    }
    step.locators()
        .iter()
        .find_map(|selector| Target::by(&selector.strategy, selector.value.text()))
        .context("none of its selectors is one that films know")
}

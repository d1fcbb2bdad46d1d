//! A recording as a storyboard: the steps that films can perform. A step that only checks is left out and named; any other
//! that films cannot perform is refused by its number.

use recording::{
    Click, Input, MouseButton, NavigationTrigger, Recording, ScrollTarget, Step, StepKind,
};
use video::{Action, Goto, Pause, Scroll, Storyboard, Target, Type};

/// What became of a recording.
#[derive(Debug, Clone, PartialEq)]
pub struct Filmable {
    /// What is performed.
    pub storyboard: Storyboard,
    /// What is not, a sentence each: "step 3 (checkpoint): a film does not check".
    pub left_out: Vec<String>,
}

/// A step that films cannot perform.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("step {number} ({kind}): {problem}")]
pub struct NotFilmable {
    /// Counted from 1.
    pub number: usize,
    /// "click", "input", …
    pub kind: String,
    /// Why, and what films do instead.
    pub problem: String,
}

/// The storyboard of a recording.
///
/// # Errors
/// Names the first step that films cannot perform.
pub fn storyboard_of(recording: &Recording) -> Result<Filmable, NotFilmable> {
    let mut steps = Vec::new();
    let mut left_out = Vec::new();
    for (index, step) in recording.steps.iter().enumerate() {
        let number = index + 1;
        let kind = step.kind.type_name();
        match performed(step) {
            Ok(Performed::As(action)) => steps.push(video::Step::new(action)),
            Ok(Performed::ByTheStepBefore) => {}
            Ok(Performed::Not(why)) => left_out.push(format!("step {number} ({kind}): {why}")),
            Err(problem) => {
                let kind = kind.to_owned();
                return Err(NotFilmable {
                    number,
                    kind,
                    problem,
                });
            }
        }
    }
    let storyboard = Storyboard {
        url: Some(recording.url.clone()),
        steps,
        ..Storyboard::default()
    };
    Ok(Filmable {
        storyboard,
        left_out,
    })
}

enum Performed {
    As(Action),
    /// What it tells of happened by itself when it was recorded, and will again.
    ByTheStepBefore,
    Not(&'static str),
}

fn performed(step: &Step) -> Result<Performed, String> {
    let action = match &step.kind {
        StepKind::Click(click) => {
            plain(click)?;
            Action::Click(video::Click {
                target: target(step)?.into(),
                highlight: false,
            })
        }
        StepKind::Hover(_) => Action::Hover(target(step)?.into()),
        StepKind::Input(input) => Action::Type(Type {
            text: text(input)?,
            into: target(step)?,
        }),
        StepKind::Scroll(scroll) => {
            if scroll.element != ScrollTarget::Window {
                return Err("it scrolls inside an element; films scroll the page".to_owned());
            }
            Action::Scroll(match scroll.scroll_y {
                y if y <= 0.0 => Scroll::Top,
                y => Scroll::Position(y),
            })
        }
        StepKind::Wait(wait) => match wait.duration() {
            Some(time) => Action::Pause(Pause(time)),
            None => return Err("it waits for something that films do not wait for".to_owned()),
        },
        StepKind::Navigation(navigation) => match navigation.navigation_trigger {
            NavigationTrigger::Manual => Action::Goto(Goto(navigation.to.clone())),
            NavigationTrigger::Back | NavigationTrigger::Forward => {
                return Err("it goes through the history; films do not yet".to_owned());
            }
            _ => return Ok(Performed::ByTheStepBefore),
        },
        StepKind::Tab(_) => {
            let one =
                "a storyboard of a recording keeps to one tab; in real time all of them are filmed";
            return Err(one.to_owned());
        }
        StepKind::Checkpoint(_) => return Ok(Performed::Not("a film does not check")),
        StepKind::Submit(_) => {
            let why = "a film presses the form's button and sends no form by itself";
            return Ok(Performed::Not(why));
        }
        _ => {
            let known = "films cannot perform it yet: known are click, hover, input, scroll, wait, navigation";
            return Err(known.to_owned());
        }
    };
    Ok(Performed::As(action))
}

/// A click that is performed as any other would do something else than what was recorded.
fn plain(click: &Click) -> Result<(), String> {
    if click.button != MouseButton::Left || click.click_count > 1 || !click.modifiers.is_empty() {
        return Err("it is no plain click with the left button".to_owned());
    }
    Ok(())
}

/// What is typed, which is only known when no variable stands for it and the field takes text.
fn text(input: &Input) -> Result<String, String> {
    if input.variable_name.is_some() || input.value.contains("${") {
        return Err("it types a variable; storyboards have none".to_owned());
    }
    if input.is_sensitive == Some(true) {
        return Err("what it types was masked when it was recorded".to_owned());
    }
    match input.input_type.as_deref() {
        Some(kind @ ("file" | "checkbox" | "radio" | "range" | "color")) => {
            Err(format!("a field of type {kind} is not typed into"))
        }
        _ => Ok(input.value.clone()),
    }
}

fn target(step: &Step) -> Result<Target, String> {
    if !step.frame_path().is_empty() {
        return Err("it is in a frame; films act in the page itself".to_owned());
    }
    step.locators()
        .iter()
        .find_map(|selector| Target::by(&selector.strategy, selector.value.text()))
        .ok_or_else(|| "none of its selectors is one that films know".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use recording::Format;
    use serde_json::{Value, json};

    fn of(actions: &Value) -> Result<Filmable, NotFilmable> {
        let document = json!({
            "version": "1.0.0", "testName": "a visit", "url": "https://example.test/",
            "viewport": { "width": 800, "height": 600 }, "actions": actions,
        });
        let recording = Recording::parse(document.to_string().into_bytes(), Format::Auto).unwrap();
        storyboard_of(&recording)
    }

    fn action(kind: &str, more: &Value) -> Value {
        let mut action = json!({
            "id": "a1", "type": kind, "timestamp": 1, "url": "https://example.test/",
            "selector": { "css": "#it", "priority": ["css"] },
        });
        let fields = action.as_object_mut().unwrap();
        fields.extend(more.as_object().unwrap().clone());
        action
    }

    #[test]
    fn what_films_perform_is_performed_and_what_only_checks_is_named() {
        let check = json!({ "checkType": "elementExists", "passed": true });
        let filmable = of(&json!([
            action("click", &json!({ "button": "left", "clickCount": 1 })),
            action("input", &json!({ "value": "Ada", "inputType": "text" })),
            action("checkpoint", &check),
            action("submit", &json!({})),
        ]))
        .unwrap();
        let target = Target::css("#it".to_owned());
        let actions: Vec<Action> = filmable
            .storyboard
            .steps
            .into_iter()
            .map(|step| step.action)
            .collect();
        let click = Action::Click(video::Click {
            target: target.clone().into(),
            highlight: false,
        });
        let typed = Action::Type(Type {
            text: "Ada".to_owned(),
            into: target,
        });
        assert_eq!(actions, [click, typed]);
        assert_eq!(
            filmable.storyboard.url.as_deref(),
            Some("https://example.test/")
        );
        assert_eq!(filmable.left_out.len(), 2, "{:?}", filmable.left_out);
        assert!(filmable.left_out[0].starts_with("step 3 (checkpoint)"));
        assert!(filmable.left_out[1].starts_with("step 4 (submit)"));
    }

    #[test]
    fn what_would_be_something_else_in_a_film_is_refused_by_its_number() {
        let fine = action("click", &json!({ "button": "left", "clickCount": 1 }));
        for (wrong, why) in [
            (
                action("click", &json!({ "button": "right" })),
                "plain click",
            ),
            (
                action("click", &json!({ "modifiers": ["ctrl"] })),
                "plain click",
            ),
            (action("click", &json!({ "clickCount": 2 })), "plain click"),
            (
                action("input", &json!({ "value": "${PASSWORD}" })),
                "variable",
            ),
            (
                action(
                    "input",
                    &json!({ "value": "***", "variableName": "PASSWORD" }),
                ),
                "variable",
            ),
            (
                action("input", &json!({ "value": "***", "isSensitive": true })),
                "masked",
            ),
            (
                action("input", &json!({ "value": "a.txt", "inputType": "file" })),
                "type file",
            ),
        ] {
            let refused = of(&json!([fine, wrong])).unwrap_err();
            assert_eq!(refused.number, 2);
            assert!(refused.problem.contains(why), "{refused}");
        }
    }
}

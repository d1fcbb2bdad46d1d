//! The commands that are one step each.

use serde_json::json;

use super::command::Command;
use super::flow;
use super::locator::selector;
use super::read::Reader;
use crate::{
    CheckType, Checkpoint, Click, Dialog, DialogResponse, Drag, DragTarget, Hover, Input,
    JavaScript, Point, RelativeTo, Select, Step, StepKind, Wait, WaitFor,
};

impl Reader<'_> {
    /// A command that is one step; `None` when there is no such step here.
    pub(super) fn step(&mut self, command: &Command) -> Result<Option<Step>, String> {
        if let Some(control) = flow::control(command) {
            return Ok(Some(Step::new(control?)));
        }
        if let Some(store) = flow::store(command) {
            let (kind, of_element) = store?;
            return self.storing(command, Step::new(kind), of_element);
        }
        let value = || command.value.clone();
        let name = command.command.as_str();
        let check = |check_type: CheckType, negated: bool, expected: Option<String>| -> StepKind {
            Checkpoint {
                check_type,
                expected_value: expected,
                negated: negated.then_some(true),
                soft: name.starts_with("verify").then_some(true),
                ..Checkpoint::default()
            }
            .into()
        };
        let dialog =
            |kind: &str, response: DialogResponse, prompt_value: Option<String>| -> StepKind {
                Dialog {
                    dialog_type: Some(kind.to_owned()),
                    response,
                    prompt_value,
                    ..Dialog::default()
                }
                .into()
            };
        // What `verify` finds is told at the end.
        let statement = match name.strip_prefix("verify") {
            Some(statement) => format!("assert{statement}"),
            None => name.to_owned(),
        };
        let mut timeout = None;
        let mut needs_element = true;
        let kind: StepKind = match statement.as_str() {
            "click" | "clickAt" | "doubleClick" | "doubleClickAt" => {
                let at = if name.ends_with("At") {
                    Some(point(&command.value).ok_or("its place is no pair of numbers")?)
                } else {
                    None
                };
                Click {
                    coordinates_relative_to: at.as_ref().map(|_| RelativeTo::Element),
                    coordinates: at,
                    click_count: if name.starts_with("double") { 2 } else { 1 },
                    ..Click::default()
                }
                .into()
            }
            "check" | "uncheck" => Click {
                input_type: Some("checkbox".to_owned()),
                checked: Some(name == "check"),
                ..Click::default()
            }
            .into(),
            "mouseOver" => Hover::default().into(),
            "dragAndDropToObject" => Drag {
                target: DragTarget {
                    selectors: vec![selector(&command.value).ok_or("names no element to drop on")?],
                    ..DragTarget::default()
                },
                ..Drag::default()
            }
            .into(),
            "type" => Input {
                value: value(),
                ..Input::default()
            }
            .into(),
            "select" => option(&command.value)
                .ok_or("its option is not named by label, value or place")?
                .into(),
            "assertText" => check(CheckType::ElementText, false, Some(value())),
            "assertNotText" => check(CheckType::ElementText, true, Some(value())),
            "assertValue" => check(CheckType::ElementHasValue, false, Some(value())),
            "assertElementPresent" | "assertElementNotPresent" => {
                self.draft
                    .lose("command", "an element is there when it is visible");
                check(CheckType::ElementVisible, statement.contains("Not"), None)
            }
            "assertTitle" => {
                needs_element = false;
                check(CheckType::PageTitle, false, Some(command.target.clone()))
            }
            "waitForElementVisible" | "waitForElementPresent" => {
                if name.ends_with("Present") {
                    self.draft
                        .lose("command", "an element is there when it is visible");
                }
                timeout = command.value.trim().parse().ok();
                Wait {
                    wait_for: WaitFor::Element,
                    ..Wait::default()
                }
                .into()
            }
            "waitForElementNotVisible" | "waitForElementNotPresent" => {
                if name.ends_with("Present") {
                    self.draft
                        .lose("command", "an element is there when it is visible");
                }
                timeout = command.value.trim().parse().ok();
                check(CheckType::ElementVisible, true, None)
            }
            "waitForText" => check(CheckType::ElementText, false, Some(value())),
            "pause" => {
                needs_element = false;
                let time = [&command.target, &command.value]
                    .into_iter()
                    .find_map(|text| text.trim().parse::<u64>().ok());
                Wait {
                    value: Some(json!(time.ok_or("is no time in milliseconds")?)),
                    ..Wait::default()
                }
                .into()
            }
            "acceptAlert" => dialog("alert", DialogResponse::Accept, None),
            "acceptConfirmation" => dialog("confirm", DialogResponse::Accept, None),
            "dismissConfirmation" => dialog("confirm", DialogResponse::Dismiss, None),
            "dismissPrompt" => dialog("prompt", DialogResponse::Dismiss, None),
            // The answer stood in `target` before it stood in `value`.
            "answerPrompt" => {
                let answer = if command.value.is_empty() {
                    command.target.clone()
                } else {
                    value()
                };
                dialog("prompt", DialogResponse::Accept, Some(answer))
            }
            "executeScript" | "runScript" if command.value.is_empty() => {
                needs_element = false;
                JavaScript {
                    expression: expression(&command.target),
                    ..JavaScript::default()
                }
                .into()
            }
            _ => return Ok(None),
        };
        let needs_element = needs_element && !matches!(kind, StepKind::Dialog(_));
        let mut step = Step::new(kind);
        step.timeout = timeout;
        if needs_element {
            step.selectors = self.selectors(command);
            if step.selectors.is_empty() {
                return Err("its element is not named in a way that is known here".to_owned());
            }
        }
        Ok(Some(step))
    }

    fn storing(
        &mut self,
        command: &Command,
        mut step: Step,
        of_element: bool,
    ) -> Result<Option<Step>, String> {
        if of_element {
            // The attribute's name is no part of the locator.
            let element = match command.command.as_str() {
                "storeAttribute" => Command {
                    target: command
                        .target
                        .rsplit_once('@')
                        .map_or_else(String::new, |(locator, _)| locator.to_owned()),
                    targets: Vec::new(),
                    ..command.clone()
                },
                _ => command.clone(),
            };
            step.selectors = self.selectors(&element);
            if step.selectors.is_empty() {
                return Err("its element is not named in a way that is known here".to_owned());
            }
        }
        Ok(Some(step))
    }
}

/// `label=…`, `value=…` or `index=…`; a text without any of them is a label.
fn option(text: &str) -> Option<Select> {
    match text.split_once('=') {
        Some(("label", label)) => Some(Select {
            selected_text: Some(label.to_owned()),
            ..Select::default()
        }),
        Some(("value", value)) => Some(Select {
            selected_value: Some(value.to_owned()),
            ..Select::default()
        }),
        Some(("index", index)) => Some(Select {
            selected_index: Some(index.parse().ok()?),
            ..Select::default()
        }),
        Some(("id" | "regexp", _)) => None,
        _ => Some(Select {
            selected_text: Some(text.to_owned()),
            ..Select::default()
        }),
    }
}

fn point(text: &str) -> Option<Point> {
    let (x, y) = text.split_once(',')?;
    Some(Point::new(
        x.trim().parse().ok().filter(|x: &f64| x.is_finite())?,
        y.trim().parse().ok().filter(|y: &f64| y.is_finite())?,
    ))
}

/// A script is the body of a function there and an expression here.
pub(super) fn expression(script: &str) -> String {
    match script
        .strip_prefix("return ")
        .filter(|rest| !rest.contains([';', '\n']))
    {
        Some(value) => value.to_owned(),
        None => format!("(() => {{ {script}\n}})()"),
    }
}

//! The commands that are one step each.

use serde_json::json;

use super::command::Command;
use super::flow;
use super::locator::selector;
use super::read::Reader;
use crate::{
    CheckType, Checkpoint, Click, Drag, DragTarget, Hover, Input, JavaScript, Point, RelativeTo,
    Select, SelectionChange, Step, StepKind, Submit, Wait, WaitFor,
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
        // What `verify` finds is told at the end.
        let statement = match name.strip_prefix("verify") {
            Some(statement) => format!("assert{statement}"),
            None => name.to_owned(),
        };
        let is_not = statement.contains("Not");
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
            "mouseMove" | "mouseMoveAt" => self.moved(command)?.kind,
            "submit" => Submit::default().into(),
            // Its text is set, not its markup.
            "editContent" => Input {
                value: value(),
                ..Input::default()
            }
            .into(),
            "addSelection" | "removeSelection" => {
                let option = option(&command.value);
                let option = option.ok_or("its option is not named by label, value or place")?;
                let change = match name {
                    "addSelection" => SelectionChange::Add,
                    _ => SelectionChange::Remove,
                };
                Select {
                    change: Some(change),
                    ..option
                }
                .into()
            }
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
                check(CheckType::ElementPresent, is_not, None)
            }
            "assertChecked" | "assertNotChecked" => check(CheckType::ElementChecked, is_not, None),
            "assertEditable" | "assertNotEditable" => {
                check(CheckType::ElementEditable, is_not, None)
            }
            "assertSelectedValue" | "assertNotSelectedValue" => of_option(
                check(CheckType::ElementHasValue, is_not, Some(value())),
                "value",
            ),
            "assertSelectedLabel" | "assertNotSelectedLabel" => of_option(
                check(CheckType::ElementHasValue, is_not, Some(value())),
                "label",
            ),
            "assert" => {
                needs_element = false;
                flow::compared(command, name == "verify")?
            }
            "assertTitle" => {
                needs_element = false;
                check(CheckType::PageTitle, false, Some(command.target.clone()))
            }
            "waitForElementPresent" | "waitForElementNotPresent" => {
                timeout = command.value.trim().parse().ok();
                check(CheckType::ElementPresent, is_not, None)
            }
            "waitForElementEditable" | "waitForElementNotEditable" => {
                timeout = command.value.trim().parse().ok();
                check(CheckType::ElementEditable, is_not, None)
            }
            "waitForElementVisible" => {
                timeout = command.value.trim().parse().ok();
                Wait {
                    wait_for: WaitFor::Element,
                    ..Wait::default()
                }
                .into()
            }
            "waitForElementNotVisible" => {
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
            "executeScript" | "executeAsyncScript" | "runScript" if command.value.is_empty() => {
                needs_element = false;
                JavaScript {
                    expression: expression(command),
                    ..JavaScript::default()
                }
                .into()
            }
            _ => return Ok(None),
        };
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

pub(super) fn point(text: &str) -> Option<Point> {
    let (x, y) = text.split_once(',')?;
    Some(Point::new(
        x.trim().parse().ok().filter(|x: &f64| x.is_finite())?,
        y.trim().parse().ok().filter(|y: &f64| y.is_finite())?,
    ))
}

/// Which of the two of a chosen option is compared.
fn of_option(check: StepKind, mode: &str) -> StepKind {
    match check {
        StepKind::Checkpoint(check) => Checkpoint {
            mode: Some(mode.to_owned()),
            ..check
        }
        .into(),
        other => other,
    }
}

/// A script is the body of a function there and an expression here; an asynchronous one is an expression there as well.
pub(super) fn expression(command: &Command) -> String {
    let script = command.target.as_str();
    let value = script
        .strip_prefix("return ")
        .or((command.command == "executeAsyncScript").then_some(script));
    match value.filter(|value| !value.contains([';', '\n'])) {
        Some(value) => value.to_owned(),
        None => format!("(() => {{ {script}\n}})()"),
    }
}

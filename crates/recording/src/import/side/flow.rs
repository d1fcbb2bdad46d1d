//! Branches, loops and stored values.

use serde_json::Value;

use super::command::Command;
use super::step::expression;
use crate::{
    CheckType, Checkpoint, Control, ControlCommand, StepKind, Store, StoreFrom, Variables,
};

/// The control step that a command is; `None` for any other command.
pub(super) fn control(command: &Command) -> Option<Result<Control, String>> {
    let word = ControlCommand::from(command.command.as_str());
    if !word.is_known() {
        return None;
    }
    let mut control = Control {
        command: word,
        ..Control::default()
    };
    match control.command {
        ControlCommand::Times => control.count = Some(Value::from(command.target.trim())),
        ControlCommand::ForEach => {
            if !Variables::is_name(&command.target) || !Variables::is_name(&command.value) {
                return Some(Err("its variables have names that are none here".to_owned()));
            }
            control.expression = Some(format!("${{{}}}", command.target));
            control.variable = Some(command.value.clone());
        }
        ref word if word.has_condition() => {
            control.expression = Some(command.target.clone());
        }
        _ => {}
    }
    Some(Ok(control))
}

/// The step that keeps a value, and whether it reads it from an element; `None` for any other command.
pub(super) fn store(command: &Command) -> Option<Result<(StepKind, bool), String>> {
    let (from, value) = match command.command.as_str() {
        "store" | "storeJson" => (StoreFrom::Literal, Some(command.target.clone())),
        "storeText" => (StoreFrom::Text, None),
        "storeValue" => (StoreFrom::Value, None),
        "storeTitle" => (StoreFrom::Title, None),
        "storeElementCount" | "storeXpathCount" => (StoreFrom::Count, None),
        "executeScript" | "executeAsyncScript" | "runScript" if !command.value.is_empty() => {
            (StoreFrom::Expression, Some(expression(command)))
        }
        "storeAttribute" => {
            let (_, attribute) = command.target.rsplit_once('@')?;
            (StoreFrom::Attribute, Some(attribute.to_owned()))
        }
        _ => return None,
    };
    // The title needs no target, so that its variable stands in either place.
    let variable = match from {
        StoreFrom::Title if command.value.is_empty() => &command.target,
        _ => &command.value,
    };
    if !Variables::is_name(variable) {
        return Some(Err(format!("{variable:?} is no name for a variable here")));
    }
    let of_element = matches!(
        from,
        StoreFrom::Text | StoreFrom::Value | StoreFrom::Attribute | StoreFrom::Count
    );
    let store = Store {
        from,
        variable: variable.clone(),
        value,
        ..Store::default()
    };
    Some(Ok((store.into(), of_element)))
}

/// A stored value is compared with a text.
pub(super) fn compared(command: &Command, soft: bool) -> Result<StepKind, String> {
    let name = &command.target;
    if !Variables::is_name(name) {
        return Err(format!("{name:?} is no name for a variable here"));
    }
    let check = Checkpoint {
        check_type: CheckType::Expression,
        expression: Some(format!(
            "String(${{{name}}}) === String({})",
            Variables::text_in_javascript(&command.value)
        )),
        soft: soft.then_some(true),
        ..Checkpoint::default()
    };
    Ok(check.into())
}

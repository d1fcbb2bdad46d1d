//! Branches, loops and stored values as commands.

use serde_json::Value;

use crate::{Control, ControlCommand, Store, StoreFrom, Variables};

/// Name, target and value of the command that a branch or loop is.
pub(super) fn control(control: &Control) -> Result<(&str, String, String), String> {
    let word = control.command.as_str();
    let code = control
        .expression
        .clone()
        .filter(|code| !code.trim().is_empty());
    let variable = control.variable.clone().unwrap_or_default();
    Ok(match &control.command {
        ControlCommand::Other(_) => return Err("it is not known".to_owned()),
        ControlCommand::Times => {
            if !variable.is_empty() {
                return Err("rounds have no number there".to_owned());
            }
            let count = match &control.count {
                Some(Value::String(text)) => text.clone(),
                Some(count) => count.to_string(),
                None => return Err("it does not say how often".to_owned()),
            };
            (word, count, String::new())
        }
        ControlCommand::ForEach => {
            let list = code.as_deref().and_then(|code| {
                let name = code.strip_prefix("${")?.strip_suffix('}')?;
                Variables::is_name(name).then(|| name.to_owned())
            });
            (
                word,
                list.ok_or("its list is no stored variable")?,
                variable,
            )
        }
        command if command.has_condition() => (
            word,
            code.ok_or("conditions are JavaScript there")?,
            String::new(),
        ),
        _ => (word, String::new(), String::new()),
    })
}

/// Name and target of the command that stores a value; `None` when it reads an element, which is named by its selectors.
pub(super) fn store(store: &Store) -> Result<Option<(&'static str, String)>, String> {
    let said = store.value.clone().unwrap_or_default();
    Ok(match &store.from {
        StoreFrom::Text | StoreFrom::Value | StoreFrom::Count => None,
        StoreFrom::Title => Some(("storeTitle", String::new())),
        StoreFrom::Literal => Some(("store", said)),
        StoreFrom::Expression => Some(("executeScript", format!("return {said}"))),
        StoreFrom::Url => Some(("executeScript", "return location.href".to_owned())),
        StoreFrom::Attribute | StoreFrom::Other(_) => {
            return Err("there is no such value there".to_owned());
        }
    })
}

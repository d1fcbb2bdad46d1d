//! Branches, loops and stored values as sentences.

use serde_json::Value;

use super::{clip, quote};
use crate::{Control, ControlCommand, Step, Store, StoreFrom};

impl Step {
    pub(super) fn control(&self, control: &Control) -> String {
        let condition = || match (&control.expression, control.statement()) {
            (Some(code), _) if !code.trim().is_empty() => clip(code),
            (_, Some(statement)) => {
                let said = self.check(&statement);
                said.strip_prefix("Check ").unwrap_or(&said).to_owned()
            }
            _ => "…".to_owned(),
        };
        let count = || match &control.count {
            Some(Value::String(text)) => text.clone(),
            Some(count) => count.to_string(),
            None => "0".to_owned(),
        };
        match &control.command {
            ControlCommand::If => format!("If {}", condition()),
            ControlCommand::ElseIf => format!("Else if {}", condition()),
            ControlCommand::Else => "Else".to_owned(),
            ControlCommand::While => format!("While {}", condition()),
            ControlCommand::Do => "Repeat".to_owned(),
            ControlCommand::RepeatIf => format!("Again if {}", condition()),
            ControlCommand::Times => format!("Repeat {} times", count()),
            ControlCommand::ForEach => {
                let name = control.variable.as_deref().unwrap_or("item");
                match (&control.items, &control.expression) {
                    (Some(items), _) => format!("For each {name} of {} items", items.len()),
                    (None, Some(code)) => format!("For each {name} of {}", clip(code)),
                    (None, None) => format!("For each {name}"),
                }
            }
            ControlCommand::End => "End".to_owned(),
            ControlCommand::Other(word) => format!("Unknown control {}", quote(word)),
        }
    }

    pub(super) fn store(&self, store: &Store) -> String {
        let element = || {
            self.quoted(None)
                .unwrap_or_else(|| "the element".to_owned())
        };
        let what = match &store.from {
            StoreFrom::Text => format!("text of {}", element()),
            StoreFrom::Value => format!("value of {}", element()),
            StoreFrom::Attribute => format!(
                "{} of {}",
                store.value.as_deref().unwrap_or("attribute"),
                element()
            ),
            StoreFrom::Count => {
                let what = self.quoted(None).unwrap_or_else(|| "elements".to_owned());
                format!("number of {what}")
            }
            StoreFrom::Title => "title".to_owned(),
            StoreFrom::Url => "address".to_owned(),
            StoreFrom::Expression => "result of JavaScript".to_owned(),
            StoreFrom::Literal => quote(store.value.as_deref().unwrap_or_default()),
            StoreFrom::Other(word) => quote(word),
        };
        format!("Store {what} as {}", store.variable)
    }
}

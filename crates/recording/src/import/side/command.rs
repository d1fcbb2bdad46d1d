//! A command as the project writes it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Map;

/// One line of a test.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Command {
    pub(super) command: String,
    pub(super) target: String,
    pub(super) value: String,
    /// What a person wrote beside it.
    pub(super) comment: String,
    /// Other locators of the same element, each with the way it was found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) targets: Vec<Value>,
    /// What it opens is a window.
    #[serde(skip_serializing_if = "is_false")]
    pub(super) opens_window: bool,
    /// The variable that holds that window.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) window_handle_name: String,
    #[serde(flatten)]
    pub(super) extra: Map,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_false(is: &bool) -> bool {
    !is
}

impl Command {
    /// The command's locators as the file ranks them, without doubles.
    pub(super) fn locators(&self) -> Vec<&str> {
        let mut all = vec![self.target.as_str()];
        let more = self.targets.iter().chain(
            self.extra
                .get("fallbackTargets")
                .and_then(Value::as_array)
                .into_iter()
                .flatten(),
        );
        let fallback = self.extra.get("targetFallback").and_then(Value::as_str);
        for one in more
            .filter_map(|pair| pair.get(0)?.as_str())
            .chain(fallback)
        {
            if !all.contains(&one) {
                all.push(one);
            }
        }
        all
    }

    pub(super) fn to_value(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

//! What is told of a step that was healed.

use recording::Selector;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// No selector of the step found anything, and another element was clearly the recorded one: the step was performed there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Healed {
    /// What the recording says.
    pub before: HealedBefore,
    /// What the step was performed on.
    pub after: HealedAfter,
    /// How alike they are, 0 to 1.
    pub score: f64,
    /// The next best element of the page, which was not taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub runner_up: Option<RunnerUp>,
}

/// The element as the recording has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HealedBefore {
    /// The strategy of its first selector.
    pub strategy: String,
    /// The value of its first selector.
    pub value: String,
    /// What the step does, as a sentence.
    pub description: String,
}

/// The element that was taken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HealedAfter {
    /// The selectors that the recorder would write for it, best first. Each finds only this element.
    pub selectors: Vec<Selector>,
    /// Its role and name.
    pub description: String,
    /// What the recorder would keep of it beside them, a `recording::Fingerprint`; null when it would tell a secret.
    #[serde(default)]
    pub fingerprint: Value,
}

/// An element that was not taken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunnerUp {
    /// How alike it is, 0 to 1.
    pub score: f64,
    /// Its role and name.
    pub description: String,
}

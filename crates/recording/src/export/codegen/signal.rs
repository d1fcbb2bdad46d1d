//! What an action caused in the page, as Playwright notes it beside the action.

use serde_json::{Value, json};

use super::super::code;
use super::alias;
use crate::{Recording, StepKind};

/// The signals of the step at `index`; `pages` have been opened before.
pub(super) fn signals(recording: &Recording, index: usize, pages: usize) -> Vec<Value> {
    let mut signals = Vec::new();
    let step = &recording.steps[index];
    // Tabs that a person opens and closes cause nothing in the page.
    if matches!(step.kind, StepKind::Tab(_)) {
        return signals;
    }
    let next = recording.steps.get(index + 1);
    if let StepKind::Click(click) = &step.kind
        && click.expects_navigation == Some(true)
    {
        let url = match next.map(|next| &next.kind) {
            Some(StepKind::Navigation(to)) => to.to.as_str(),
            _ => next.map_or("", |next| next.url.as_str()),
        };
        signals.push(json!({ "name": "navigation", "url": url }));
    }
    if code::opens_tab(recording, index) {
        signals.push(json!({ "name": "popup", "popupAlias": alias(pages) }));
    }
    if matches!(next.map(|next| &next.kind), Some(StepKind::Dialog(_))) {
        signals.push(json!({ "name": "dialog", "dialogAlias": "dialog" }));
    }
    if matches!(next.map(|next| &next.kind), Some(StepKind::Download(_))) {
        signals.push(json!({ "name": "download", "downloadAlias": "download" }));
    }
    signals
}

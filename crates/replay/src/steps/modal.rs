//! A modal opened or closed: waits until it is so.

use recording::{ModalLifecycle, Selector};
use serde_json::json;

use super::checkpoint;
use crate::fault::Fault;
use crate::scene::{Done, Scene};

pub(super) async fn perform(scene: &mut Scene<'_>, modal: &ModalLifecycle) -> Result<Done, Fault> {
    let mut selectors: Vec<Selector> = scene.step.locators();
    selectors.extend(modal.selectors());
    if selectors.is_empty() {
        return Ok(Done::Skipped(
            "the recording does not say how to find the modal".to_owned(),
        ));
    }
    let Some(open) = is_open(modal) else {
        return Ok(Done::Skipped(
            "a change inside a modal is nothing to wait for".to_owned(),
        ));
    };
    let spec = json!({ "kind": "elementVisible", "negated": !open, "selectors": selectors });
    checkpoint::holds(scene, spec, true).await
}

/// Whether the modal is open after the step; unknown for changes of other kinds.
fn is_open(modal: &ModalLifecycle) -> Option<bool> {
    [
        modal.event.as_deref(),
        modal.to_state.as_deref(),
        modal.initial_state.as_deref(),
    ]
    .into_iter()
    .flatten()
    .find_map(|word| match word.to_ascii_lowercase().as_str() {
        "modal-opened" | "open" | "opened" | "opening" | "visible" | "shown" => Some(true),
        "modal-closed" | "close" | "closed" | "closing" | "hidden" | "removed" => Some(false),
        _ => None,
    })
}

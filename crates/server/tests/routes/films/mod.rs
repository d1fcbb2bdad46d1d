//! `/api/v1/films`.

mod asking;
mod delivering;
mod expiring;
mod filming;
mod planning;
mod values;

use serde_json::{Value, json};

/// Small, so that filming does not slow the other tests down.
pub(crate) fn small(mut order: Value) -> Value {
    let sizes =
        json!({ "width": 320, "height": 240, "fps": 24, "kbps": 400, "look": { "frame": "none" } });
    order
        .as_object_mut()
        .unwrap()
        .extend(sizes.as_object().unwrap().clone());
    order
}

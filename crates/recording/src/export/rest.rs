//! What of a step the format says nothing of, so that only the note beside it keeps it.

use serde_json::{Value, json};

use super::essence;
use super::losses::Losses;
use crate::{Map, Step};

/// Fields that no other tool has a use for, or that are said in other words: what the element was beside its selectors, the
/// number of a tab, which follows from the order of the tabs, and the frames, which are on the way to the element.
const QUIET: [&str; 3] = ["fingerprint", "index", "frames"];

/// Names what the step says and `read` does not, which is what the importer makes of the words for the step.
pub(super) fn tell(step: &Step, read: &Step, losses: &mut Losses) {
    let (said, read) = (fields(step), fields(read));
    let kind = |fields: &Map| fields.get("type").cloned().unwrap_or_default();
    if kind(&said) != kind(&read) {
        let why = format!("others take it for a step of the type {}", kind(&read));
        return losses.lose("type", why);
    }
    for (name, value) in &said {
        let is_lost = read.get(name) != Some(value) && !QUIET.contains(&name.as_str());
        if is_lost && !losses.has(name) {
            losses.lose(name, "only this program reads it back");
        }
    }
}

/// What a run goes by, without fields that say nothing.
fn fields(step: &Step) -> Map {
    let nothing = [Value::Null, json!(false), json!([]), json!({})];
    let Ok(Value::Object(mut fields)) = essence::of(step).to_value() else {
        return Map::new();
    };
    fields.retain(|_, value| !nothing.contains(value));
    fields
}

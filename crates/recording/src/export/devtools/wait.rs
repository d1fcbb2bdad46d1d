//! Checks as waits for an element.

use serde_json::{Value, json};

use crate::{CheckType, Checkpoint, Map};

/// What `waitForElement` says of a check; `None` when it has no words for it.
pub(super) fn said(check: &Checkpoint) -> Option<Value> {
    if check.soft == Some(true) {
        return None;
    }
    let negated = check.negated == Some(true);
    let expected = check.expected_value.as_deref();
    let is_plain = expected.is_none_or(|text| !text.contains("${"));
    Some(match &check.check_type {
        CheckType::ElementVisible if negated => json!({ "visible": false }),
        CheckType::ElementChecked => json!({ "properties": { "checked": !negated } }),
        CheckType::ElementEnabled => json!({ "properties": { "disabled": negated } }),
        CheckType::ElementCount if is_plain && !negated => {
            json!({ "operator": "==", "count": expected?.trim().parse::<u64>().ok()? })
        }
        CheckType::ElementAttribute if is_plain && !negated && check.mode.is_none() => {
            let mut attributes = Map::new();
            attributes.insert(check.attribute.clone()?, expected?.into());
            json!({ "attributes": attributes })
        }
        CheckType::ElementHasValue
            if is_plain && !negated && check.mode.as_deref() == Some("value") =>
        {
            json!({ "properties": { "value": expected? } })
        }
        _ => return None,
    })
}

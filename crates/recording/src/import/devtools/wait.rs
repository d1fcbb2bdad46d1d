//! `waitForElement` of the `DevTools` Recorder: what it waits for, in one step.

use serde_json::Value;

use crate::{CheckType, Checkpoint, Map, StepKind, Wait, WaitFor};

/// The step that waits for the same; `None` when no single one does.
pub(super) fn element(fields: &Map) -> Option<StepKind> {
    let object = |name: &str| fields.get(name).and_then(Value::as_object);
    let of_element = [object("properties"), object("attributes")];
    let mut said = of_element.iter().flatten().flat_map(|all| all.iter());
    let operator = fields.get("operator").and_then(Value::as_str);
    let count = fields.get("count").map_or(Some(1), Value::as_u64);
    let count = (operator.unwrap_or(">="), count?);
    let visible = fields.get("visible").is_none_or(|visible| visible == true);
    let is_attribute = object("attributes").is_some_and(|all| !all.is_empty());
    match (said.next(), said.next(), count, visible) {
        (None, _, (">=", 1), true) => Some(
            Wait {
                wait_for: WaitFor::Element,
                ..Wait::default()
            }
            .into(),
        ),
        (None, _, (">=", 1), false) => Some(check(CheckType::ElementVisible, true)),
        // Elements that are there count, whether they are seen or not.
        (None, _, ("==", count), true) => Some(
            Checkpoint {
                check_type: CheckType::ElementCount,
                expected_value: Some(count.to_string()),
                ..Checkpoint::default()
            }
            .into(),
        ),
        (Some((name, value)), None, (">=", 1), true) if is_attribute => Some(
            Checkpoint {
                check_type: CheckType::ElementAttribute,
                attribute: Some(name.clone()),
                expected_value: Some(value.as_str()?.to_owned()),
                ..Checkpoint::default()
            }
            .into(),
        ),
        (Some((name, value)), None, (">=", 1), true) => property(name, value),
        _ => None,
    }
}

/// Properties of elements that a check asks for.
fn property(name: &str, value: &Value) -> Option<StepKind> {
    match (name, value) {
        ("checked", Value::Bool(is)) => Some(check(CheckType::ElementChecked, !is)),
        ("disabled", Value::Bool(is)) => Some(check(CheckType::ElementEnabled, *is)),
        ("value", Value::String(value)) => Some(
            Checkpoint {
                check_type: CheckType::ElementHasValue,
                expected_value: Some(value.clone()),
                mode: Some("value".to_owned()),
                ..Checkpoint::default()
            }
            .into(),
        ),
        _ => None,
    }
}

fn check(check_type: CheckType, negated: bool) -> StepKind {
    Checkpoint {
        check_type,
        negated: negated.then_some(true),
        ..Checkpoint::default()
    }
    .into()
}

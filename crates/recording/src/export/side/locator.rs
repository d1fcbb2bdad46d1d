//! Ways to elements and frames.

use serde_json::{Value, json};

use super::super::{element, role};
use crate::{FrameRef, Selector};

/// A selector as a locator of Selenium, and what Selenium IDE calls its kind.
pub(super) fn locator(selector: &Selector) -> Option<(String, &'static str)> {
    let value = selector.value.text();
    if value.trim().is_empty() {
        return None;
    }
    match selector.strategy.as_str() {
        "id" => Some((format!("id={value}"), "id")),
        "name" => Some((format!("name={value}"), "name")),
        "role" => {
            let parts = role::parse(&value)?;
            match parts.as_slice() {
                [one] if one.role == "link" && one.level.is_none() && !one.folds_case => {
                    Some((format!("linkText={}", one.name.as_deref()?), "linkText"))
                }
                _ => element::xpath(selector)
                    .map(|xpath| (format!("xpath={xpath}"), "xpath:innerText")),
            }
        }
        _ => element::css(selector)
            .map(|css| (format!("css={css}"), "css:finder"))
            .or_else(|| {
                element::xpath(selector).map(|xpath| (format!("xpath={xpath}"), "xpath:position"))
            }),
    }
}

pub(super) fn frame_command(frame: &FrameRef) -> Option<Value> {
    let place = match frame.selectors.as_slice() {
        [one] if one.strategy == "xpath" => {
            let text = one.value.text();
            let number = text
                .strip_prefix("(//iframe | //frame)[")
                .and_then(|rest| rest.strip_suffix(']'));
            number.and_then(|number| number.parse::<usize>().ok()?.checked_sub(1))
        }
        _ => None,
    };
    if let Some(index) = place {
        return Some(
            json!({ "id": "", "comment": "", "command": "selectFrame", "target": format!("index={index}"), "value": "" }),
        );
    }
    let ways: Vec<(String, &str)> = frame.selectors.iter().filter_map(locator).collect();
    let (target, _) = ways.first()?;
    let targets: Vec<Value> = ways
        .iter()
        .map(|(locator, kind)| json!([locator, kind]))
        .collect();
    Some(
        json!({ "id": "", "comment": "", "command": "selectFrame", "target": target, "targets": targets, "value": "" }),
    )
}

//! Selenium's locators as selectors.

use serde_json::json;

use crate::Selector;

/// `id=…`, `name=…`, `css=…`, `xpath=…`, `linkText=…`, `partialLinkText=…`; `None` for anything else.
pub(super) fn selector(locator: &str) -> Option<Selector> {
    if locator.starts_with("//") || locator.starts_with("(//") {
        return Some(Selector::new("xpath", locator));
    }
    let (kind, value) = locator.split_once('=')?;
    if value.is_empty() {
        return None;
    }
    Some(match kind {
        "id" => Selector::new("id", value),
        "name" => Selector::new("name", value),
        "css" => Selector::new("css", value),
        "xpath" => Selector::new("xpath", value),
        "linkText" | "link" => Selector::new("role", format!("link[name={}]", json!(value))),
        "partialLinkText" => Selector::new("css-semantic", format!("a:has-text({})", json!(value))),
        _ => return None,
    })
}

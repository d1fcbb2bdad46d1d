//! Selectors and texts of Python.

use crate::export::element::{self, text};
use crate::{Selector, Variables};

/// A selector as Selenium's pair of strategy and value.
pub(super) fn by(selector: &Selector) -> Option<String> {
    match element::css(selector) {
        Some(css) => Some(format!("By.CSS_SELECTOR, {}", expression(&css))),
        None => element::xpath(selector).map(|xpath| format!("By.XPATH, {}", expression(&xpath))),
    }
}

/// An expression for a text.
pub(super) fn expression(given: &str) -> String {
    let mut parts = Vec::new();
    let mut rest = given;
    for name in Variables::names_in(given) {
        let placeholder = format!("${{{name}}}");
        let (before, after) = rest.split_once(&placeholder).unwrap_or((rest, ""));
        if !before.is_empty() {
            parts.push(text(before));
        }
        parts.push(format!("value({})", text(name)));
        rest = after;
    }
    if !rest.is_empty() || parts.is_empty() {
        parts.push(text(rest));
    }
    parts.join(" + ")
}

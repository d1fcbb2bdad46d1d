//! Selectors as locators of Playwright.

use crate::Selector;
use crate::export::element::{self, text};
use crate::export::javascript::expression;
use crate::export::role;

/// A selector as a locator of Playwright.
pub(super) fn locator(selector: &Selector) -> Option<String> {
    let value = selector.value.text();
    let exact = |method: &str| {
        Some(format!(
            "{method}({}, {{ exact: true }})",
            expression(&value)
        ))
    };
    match selector.strategy.as_str() {
        "role" => {
            let parts = role::parse(&value)?;
            let parts: Vec<String> = parts.iter().map(by_role).collect();
            Some(parts.join("."))
        }
        "label" => exact("getByLabel"),
        "placeholder" => exact("getByPlaceholder"),
        "alt" => exact("getByAltText"),
        "title" => exact("getByTitle"),
        "text" | "text-content" => exact("getByText"),
        // Its own CSS looks into open shadow roots anyway, and knows `:has-text()`.
        "css" | "css-semantic" => Some(format!(
            "locator({})",
            expression(&value.replace(" >>> ", " "))
        )),
        "xpath" | "xpathAbsolute" => Some(format!(
            "locator({})",
            expression(&format!("xpath={value}"))
        )),
        _ => element::css(selector).map(|css| format!("locator({})", expression(&css))),
    }
}

fn by_role(part: &role::Role) -> String {
    let mut options = Vec::new();
    if let Some(name) = &part.name {
        options.push(format!("name: {}", expression(name)));
        if !part.folds_case {
            options.push("exact: true".to_owned());
        }
    }
    options.extend(part.level.map(|level| format!("level: {level}")));
    if options.is_empty() {
        format!("getByRole({})", text(&part.role))
    } else {
        format!(
            "getByRole({}, {{ {} }})",
            text(&part.role),
            options.join(", ")
        )
    }
}

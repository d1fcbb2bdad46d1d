//! Selectors as queries of Cypress.

use crate::Selector;
use crate::export::element::{self, text};
use crate::export::javascript::expression;
use crate::export::role;

/// A selector as the query of Cypress, which knows CSS and texts.
pub(super) fn query(selector: &Selector) -> Option<String> {
    let value = selector.value.text();
    match selector.strategy.as_str() {
        "text" | "text-content" => Some(format!("cy.contains({})", expression(&value))),
        "role" => match role::parse(&value)?.as_slice() {
            [one] if one.level.is_none() && !one.folds_case => {
                let tag = match one.role.as_str() {
                    "button" => "button",
                    "link" => "a",
                    _ => return None,
                };
                let name = expression(one.name.as_deref()?);
                Some(format!("cy.contains({}, {name})", text(tag)))
            }
            _ => None,
        },
        _ => element::css(selector).map(|css| format!("cy.get({})", expression(&css))),
    }
}

//! Selectors of Puppeteer.

use crate::Selector;
use crate::export::element;
use crate::export::javascript::expression;
use crate::export::role;

/// A selector as Puppeteer writes it, in quotes.
pub(super) fn selector(selector: &Selector) -> Option<String> {
    let value = selector.value.text();
    let said = match selector.strategy.as_str() {
        "css" => value.into_owned(),
        "role" => match role::parse(&value)?.as_slice() {
            [one] if one.level.is_none() && !one.folds_case => {
                let name = one.name.as_deref().unwrap_or_default();
                (!name.contains(['"', '[', ']', '\\']))
                    .then(|| format!("::-p-aria([name=\"{name}\"][role=\"{}\"])", one.role))?
            }
            _ => return None,
        },
        "label" if !value.contains(['"', '[', ']', '\\', '(', ')']) => {
            format!("::-p-aria([name=\"{value}\"])")
        }
        _ => match element::css(selector) {
            Some(css) => css,
            None => format!("::-p-xpath({})", element::xpath(selector)?),
        },
    };
    Some(expression(&said))
}

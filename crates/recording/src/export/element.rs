//! Selectors in the languages that most other tools share: CSS, XPath, texts.

use serde_json::json;

use super::losses::Losses;
use super::role;
use crate::{FrameRef, Selector, Step};

/// Attributes that a test id may stand in, when the selector does not say which.
const TEST_IDS: [&str; 6] = [
    "data-testid",
    "data-test-id",
    "data-test",
    "data-cy",
    "data-qa",
    "data-pw",
];

/// A selector as CSS, where it is one: attributes, ids and CSS itself.
pub(super) fn css(selector: &Selector) -> Option<String> {
    let value = selector.value.text();
    let attribute = |name: &str| Some(format!("[{name}={}]", quoted(&value)));
    match selector.strategy.as_str() {
        "css" if !value.contains(">>>") => Some(value.into_owned()),
        "id" => {
            let id = value.strip_prefix('#').unwrap_or(&value);
            Some(if is_plain(id) {
                format!("#{id}")
            } else {
                format!("[id={}]", quoted(id))
            })
        }
        "name" => attribute("name"),
        "placeholder" => attribute("placeholder"),
        "alt" => attribute("alt"),
        "title" => attribute("title"),
        "aria-label" | "ariaLabel" => attribute("aria-label"),
        "data-testid" | "dataTestId" if value.starts_with('[') => Some(value.into_owned()),
        "data-testid" | "dataTestId" => {
            let named = selector.context.as_ref().and_then(|name| name.as_str());
            let names = named.map_or(TEST_IDS.to_vec(), |name| vec![name]);
            let all: Vec<String> = names.into_iter().filter_map(attribute).collect();
            Some(all.join(", "))
        }
        _ => None,
    }
}

/// A selector as XPath, where it is one: XPath itself, exact texts, labels, and buttons and links by what they say.
pub(super) fn xpath(selector: &Selector) -> Option<String> {
    let value = selector.value.text();
    match selector.strategy.as_str() {
        "xpath" | "xpathAbsolute" => Some(value.into_owned()),
        // The smallest element of that text: one that has no child of the same text.
        "text" | "text-content" => {
            let text = literal(value.trim());
            Some(format!(
                "//*[normalize-space()={text} and not(*[normalize-space()={text}])]"
            ))
        }
        "label" => {
            let text = literal(value.trim());
            Some(format!(
                "//*[@id=//label[normalize-space()={text}]/@for] | \
                 //label[normalize-space()={text}]//*[self::input or self::select or self::textarea]"
            ))
        }
        "role" => match role::parse(&value)?.as_slice() {
            // Said of itself; elements that are it by what they are have names in recordings.
            [one] if one.name.is_none() && one.level.is_none() => {
                Some(format!("//*[@role={}]", literal(&one.role)))
            }
            [one] if one.level.is_none() && !one.folds_case => {
                let text = literal(one.name.as_deref()?.trim());
                match one.role.as_str() {
                    "button" => Some(format!(
                        "//*[self::button or @role=\"button\"][normalize-space()={text}] | \
                         //input[(@type=\"submit\" or @type=\"button\" or @type=\"reset\") and @value={text}]"
                    )),
                    "link" => Some(format!("//a[@href and normalize-space()={text}]")),
                    _ => None,
                }
            }
            _ => None,
        },
        _ => None,
    }
}

/// The first way to the element that `say` has words for; a step whose element nobody can name is refused.
pub(super) fn first(
    step: &Step,
    losses: &mut Losses,
    say: impl Fn(&Selector) -> Option<String>,
) -> Result<String, String> {
    best(&step.locators(), losses, say)
}

/// The same for the ways to a frame, or to where something is dropped.
pub(super) fn best(
    selectors: &[Selector],
    losses: &mut Losses,
    say: impl Fn(&Selector) -> Option<String>,
) -> Result<String, String> {
    let found = selectors
        .iter()
        .filter(|selector| !selector.value.is_empty())
        .enumerate()
        .find_map(|(place, selector)| Some((place, say(selector)?)));
    let Some((place, said)) = found else {
        return Err("none of its selectors can be said there".to_owned());
    };
    if place > 0 {
        losses.lose(
            "selectors",
            format!("the first {place} cannot be said there; a later one is used"),
        );
    }
    Ok(said)
}

/// The ways to each frame on the way to the element.
pub(super) fn frames(
    step: &Step,
    losses: &mut Losses,
    say: impl Fn(&Selector) -> Option<String>,
) -> Result<Vec<String>, String> {
    step.frame_path()
        .iter()
        .map(|frame: &FrameRef| best(&frame.selectors, losses, &say))
        .collect()
}

fn is_plain(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && id
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

/// A text in quotes, as CSS writes it.
fn quoted(text: &str) -> String {
    let escaped = text
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\a ");
    format!("\"{escaped}\"")
}

/// A text as XPath writes it, which has no way to escape a quote.
fn literal(text: &str) -> String {
    if !text.contains('"') {
        return format!("\"{text}\"");
    }
    if !text.contains('\'') {
        return format!("'{text}'");
    }
    let parts: Vec<String> = text.split('"').map(|part| format!("\"{part}\"")).collect();
    format!("concat({})", parts.join(", '\"', "))
}

/// A text as a literal of JavaScript, of Python and of JSON alike.
pub(super) fn text(text: &str) -> String {
    json!(text).to_string()
}

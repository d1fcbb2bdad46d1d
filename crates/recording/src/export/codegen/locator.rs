//! Ways to elements as Playwright's selectors, and taken apart as the locators beside them.

use serde_json::{Value, json};

use super::super::losses::Losses;
use super::super::{element, role};
use crate::{FrameRef, Selector, Step};

/// One link of a locator, with the same in Playwright's own selector language.
struct Link {
    selector: String,
    locator: Value,
}

impl Link {
    fn new(selector: impl Into<String>, kind: &str, body: &str, options: &Value) -> Self {
        Self {
            selector: selector.into(),
            locator: json!({ "kind": kind, "body": body, "options": options }),
        }
    }

    /// CSS or `xpath=…`, which both are said as they are.
    fn plain(selector: &str) -> Self {
        Self::new(selector, "default", selector, &json!({}))
    }
}

/// Puts the first way to the step's element that can be said into the action, behind those to its frames.
pub(super) fn put(mut action: Value, step: &Step, losses: &mut Losses) -> Result<Value, String> {
    let mut links = Vec::new();
    for frame in &step.frame_path() {
        links.extend(into_frame(frame)?);
        if frame.selectors.len() > 1 {
            let why = format!(
                "one of {} ways to a frame is said there",
                frame.selectors.len()
            );
            losses.lose("frames", why);
        }
    }
    let ways = step.locators();
    links.extend(first(&ways).ok_or("none of its selectors can be said there")?);
    if ways.len() > 1 {
        losses.lose("selectors", format!("one of {} is said there", ways.len()));
    }
    let selectors: Vec<&str> = links.iter().map(|link| link.selector.as_str()).collect();
    action["selector"] = selectors.join(" >> ").into();
    let chain = links.into_iter().rev().fold(None, |next, link| {
        let mut locator = link.locator;
        if let Some(next) = next {
            locator["next"] = next;
        }
        Some(locator)
    });
    action["locator"] = chain.unwrap_or_default();
    Ok(action)
}

fn into_frame(frame: &FrameRef) -> Result<Vec<Link>, String> {
    let mut links = first(&frame.selectors).ok_or("a frame on the way cannot be said there")?;
    let enter = "internal:control=enter-frame";
    links.push(Link::new(enter, "frame", "", &json!({})));
    Ok(links)
}

fn first(selectors: &[Selector]) -> Option<Vec<Link>> {
    let mut given = selectors
        .iter()
        .filter(|selector| !selector.value.is_empty());
    given.find_map(way)
}

fn way(selector: &Selector) -> Option<Vec<Link>> {
    let value = selector.value.text();
    let exact = |said: String, kind: &str| {
        let options = json!({ "exact": true });
        Some(vec![Link::new(said, kind, &value, &options)])
    };
    match selector.strategy.as_str() {
        "role" => Some(role::parse(&value)?.iter().map(by_role).collect()),
        "text" | "text-content" => exact(format!("internal:text={}s", json!(value)), "text"),
        "label" => exact(format!("internal:label={}s", json!(value)), "label"),
        name @ ("placeholder" | "alt" | "title") => {
            exact(format!("internal:attr=[{name}={}s]", quoted(&value)), name)
        }
        // Without the name of the attribute it is the one that Playwright looks at unless it is told another.
        "data-testid" | "dataTestId" if selector.context.is_none() && !value.starts_with('[') => {
            let said = format!("internal:testid=[data-testid={}s]", quoted(&value));
            Some(vec![Link::new(said, "test-id", &value, &json!({}))])
        }
        "css-semantic" => with_text(&value),
        "xpath" | "xpathAbsolute" => Some(vec![Link::plain(&format!("xpath={value}"))]),
        _ => element::css(selector)
            .filter(|css| is_css(css))
            .map(|css| vec![Link::plain(&css)]),
    }
}

fn by_role(part: &role::Role) -> Link {
    let mut said = format!("internal:role={}", part.role);
    let mut options = json!({ "attrs": [] });
    if let Some(name) = &part.name {
        let case = if part.folds_case { 'i' } else { 's' };
        said.push_str(&format!("[name={}{case}]", quoted(name)));
        options["exact"] = (!part.folds_case).into();
        options["name"] = name.as_str().into();
    }
    if let Some(level) = part.level {
        said.push_str(&format!("[level={level}]"));
        options["attrs"] = json!([{ "name": "level", "value": level }]);
    }
    Link::new(said, "role", &part.role, &options)
}

/// `li:has-text("Mug")`: an element narrowed by what it says.
fn with_text(value: &str) -> Option<Vec<Link>> {
    let (css, text) = value.strip_suffix(')')?.split_once(":has-text(")?;
    let text: String = serde_json::from_str(text).ok()?;
    if css.trim().is_empty() || text.is_empty() || !is_css(css) {
        return None;
    }
    let said = format!("internal:has-text={}i", json!(text));
    let narrowed = Link::new(said, "has-text", &text, &json!({ "exact": false }));
    Some(vec![Link::plain(css), narrowed])
}

/// Whether Playwright takes a text for CSS, and for all of it: `>>` divides selectors there.
fn is_css(text: &str) -> bool {
    let starts_otherwise = ["//", "..", "xpath=", "css=", "\"", "'"]
        .iter()
        .any(|start| text.trim_start().starts_with(start));
    !starts_otherwise && !text.contains(">>")
}

/// A text in quotes, as its attribute selectors have it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

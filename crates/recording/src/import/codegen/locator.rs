//! Playwright's locators as selectors: a chain of `{kind, body, options, next}`, or the selector text alone.

use serde_json::{Value, json};

use crate::{FrameRef, Map, Selector};

/// How to find the element, and the frames on the way.
#[derive(Debug, Default)]
pub(super) struct Located {
    pub(super) selectors: Vec<Selector>,
    pub(super) frames: Vec<FrameRef>,
}

/// Reads the locator of an action; says why when it cannot be a selector here.
pub(super) fn read(fields: &Map) -> Result<Located, String> {
    match fields.get("locator") {
        Some(locator) => chain(locator),
        None => match fields.get("selector").and_then(Value::as_str) {
            Some(selector) if is_plain(selector) => Ok(Located {
                selectors: vec![plain(selector)],
                frames: Vec::new(),
            }),
            Some(selector) => Err(format!(
                "the selector {selector:?} has no locator beside it"
            )),
            None => Err("it names no element".to_owned()),
        },
    }
}

fn chain(locator: &Value) -> Result<Located, String> {
    let mut found = Located::default();
    let mut parts: Vec<Selector> = Vec::new();
    let mut link = Some(locator);
    while let Some(one) = link {
        let kind = one["kind"].as_str().unwrap_or_default();
        match kind {
            "frame-locator" => {
                let body = body(one)?;
                found.frames.push(frame(vec![plain(body)]));
            }
            "frame" => {
                let inner = joined(std::mem::take(&mut parts))?;
                found.frames.push(frame(vec![inner]));
            }
            _ => parts.push(part(kind, one)?),
        }
        link = one.get("next").filter(|next| next.is_object());
    }
    found.selectors = vec![joined(parts)?];
    Ok(found)
}

fn frame(selectors: Vec<Selector>) -> FrameRef {
    FrameRef {
        selectors,
        ..FrameRef::default()
    }
}

/// One link of the chain.
fn part(kind: &str, link: &Value) -> Result<Selector, String> {
    let options = &link["options"];
    let body = || body(link);
    Ok(match kind {
        "default" => plain(body()?),
        "role" => Selector::new("role", role(body()?, options)?),
        "text" => Selector::new("text-content", body()?),
        "label" => Selector::new("label", body()?),
        "placeholder" => Selector::new("placeholder", body()?),
        "alt" => Selector::new("alt", body()?),
        "title" => Selector::new("title", body()?),
        "test-id" => Selector::new("data-testid", body()?),
        "has-text" => Selector::new("css-semantic", format!(":has-text({})", json!(body()?))),
        other => return Err(format!("there is no selector like {other:?} here")),
    })
}

fn role(role: &str, options: &Value) -> Result<String, String> {
    let mut written = role.to_owned();
    if let Some(name) = options.get("name") {
        let name = name
            .as_str()
            .ok_or("a name that is a pattern cannot be looked for")?;
        let exact = options.get("exact") == Some(&Value::Bool(true));
        let fold = if exact { "" } else { " i" };
        written.push_str(&format!("[name={}{fold}]", json!(name)));
    }
    for attribute in options["attrs"].as_array().into_iter().flatten() {
        match (attribute["name"].as_str(), &attribute["value"]) {
            (Some("level"), value) => written.push_str(&format!("[level={value}]")),
            (name, _) => return Err(format!("a role cannot be told by {name:?}")),
        }
    }
    Ok(written)
}

/// A chain is one selector here when all its links are CSS, or all are roles.
fn joined(parts: Vec<Selector>) -> Result<Selector, String> {
    let all = |strategies: &[&str]| {
        parts
            .iter()
            .all(|part| strategies.contains(&part.strategy.as_str()))
    };
    let values = || parts.iter().map(|part| part.value.text().into_owned());
    if parts.is_empty() {
        return Err("it names no element".to_owned());
    }
    if parts.len() > 1 && all(&["role"]) {
        let chain: Vec<String> = values().collect();
        return Ok(Selector::new("role", chain.join(" >> ")));
    }
    if parts.len() > 1 && all(&["css", "css-semantic"]) {
        let semantic = !all(&["css"]);
        let mut css = String::new();
        for value in values() {
            // Text narrows the element before it; anything else is inside.
            if !css.is_empty() && !value.starts_with(":has-text(") {
                css.push(' ');
            }
            css.push_str(&value);
        }
        return Ok(Selector::new(
            if semantic { "css-semantic" } else { "css" },
            css,
        ));
    }
    let mut parts = parts.into_iter();
    match (parts.next(), parts.next()) {
        (Some(one), None) => Ok(one),
        _ => Err("a chain of unlike locators is no selector here".to_owned()),
    }
}

fn body(link: &Value) -> Result<&str, String> {
    link["body"]
        .as_str()
        .filter(|body| !body.is_empty())
        .ok_or_else(|| "a part of the locator has no text".to_owned())
}

fn plain(selector: &str) -> Selector {
    if let Some(xpath) = selector.strip_prefix("xpath=") {
        Selector::new("xpath", xpath)
    } else if selector.starts_with("//") || selector.starts_with("..") {
        Selector::new("xpath", selector)
    } else {
        Selector::new("css", selector.strip_prefix("css=").unwrap_or(selector))
    }
}

/// Without the engines that only Playwright has.
fn is_plain(selector: &str) -> bool {
    !selector.contains("internal:") && !selector.contains(">>") && !selector.is_empty()
}

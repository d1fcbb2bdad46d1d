//! An order in the screen recorder's words, in ours.

use http::StatusCode;
use serde_json::{Map, Value, json};
use work::{FilmAskError, FilmRequest};

use super::config::{self, bad};
use crate::error::ApiError;

/// What it took when nothing was said.
const QUALITY: &str = "high";
/// Of a tour, in seconds.
const DURATION: f64 = 30.0;
/// Its settings are kept in the order under their own name: `regenerate` changes some of them.
const CONFIG: &str = "recording_config";
/// Its word beside a list of interactions, which storyboards know too.
const HIGHLIGHT_CLICKS: &str = "highlight_clicks";

/// The order of `POST /record`.
pub(super) fn request(mut sent: Map<String, Value>) -> Result<FilmRequest, ApiError> {
    let Some(url) = sent.get("url").and_then(Value::as_str).map(str::to_owned) else {
        return Err(bad("The demo site has no URL: send it in url."));
    };
    let config = config::read(sent.remove(CONFIG))?;
    let mut order = config::settings(&config)?;
    order
        .entry("preset")
        .or_insert_with(|| QUALITY.to_owned().into());
    for (theirs, ours) in [("demo_site_id", "demoId"), ("lead_id", "leadId")] {
        match sent.remove(theirs) {
            None | Some(Value::Null) => {}
            Some(Value::String(text)) => drop(order.insert(ours.to_owned(), text.into())),
            Some(other) => drop(order.insert(ours.to_owned(), other.to_string().into())),
        }
    }
    let interactions = sent.remove("interactions").filter(|list| !is_empty(list));
    let generates = sent.remove("auto_generate_interactions") != Some(Value::Bool(false));
    let seconds = match sent.remove("duration_seconds") {
        None | Some(Value::Null) => DURATION,
        Some(value) => value
            .as_f64()
            .ok_or_else(|| bad("duration_seconds: a number is needed."))?,
    };
    match interactions {
        Some(list) => {
            let storyboard = json!({ "url": url, "interactions": list });
            order.insert("storyboard".to_owned(), boxed_as(&config, storyboard));
        }
        None if generates => {
            sent.remove("url");
            order.insert("url".to_owned(), url.into());
            order.insert("duration".to_owned(), json!(seconds * 1000.0));
        }
        None => {
            return Err(bad(
                "There is nothing to film: send interactions, or leave auto_generate_interactions on.",
            ));
        }
    }
    if !config.is_empty() {
        order.insert(CONFIG.to_owned(), config.into());
    }
    // What means nothing here is kept, behind what does.
    for (name, value) in sent {
        order.entry(name).or_insert(value);
    }
    read(order)
}

/// What `POST /{id}/regenerate` changes in the order of a film that was `kept`: each setting takes the place of the same one,
/// `null` takes one back, and all others stay, also those that were changed by another door.
pub(super) fn changes(
    mut sent: Map<String, Value>,
    url: &str,
    kept: &Map<String, Value>,
) -> Result<Map<String, Value>, ApiError> {
    let of = |name: &str| kept.get(name).and_then(Value::as_object);
    let new = config::read(sent.remove(CONFIG))?;
    let mut config = of(CONFIG).cloned().unwrap_or_default();
    let mut changes = config::settings(&config::with_companions(&new, &config))?;
    if !new.contains_key("quality") {
        // It only was needed beside the sizes.
        changes.remove("preset");
    }
    let taken_back = config::taken_back(&new);
    for part in ["look", "pace"] {
        let mut whole = of(part).cloned().unwrap_or_default();
        let before = whole.clone();
        for (_, name) in taken_back.iter().filter(|(of, _)| *of == part) {
            whole.remove(*name);
        }
        if let Some(Value::Object(mut settings)) = changes.remove(part) {
            whole.append(&mut settings);
        }
        if whole != before {
            changes.insert(part.to_owned(), whole.into());
        }
    }
    for (_, name) in taken_back.iter().filter(|(of, _)| of.is_empty()) {
        changes.entry(*name).or_insert(Value::Null);
    }
    let is_unboxed = new.get(HIGHLIGHT_CLICKS) == Some(&Value::Null);
    config.extend(new);
    config.retain(|_, value| !value.is_null());
    let listed = sent.remove("interactions").filter(|list| !is_empty(list));
    let storyboard = match (listed, of("storyboard")) {
        (Some(list), _) => Some(json!({ "url": url, "interactions": list })),
        // The same clicks, boxed or not as it is said now.
        (None, Some(storyboard)) if storyboard.contains_key("interactions") => {
            let mut storyboard = storyboard.clone();
            if is_unboxed {
                storyboard.remove(HIGHLIGHT_CLICKS);
            }
            Some(storyboard.into())
        }
        _ => None,
    };
    if let Some(storyboard) = storyboard {
        changes.insert("storyboard".to_owned(), boxed_as(&config, storyboard));
    }
    changes.insert(CONFIG.to_owned(), config.into());
    Ok(changes)
}

/// A script whose clicks are boxed as the settings say.
fn boxed_as(config: &Map<String, Value>, mut storyboard: Value) -> Value {
    if let Some(said) = config.get(HIGHLIGHT_CLICKS) {
        storyboard[HIGHLIGHT_CLICKS] = said.clone();
    }
    storyboard
}

fn is_empty(list: &Value) -> bool {
    matches!(list, Value::Null) || list.as_array().is_some_and(Vec::is_empty)
}

fn read(order: Map<String, Value>) -> Result<FilmRequest, ApiError> {
    let order = Value::Object(order).to_string();
    let request = FilmRequest::parse(order.as_bytes()).map_err(FilmAskError::Order);
    request.map_err(refused)
}

/// The recorder answered every order that made no sense with 400.
pub(super) fn refused(error: FilmAskError) -> ApiError {
    match error {
        FilmAskError::Store(cause) => cause.into(),
        error => ApiError::from(error).with_status(StatusCode::BAD_REQUEST),
    }
}

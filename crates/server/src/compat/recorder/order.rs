//! An order in the screen recorder's words, in ours.

use http::StatusCode;
use serde_json::{Map, Value, json};
use work::{FilmAskError, FilmRequest};

use crate::error::ApiError;

/// Its highest quality was its default.
const QUALITY: &str = "high";
/// Of a tour, in seconds.
const DURATION: f64 = 30.0;

/// The order of `POST /record`.
pub(super) fn request(mut sent: Map<String, Value>) -> Result<FilmRequest, ApiError> {
    let Some(url) = sent.get("url").and_then(Value::as_str).map(str::to_owned) else {
        return Err(bad("The demo site has no URL: send it in url."));
    };
    let mut order = Map::new();
    order.insert("preset".to_owned(), QUALITY.into());
    settings(&mut order, sent.remove("recording_config"))?;
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
        Some(list) => script(&mut order, &url, list),
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
    // What means nothing here is kept, behind what does.
    for (name, value) in sent {
        order.entry(name).or_insert(value);
    }
    read(order)
}

/// What `POST /{id}/regenerate` changes in the order of a film.
pub(super) fn changes(
    mut sent: Map<String, Value>,
    url: &str,
) -> Result<Map<String, Value>, ApiError> {
    let mut changes = Map::new();
    settings(&mut changes, sent.remove("recording_config"))?;
    if let Some(list) = sent.remove("interactions").filter(|list| !is_empty(list)) {
        script(&mut changes, url, list);
    }
    Ok(changes)
}

fn script(order: &mut Map<String, Value>, url: &str, interactions: Value) {
    let storyboard = json!({ "url": url, "interactions": interactions });
    order.insert("storyboard".to_owned(), storyboard);
}

/// `recording_config`: quality, resolution, rate, format and look.
fn settings(order: &mut Map<String, Value>, config: Option<Value>) -> Result<(), ApiError> {
    let config = match config {
        None | Some(Value::Null) => return Ok(()),
        Some(Value::Object(config)) => config,
        Some(_) => return Err(bad("recording_config: an object is needed.")),
    };
    for (theirs, ours) in [
        ("quality", "preset"),
        ("frame_rate", "fps"),
        ("video_format", "format"),
    ] {
        if let Some(value) = config.get(theirs).filter(|value| !value.is_null()) {
            order.insert(ours.to_owned(), value.clone());
        }
    }
    if let Some(size) = config.get("resolution").filter(|value| !value.is_null()) {
        let sides = size.as_str().and_then(|text| text.split_once('x'));
        let sides = sides.and_then(|(width, height)| {
            Some((width.parse::<u32>().ok()?, height.parse::<u32>().ok()?))
        });
        let Some((width, height)) = sides else {
            let sentence = format!("recording_config.resolution: {size} is none; write 1920x1080.");
            return Err(bad(&sentence));
        };
        order.insert("width".to_owned(), width.into());
        order.insert("height".to_owned(), height.into());
    }
    let mut look = Map::new();
    for (theirs, ours) in [
        ("show_cursor", "pointer"),
        ("highlight_clicks", "ripples"),
        ("highlight_color", "highlightColor"),
    ] {
        if let Some(value) = config.get(theirs).filter(|value| !value.is_null()) {
            look.insert(ours.to_owned(), value.clone());
        }
    }
    if !look.is_empty() {
        order.insert("look".to_owned(), look.into());
    }
    Ok(())
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

fn bad(sentence: &str) -> ApiError {
    ApiError::new(StatusCode::BAD_REQUEST, "invalid_config", sentence)
}

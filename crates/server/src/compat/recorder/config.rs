//! `recording_config`: quality, size, rate, format, look and pace in the screen recorder's words.

use http::StatusCode;
use serde_json::{Map, Value, json};

use crate::error::ApiError;

/// Of a film and of a page, pixels each way.
const LARGEST: u32 = 4096;

/// What was sent for it; nothing is an empty one.
pub(super) fn read(sent: Option<Value>) -> Result<Map<String, Value>, ApiError> {
    match sent {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(config)) => Ok(config),
        Some(_) => Err(bad("recording_config: an object is needed.")),
    }
}

/// Fields of an order that it stands for.
pub(super) fn settings(config: &Map<String, Value>) -> Result<Map<String, Value>, ApiError> {
    let mut order = Map::new();
    rename(
        config,
        &mut order,
        &[("quality", "preset"), ("frame_rate", "fps")],
    );
    if let Some(format) = format(config)? {
        order.insert("format".to_owned(), format);
    }
    let mut look = Map::new();
    rename(
        config,
        &mut look,
        &[
            ("show_cursor", "pointer"),
            ("highlight_clicks", "ripples"),
            ("highlight_color", "highlightColor"),
        ],
    );
    if sizes(config, &mut order)? == Page::FillsTheFilm {
        look.insert("frame".to_owned(), "none".into());
    }
    let mut pace = Map::new();
    rename(
        config,
        &mut pace,
        &[
            ("scroll_speed", "scrollSpeed"),
            ("transition_duration_ms", "between"),
        ],
    );
    for (name, fields) in [("look", look), ("pace", pace)] {
        if !fields.is_empty() {
            order.insert(name.to_owned(), fields.into());
        }
    }
    Ok(order)
}

/// Settings that mean something together only.
const TOGETHER: [&[&str]; 2] = [
    &["quality", "resolution", "viewport_width", "viewport_height"],
    &["video_format", "video_codec"],
];

/// What is said now, with what was said before of that which counts together with it.
pub(super) fn with_companions(
    new: &Map<String, Value>,
    before: &Map<String, Value>,
) -> Map<String, Value> {
    let mut whole = new.clone();
    let concerned = TOGETHER
        .iter()
        .filter(|group| group.iter().any(|name| new.contains_key(*name)));
    for name in concerned.copied().flatten() {
        if let Some(value) = before.get(*name) {
            whole.entry(*name).or_insert_with(|| value.clone());
        }
    }
    whole
}

/// What goes back to what is usual, since its setting is null now: the part of the order, empty for the order itself, and its
/// field.
pub(super) fn taken_back(new: &Map<String, Value>) -> Vec<(&'static str, &'static str)> {
    const PAGE: &[(&str, &str)] = &[
        ("", "width"),
        ("", "height"),
        ("", "scale"),
        ("look", "frame"),
    ];
    const FIELDS: [(&str, &[(&str, &str)]); 12] = [
        ("quality", &[("", "preset")]),
        ("frame_rate", &[("", "fps")]),
        ("resolution", &[("", "width"), ("", "height")]),
        ("viewport_width", PAGE),
        ("viewport_height", PAGE),
        ("video_format", &[("", "format")]),
        ("video_codec", &[("", "format")]),
        ("show_cursor", &[("look", "pointer")]),
        ("highlight_clicks", &[("look", "ripples")]),
        ("highlight_color", &[("look", "highlightColor")]),
        ("scroll_speed", &[("pace", "scrollSpeed")]),
        ("transition_duration_ms", &[("pace", "between")]),
    ];
    let is_null = |name: &str| new.get(name) == Some(&Value::Null);
    let gone = FIELDS.iter().filter(|(theirs, _)| is_null(theirs));
    gone.flat_map(|(_, ours)| ours.iter().copied()).collect()
}

/// Whether the config says how large the page is, apart from the film.
#[derive(PartialEq, Eq)]
enum Page {
    /// It does, and there is nothing around the page.
    FillsTheFilm,
    /// It does not.
    FitsIn,
}

fn said<'a>(config: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    config.get(name).filter(|value| !value.is_null())
}

fn rename(config: &Map<String, Value>, into: &mut Map<String, Value>, names: &[(&str, &str)]) {
    for (theirs, ours) in names {
        if let Some(value) = said(config, theirs) {
            into.insert((*ours).to_owned(), value.clone());
        }
    }
}

/// The kind of file; the codec alone says it too.
fn format(config: &Map<String, Value>) -> Result<Option<Value>, ApiError> {
    const CODECS: [(&str, &str); 2] = [("h264", "mp4"), ("vp9", "webm")];
    let format = said(config, "video_format").cloned();
    let Some(codec) = said(config, "video_codec") else {
        return Ok(format);
    };
    let Some((_, goes_into)) = CODECS.iter().find(|(known, _)| codec == known) else {
        let sentence = format!("recording_config.video_codec: {codec} is none of h264, vp9.");
        return Err(bad(&sentence));
    };
    match format {
        Some(format) if format != *goes_into => {
            let sentence = format!(
                "recording_config.video_codec: {codec} goes into {goes_into}, not into {format}."
            );
            Err(bad(&sentence))
        }
        _ => Ok(Some((*goes_into).into())),
    }
}

/// The sizes of film and page. A page that has one of its own is drawn with as many pixels each way as the film has of them.
fn sizes(config: &Map<String, Value>, order: &mut Map<String, Value>) -> Result<Page, ApiError> {
    let (resolution, viewport) = (resolution(config)?, viewport(config)?);
    let Some((across, down)) = viewport else {
        if let Some((width, height)) = resolution {
            order.insert("width".to_owned(), width.into());
            order.insert("height".to_owned(), height.into());
        }
        return Ok(Page::FitsIn);
    };
    let usual = if said(config, "quality") == Some(&json!("ultra")) {
        2
    } else {
        1
    };
    let (width, height) = resolution.unwrap_or((across * usual, down * usual));
    let scale = width / across;
    if !(1..=4).contains(&scale) || (across * scale, down * scale) != (width, height) {
        let sentence = format!(
            "recording_config.viewport_width: a page of {across} × {down} does not fill a film of {width} × {height}; it does when the film has 1, 2, 3 or 4 times as many pixels each way."
        );
        return Err(bad(&sentence));
    }
    for (name, value) in [("width", width), ("height", height), ("scale", scale)] {
        order.insert(name.to_owned(), value.into());
    }
    Ok(Page::FillsTheFilm)
}

fn resolution(config: &Map<String, Value>) -> Result<Option<(u32, u32)>, ApiError> {
    let Some(size) = said(config, "resolution") else {
        return Ok(None);
    };
    let sides = size.as_str().and_then(|text| text.split_once('x'));
    let sides = sides
        .and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)))
        .filter(|(width, height): &(u32, u32)| (*width).max(*height) <= LARGEST)
        .ok_or_else(|| {
            let sentence = format!(
                "recording_config.resolution: {size} is none; write 1920x1080, with {LARGEST} pixels at most each way."
            );
            bad(&sentence)
        })?;
    Ok(Some(sides))
}

fn viewport(config: &Map<String, Value>) -> Result<Option<(u32, u32)>, ApiError> {
    let side = |name: &str| {
        let Some(value) = said(config, name) else {
            return Ok(None);
        };
        let pixels = value.as_u64().and_then(|pixels| u32::try_from(pixels).ok());
        let pixels = pixels.filter(|pixels| (1..=LARGEST).contains(pixels));
        pixels.map(Some).ok_or_else(|| {
            let sentence =
                format!("recording_config.{name}: {value} is none of 1 to {LARGEST} pixels.");
            bad(&sentence)
        })
    };
    match (side("viewport_width")?, side("viewport_height")?) {
        (None, None) => Ok(None),
        (Some(width), Some(height)) => Ok(Some((width, height))),
        (None, _) => Err(bad(
            "recording_config.viewport_width: it is needed beside viewport_height.",
        )),
        (_, None) => Err(bad(
            "recording_config.viewport_height: it is needed beside viewport_width.",
        )),
    }
}

pub(super) fn bad(sentence: &str) -> ApiError {
    ApiError::new(StatusCode::BAD_REQUEST, "invalid_config", sentence)
}

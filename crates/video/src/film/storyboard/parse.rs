//! From text to a storyboard. Every problem is named with its place.

use std::time::Duration;

use serde_json::{Map, Value};

use super::aim::Aim;
use super::document::{
    Action, Click, Goto, Highlight, Pause, Scroll, Step, Storyboard, Tab, Title, Type, Wait, Zoom,
};
use super::target::Target;
use super::{legacy, sections, span};
use crate::film::look::Look;
use crate::film::pace::Pace;
use crate::sound::Soundtrack;

/// Bytes of a storyboard.
const LARGEST: usize = 1 << 20;
/// Steps of a storyboard.
const MOST_STEPS: usize = 1000;

/// What a step may do, in the words of the document.
const ACTIONS: [&str; 12] = [
    "wait",
    "scroll",
    "hover",
    "click",
    "type",
    "highlight",
    "zoom",
    "caption",
    "chapter",
    "pause",
    "goto",
    "tab",
];

/// A text that is no storyboard.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{problem}", if .place.is_empty() { String::new() } else { format!("{place}: ") })]
pub struct StoryboardError {
    /// Where: "steps[3].click"; empty for the whole document.
    pub place: String,
    /// What is wrong and what is right.
    pub problem: String,
}

impl StoryboardError {
    pub(super) fn new(place: impl Into<String>, problem: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            problem: problem.into(),
        }
    }
}

impl Storyboard {
    /// Reads YAML or JSON.
    ///
    /// # Errors
    /// Says where and what.
    pub fn parse(text: &str) -> Result<Self, StoryboardError> {
        let whole = |problem: String| StoryboardError::new("", problem);
        if text.len() > LARGEST {
            return Err(whole(format!("a storyboard has at most {LARGEST} bytes")));
        }
        let text = text.trim_start_matches('\u{feff}');
        let value: Value = if text.trim_start().starts_with('{') {
            serde_json::from_str(text).map_err(|error| whole(error.to_string()))?
        } else {
            serde_saphyr::from_str(text).map_err(|error| whole(error.to_string()))?
        };
        Self::from_value(value)
    }

    /// Reads a document that is already a tree.
    ///
    /// # Errors
    /// Says where and what.
    pub fn from_value(value: Value) -> Result<Self, StoryboardError> {
        let Value::Object(mut fields) = value else {
            return Err(StoryboardError::new(
                "",
                "a storyboard has fields: url, title, steps",
            ));
        };
        let title = title(&mut fields)?;
        let url = text(&mut fields, "url")?;
        let seed = match fields.remove("seed") {
            None | Some(Value::Null) => 0,
            Some(value) => value
                .as_u64()
                .ok_or_else(|| StoryboardError::new("seed", "a seed is a whole number"))?,
        };
        let look = match fields.remove("look") {
            None | Some(Value::Null) => None,
            Some(value) => Some(look(value)?),
        };
        let pace = match fields.remove("pace") {
            None | Some(Value::Null) => None,
            Some(value) => Some(pace(&value)?),
        };
        let sound = match fields.remove("sound") {
            None | Some(Value::Null) => None,
            Some(value) => Some(sound(value)?),
        };
        let length = time(&mut fields, "length", "length")?;
        let (steps, until) = steps(&mut fields)?;
        Ok(Self {
            title,
            url,
            seed,
            look,
            pace,
            sound,
            length: length.or(until),
            steps,
            extra: fields,
        })
    }
}

/// The steps, from whichever list there is, and how long a script with times of its own is.
fn steps(
    fields: &mut Map<String, Value>,
) -> Result<(Vec<Step>, Option<Duration>), StoryboardError> {
    let listed = ["steps", "interactions", "sections"]
        .into_iter()
        .find_map(|name| Some((name, fields.remove(name)?)));
    let Some((name, values)) = listed else {
        return Ok((Vec::new(), None));
    };
    let Value::Array(values) = values else {
        return Err(StoryboardError::new(name, "steps are a list"));
    };
    let too_many = || {
        let problem = format!("a storyboard has at most {MOST_STEPS} steps");
        Err(StoryboardError::new(name, problem))
    };
    if values.len() > MOST_STEPS {
        return too_many();
    }
    let clicks = legacy::Clicks::of(fields)?;
    let mut steps = Vec::new();
    let mut until = Duration::ZERO;
    for (index, value) in values.into_iter().enumerate() {
        let place = format!("{name}[{index}]");
        let Value::Object(fields) = value else {
            return Err(StoryboardError::new(place, one_of()));
        };
        match name {
            "steps" => steps.push(step(&place, fields)?),
            "interactions" => steps.push(legacy::step(&place, fields, clicks)?),
            _ => until += sections::read(&place, fields, (until, clicks), &mut steps)?,
        }
    }
    if steps.len() > MOST_STEPS {
        return too_many();
    }
    Ok((steps, (!until.is_zero()).then_some(until)))
}

/// A time by its name; `place` is where it stands.
pub(super) fn time(
    fields: &mut Map<String, Value>,
    name: &str,
    place: &str,
) -> Result<Option<Duration>, StoryboardError> {
    match fields.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => span::read(&value)
            .map(Some)
            .map_err(|problem| StoryboardError::new(place, problem)),
    }
}

fn sound(value: Value) -> Result<Soundtrack, StoryboardError> {
    let sound: Soundtrack = serde_path_to_error::deserialize(value).map_err(|error| {
        StoryboardError::new(format!("sound.{}", error.path()), error.inner().to_string())
    })?;
    match sound.check() {
        Ok(()) => Ok(sound),
        Err(problem) => Err(StoryboardError::new("sound.musicVolume", problem)),
    }
}

fn one_of() -> String {
    format!("a step is one of {}", ACTIONS.join(", "))
}

fn text(
    fields: &mut Map<String, Value>,
    name: &'static str,
) -> Result<Option<String>, StoryboardError> {
    match fields.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(other) => Err(StoryboardError::new(name, format!("{other} is no text"))),
    }
}

fn look(value: Value) -> Result<Look, StoryboardError> {
    let look: Look = serde_path_to_error::deserialize(value).map_err(|error| {
        StoryboardError::new(format!("look.{}", error.path()), error.inner().to_string())
    })?;
    if let Some((field, problem)) = look.problem() {
        return Err(StoryboardError::new(format!("look.{field}"), problem));
    }
    Ok(look)
}

fn pace(value: &Value) -> Result<Pace, StoryboardError> {
    Pace::read(value).map_err(|(field, problem)| match field {
        "" => StoryboardError::new("pace", problem),
        field => StoryboardError::new(format!("pace.{field}"), problem),
    })
}

fn title(fields: &mut Map<String, Value>) -> Result<Option<Title>, StoryboardError> {
    let (text, subtitle, duration) = match fields.remove("title") {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) => (text, None, None),
        Some(Value::Object(mut inner)) => {
            let wrong = |error: StoryboardError| StoryboardError::new("title", error.to_string());
            let own = self::text(&mut inner, "text").map_err(wrong)?;
            let own = own.ok_or_else(|| StoryboardError::new("title", "it has no text"))?;
            let subtitle = self::text(&mut inner, "subtitle").map_err(wrong)?;
            let duration = inner.remove("duration");
            let duration = duration
                .map(|value| span::read(&value))
                .transpose()
                .map_err(|problem| StoryboardError::new("title.duration", problem))?;
            if let Some(name) = inner.keys().next() {
                return Err(StoryboardError::new(
                    "title",
                    format!("{name:?} is none of text, subtitle, duration"),
                ));
            }
            (own, subtitle, duration)
        }
        Some(other) => {
            return Err(StoryboardError::new(
                "title",
                format!("{other} is no title"),
            ));
        }
    };
    // A subtitle may stand beside a title of one line too.
    let subtitle = match subtitle {
        Some(subtitle) => Some(subtitle),
        None => self::text(fields, "subtitle")?,
    };
    Ok(Some(Title {
        text,
        subtitle,
        duration,
    }))
}

fn step(place: &str, mut fields: Map<String, Value>) -> Result<Step, StoryboardError> {
    let wrong = |problem: String| StoryboardError::new(place, problem);
    let mut named: Vec<&str> = ACTIONS
        .into_iter()
        .filter(|name| fields.contains_key(*name))
        .collect();
    // Words may go with everything else, and a box with a click.
    if named.len() > 1 {
        let is_click = named.contains(&"click");
        named.retain(|name| *name != "caption" && !(is_click && *name == "highlight"));
    }
    let name = match named[..] {
        [name] => name,
        [] => return Err(wrong(one_of())),
        _ => {
            let both = named.join(" and ");
            return Err(wrong(format!("a step does one thing, this one has {both}")));
        }
    };
    let value = fields.remove(name).unwrap_or(Value::Null);
    let at = time(&mut fields, "at", &format!("{place}.at"))?;
    let duration = time(&mut fields, "duration", &format!("{place}.duration"))?;
    let action = action(name, &value, &mut fields)
        .map_err(|problem| StoryboardError::new(format!("{place}.{name}"), problem))?;
    let caption = text(&mut fields, "caption")
        .map_err(|error| StoryboardError::new(format!("{place}.caption"), error.problem))?;
    Ok(Step {
        action,
        caption,
        at,
        duration,
        extra: fields,
    })
}

fn action(name: &str, value: &Value, beside: &mut Map<String, Value>) -> Result<Action, String> {
    let words = || match value {
        Value::String(text) if !text.trim().is_empty() => Ok(text.clone()),
        other => Err(format!("{other} is no text")),
    };
    Ok(match name {
        "wait" => Action::Wait(match value {
            Value::Object(map) if map.len() == 1 && map.contains_key("for") => {
                Wait::Element(Target::read(&map["for"])?)
            }
            other => Wait::Time(span::read(other)?),
        }),
        "scroll" => Action::Scroll(scroll(value)?),
        "hover" => Action::Hover(Aim::read(value)?),
        "click" => Action::Click(Click {
            target: Aim::read(value)?,
            highlight: match beside.remove("highlight") {
                None => false,
                Some(Value::Bool(wanted)) => wanted,
                Some(other) => return Err(format!("highlight is true or false, not {other}")),
            },
        }),
        "type" => Action::Type(Type {
            text: words()?,
            into: match beside.remove("into") {
                Some(target) => Target::read(&target)?,
                None => return Err("say into which field: into: \"#name\"".to_owned()),
            },
        }),
        "highlight" => Action::Highlight(Highlight(Target::read(value)?)),
        "zoom" => Action::Zoom(match value {
            Value::String(word) if word == "out" => Zoom::Out,
            target => Zoom::On(Target::read(target)?, factor(beside.remove("factor"))?),
        }),
        "caption" => Action::Caption(words()?),
        "chapter" => Action::Chapter(words()?),
        "pause" => Action::Pause(Pause(span::read(value)?)),
        "goto" => Action::Goto(Goto(words()?)),
        "tab" => Action::Tab(tab(value)?),
        other => return Err(format!("{other} is not known")),
    })
}

fn tab(value: &Value) -> Result<Tab, String> {
    let number = value
        .as_u64()
        .and_then(|number| usize::try_from(number).ok());
    match (value.as_str(), number) {
        (Some("close"), _) => Ok(Tab::Close),
        (_, Some(number)) if number > 0 => Ok(Tab::Number(number)),
        _ => Err(format!(
            "{value} is neither close nor a tab's number, from 1"
        )),
    }
}

fn factor(value: Option<Value>) -> Result<Option<f64>, String> {
    match value.as_ref().map(Value::as_f64) {
        None => Ok(None),
        Some(Some(factor)) if (1.0..=4.0).contains(&factor) => Ok(Some(factor)),
        Some(_) => Err("a factor is a number from 1 to 4".to_owned()),
    }
}

fn scroll(value: &Value) -> Result<Scroll, String> {
    let far = |value: &Value| {
        value
            .as_f64()
            .filter(|far| far.is_finite() && far.abs() <= 1e6)
            .ok_or_else(|| format!("{value} is no number of pixels"))
    };
    match value {
        Value::Number(_) => far(value).map(Scroll::By),
        Value::String(word) if word == "top" => Ok(Scroll::Top),
        Value::String(word) if word == "bottom" => Ok(Scroll::Bottom),
        Value::Object(map) if map.len() == 1 && map.contains_key("by") => {
            far(&map["by"]).map(Scroll::By)
        }
        Value::Object(map) if map.len() == 1 && map.contains_key("to") => match &map["to"] {
            Value::String(word) if word == "top" => Ok(Scroll::Top),
            Value::String(word) if word == "bottom" => Ok(Scroll::Bottom),
            number @ Value::Number(_) => far(number).map(Scroll::Position),
            target => Target::read(target).map(Scroll::To),
        },
        target => Target::read(target).map(Scroll::To),
    }
}

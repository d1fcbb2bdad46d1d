//! How fast things are done in a film.

use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::film::storyboard::{read_duration, write_duration};

/// CSS pixels a second: slower is no scrolling, faster is a jump.
const SPEEDS: (f64, f64) = (50.0, 20_000.0);
/// Between two steps nobody waits longer.
const LONGEST: Duration = Duration::from_secs(10);

/// How fast things are done; as a person would where it says nothing. In documents `{ scrollSpeed: 600, between: 1s }`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Pace {
    /// CSS pixels a second.
    pub scroll_speed: Option<f64>,
    /// Between two steps.
    pub between: Option<Duration>,
}

impl Pace {
    /// Reads it from a document.
    ///
    /// # Errors
    /// Names the field, empty for all of it, and says what would be right.
    pub fn read(value: &Value) -> Result<Self, (&'static str, String)> {
        let Value::Object(fields) = value else {
            let problem = format!("{value} is no pace: it has scrollSpeed and between");
            return Err(("", problem));
        };
        let is_known = |name: &&String| matches!(name.as_str(), "scrollSpeed" | "between");
        if let Some(name) = fields.keys().find(|name| !is_known(name)) {
            return Err(("", format!("{name:?} is none of scrollSpeed, between")));
        }
        let said = |name: &str| fields.get(name).filter(|value| !value.is_null());
        Ok(Self {
            scroll_speed: said("scrollSpeed").map(speed).transpose()?,
            between: said("between").map(between).transpose()?,
        })
    }

    /// What this one says; where it says nothing, what `other` does.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            scroll_speed: self.scroll_speed.or(other.scroll_speed),
            between: self.between.or(other.between),
        }
    }

    /// As documents have it.
    pub(crate) fn write(self) -> Value {
        let mut fields = Map::new();
        if let Some(speed) = self.scroll_speed {
            fields.insert("scrollSpeed".to_owned(), json!(speed));
        }
        if let Some(between) = self.between {
            fields.insert("between".to_owned(), write_duration(between));
        }
        Value::Object(fields)
    }
}

fn speed(value: &Value) -> Result<f64, (&'static str, String)> {
    let (least, most) = SPEEDS;
    let speed = value
        .as_f64()
        .filter(|speed| (least..=most).contains(speed));
    speed.ok_or_else(|| {
        let problem = format!("{value} is none of {least} to {most} CSS pixels a second");
        ("scrollSpeed", problem)
    })
}

fn between(value: &Value) -> Result<Duration, (&'static str, String)> {
    let time = read_duration(value).map_err(|problem| ("between", problem))?;
    if time > LONGEST {
        let problem = format!("{value} is longer than {} s", LONGEST.as_secs());
        return Err(("between", problem));
    }
    Ok(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pace_is_read_as_it_is_written_and_what_makes_no_sense_names_its_field() {
        let slow = Pace {
            scroll_speed: Some(250.0),
            between: Some(Duration::from_millis(1200)),
        };
        for pace in [Pace::default(), slow] {
            assert_eq!(Pace::read(&pace.write()), Ok(pace));
        }
        for (written, field) in [
            (json!(7), ""),
            (json!({ "speed": 1 }), ""),
            (json!({ "scrollSpeed": 0 }), "scrollSpeed"),
            (json!({ "scrollSpeed": "fast" }), "scrollSpeed"),
            (json!({ "between": "11s" }), "between"),
            (json!({ "between": "soon" }), "between"),
        ] {
            assert_eq!(Pace::read(&written).unwrap_err().0, field, "{written}");
        }
    }
}

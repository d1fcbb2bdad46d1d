//! How long something takes, as people write it.

use std::time::Duration;

use serde_json::Value;

/// The longest that anything in a film may take.
const LONGEST: f64 = 600_000.0;

/// Milliseconds, or a number with its unit: 1500, "1.5s", "500ms", "1m".
///
/// # Errors
/// Says how durations are written.
pub fn read(value: &Value) -> Result<Duration, String> {
    let milliseconds = match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => with_unit(text),
        _ => None,
    };
    match milliseconds {
        Some(number) if (0.0..=LONGEST).contains(&number) => {
            Ok(Duration::from_secs_f64(number / 1000.0))
        }
        Some(_) => Err("a duration is between 0 and 10 minutes".to_owned()),
        None => Err(format!(
            "{value} is no duration: write milliseconds, or a number with its unit, \"1.5s\" or \"500ms\""
        )),
    }
}

fn with_unit(text: &str) -> Option<f64> {
    let text = text.trim();
    let digits = text
        .find(|character: char| !character.is_ascii_digit() && character != '.')
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let factor = match unit.trim() {
        "" | "ms" => 1.0,
        "s" => 1000.0,
        "m" | "min" => 60_000.0,
        _ => return None,
    };
    Some(number.parse::<f64>().ok()? * factor)
}

/// As it is written into a storyboard.
pub(crate) fn write(duration: Duration) -> Value {
    let milliseconds = duration.as_secs_f64() * 1000.0;
    if milliseconds.fract() == 0.0 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a whole number of at most ten minutes"
        )]
        let whole = milliseconds as u64;
        return whole.into();
    }
    milliseconds.into()
}

//! Takes the fields of a job one by one; what is wrong with one is said with its name.

use serde_json::{Map, Value};

/// A job that cannot be rendered.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// It is no JSON.
    #[error("the job is not JSON")]
    Json(#[source] serde_json::Error),
    /// It is JSON and no object.
    #[error("the job is {0}, where an object is needed")]
    NoObject(&'static str),
    /// It is too large to be read.
    #[error("the job has {bytes} bytes; at most {most} are read")]
    TooLarge {
        /// What it has.
        bytes: usize,
        /// What it may have.
        most: usize,
    },
    /// One of its fields makes no sense.
    #[error("{field}: {problem}")]
    Field {
        /// Its name: "width", "context.variables".
        field: &'static str,
        /// What is wrong and what would be right.
        problem: String,
    },
}

impl JobError {
    pub(super) fn field(field: &'static str, problem: impl Into<String>) -> Self {
        Self::Field {
            field,
            problem: problem.into(),
        }
    }
}

/// The fields that nobody has taken yet.
pub(super) struct Fields(pub(super) Map<String, Value>);

impl Fields {
    /// What a field holds; `null` counts as left out.
    pub(super) fn take(&mut self, name: &str) -> Option<Value> {
        self.0.shift_remove(name).filter(|value| !value.is_null())
    }

    pub(super) fn text(&mut self, name: &'static str) -> Result<Option<String>, JobError> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(other) => Err(wrong(name, "text", &other)),
        }
    }

    pub(super) fn flag(&mut self, name: &'static str) -> Result<bool, JobError> {
        match self.take(name) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(flag),
            Some(other) => Err(wrong(name, "true or false", &other)),
        }
    }

    /// A number from `least` to `most`.
    pub(super) fn number(
        &mut self,
        name: &'static str,
        least: f64,
        most: f64,
    ) -> Result<Option<f64>, JobError> {
        let number = match self.take(name) {
            None => return Ok(None),
            Some(value) => value
                .as_f64()
                .ok_or_else(|| wrong(name, "a number", &value))?,
        };
        if (least..=most).contains(&number) {
            Ok(Some(number))
        } else {
            Err(JobError::field(
                name,
                format!("{number} is not between {least} and {most}"),
            ))
        }
    }

    /// A whole number from `least` to `most`.
    pub(super) fn count(
        &mut self,
        name: &'static str,
        least: u32,
        most: u32,
    ) -> Result<Option<u32>, JobError> {
        let Some(number) = self.number(name, f64::from(least), f64::from(most))? else {
            return Ok(None);
        };
        if number.fract() != 0.0 {
            return Err(JobError::field(
                name,
                format!("{number} is not a whole number"),
            ));
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is whole and between two numbers of this type"
        )]
        Ok(Some(number as u32))
    }

    /// Milliseconds, or text with a unit: 2000, "2000ms", "2s", "1.5 s", "1m".
    pub(super) fn milliseconds(&mut self, name: &'static str) -> Result<Option<f64>, JobError> {
        let milliseconds = match self.take(name) {
            None => return Ok(None),
            Some(Value::String(text)) => with_unit(&text),
            Some(Value::Number(number)) => number.as_f64(),
            Some(other) => return Err(wrong(name, "a duration", &other)),
        };
        match milliseconds {
            Some(number) if number.is_finite() && number > 0.0 => Ok(Some(number)),
            _ => Err(JobError::field(
                name,
                "write milliseconds, or a number with its unit: \"2s\", \"500ms\"",
            )),
        }
    }
}

pub(super) fn wrong(name: &'static str, wanted: &str, found: &Value) -> JobError {
    JobError::field(name, format!("{} where {wanted} is needed", kind_of(found)))
}

pub(super) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn with_unit(text: &str) -> Option<f64> {
    let text = text.trim();
    let digits = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let number: f64 = number.parse().ok()?;
    let factor = match unit.trim() {
        "" | "ms" => 1.0,
        "s" => 1000.0,
        "m" | "min" => 60_000.0,
        _ => return None,
    };
    Some(number * factor)
}

//! A moment, kept as microseconds since 1970 in UTC.
//!
//! One integer orders, compares and survives the same way on every database; the databases' own timestamp types do not
//! (whole seconds here, a limit in 2038 there). Towards people and programs it is RFC 3339 with milliseconds.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use sea_orm::DeriveValueType;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A moment in UTC, exact to the microsecond.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveValueType, utoipa::ToSchema)]
#[schema(value_type = String, format = DateTime, examples("2026-11-02T09:30:00.250Z"))]
pub struct Time(i64);

impl Time {
    /// The clock of this machine, now.
    #[must_use]
    pub fn now() -> Self {
        Self(jiff::Timestamp::now().as_microsecond())
    }

    /// From microseconds since 1970.
    #[must_use]
    pub fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since 1970.
    #[must_use]
    pub fn as_micros(self) -> i64 {
        self.0
    }

    /// This moment, `by` later.
    #[must_use]
    pub fn plus(self, by: Duration) -> Self {
        Self(self.0.saturating_add(micros(by)))
    }

    /// This moment, `by` earlier.
    #[must_use]
    pub fn minus(self, by: Duration) -> Self {
        Self(self.0.saturating_sub(micros(by)))
    }

    /// How long after `earlier` this moment is; zero when it is not after it.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_micros(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// The moment in a form that may stand in a file name: `20261102T093000.250Z`.
    #[must_use]
    pub fn for_file_name(self) -> String {
        self.timestamp().strftime("%Y%m%dT%H%M%S.%3fZ").to_string()
    }

    fn timestamp(self) -> jiff::Timestamp {
        // Out of jiff's range (year 9999) means a damaged value: show the end of the range instead of failing.
        jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::MAX)
    }
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

impl From<jiff::Timestamp> for Time {
    fn from(value: jiff::Timestamp) -> Self {
        Self(value.as_microsecond())
    }
}

impl From<std::time::SystemTime> for Time {
    fn from(value: std::time::SystemTime) -> Self {
        let since = value
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap_or_default();
        Self(micros(since))
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.timestamp().strftime("%Y-%m-%dT%H:%M:%S.%3fZ"))
    }
}

impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Time {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse::<jiff::Timestamp>().map(Self::from)
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::Time;

    #[test]
    fn a_time_is_written_with_milliseconds_and_read_back() {
        let time = Time::from_micros(1_793_612_400_250_000);
        let text = time.to_string();
        assert!(text.ends_with(".250Z"), "{text}");
        assert_eq!(text.parse::<Time>().unwrap(), time);
    }

    #[test]
    fn a_time_in_a_file_name_has_no_separator_that_a_file_system_refuses() {
        assert_eq!(Time::from_micros(0).for_file_name(), "19700101T000000.000Z");
    }
}

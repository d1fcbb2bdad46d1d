//! Moments as RFC 3339 text in UTC with milliseconds.

use std::time::SystemTime;

use jiff::{Timestamp, Unit};
use serde::{Deserialize, Deserializer, Serializer, de::Error as _};

/// The moment as text; one outside what a calendar can say becomes the epoch.
pub(crate) fn text(at: SystemTime) -> String {
    let stamp = Timestamp::try_from(at).unwrap_or(Timestamp::UNIX_EPOCH);
    format!("{:.3}", stamp.round(Unit::Millisecond).unwrap_or(stamp))
}

pub(crate) fn serialize<S: Serializer>(at: &SystemTime, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&text(*at))
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<SystemTime, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse::<Timestamp>()
        .map(SystemTime::from)
        .map_err(D::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn moments_are_written_in_utc_with_milliseconds() {
        assert_eq!(
            text(SystemTime::UNIX_EPOCH + Duration::from_millis(1_500)),
            "1970-01-01T00:00:01.500Z"
        );
    }
}

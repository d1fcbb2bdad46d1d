//! Moments as viewers read them: RFC 3339 in UTC with milliseconds.

use std::time::SystemTime;

use jiff::{Timestamp, Unit};

pub(crate) fn text(at: SystemTime) -> String {
    let stamp = Timestamp::try_from(at).unwrap_or(Timestamp::UNIX_EPOCH);
    format!("{:.3}", stamp.round(Unit::Millisecond).unwrap_or(stamp))
}

//! Numbers of the document: read as `f64`, written without a fraction when they have none.

use serde::{Serialize, Serializer};

/// The largest whole number that an `f64` holds exactly.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Writes `1200.0` as `1200`, the way the recorder wrote it.
pub(crate) fn tidy<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    if value.fract() == 0.0 && value.abs() < EXACT {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "whole and within the exact range"
        )]
        serializer.serialize_i64(*value as i64)
    } else {
        serializer.serialize_f64(*value)
    }
}

/// [`tidy`] for a number that may be missing.
pub(crate) fn tidy_option<S: Serializer>(
    value: &Option<f64>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => tidy(value, serializer),
        None => Option::<f64>::None.serialize(serializer),
    }
}

//! What happened, in order.

use crate::Time;

/// Something that happened to a subject.
#[derive(Clone, Debug)]
pub struct Event {
    /// Counts from 1 within the subject, without gaps.
    pub seq: i64,
    /// For example `step.finished`.
    pub kind: String,
    /// When it happened.
    pub at: Time,
    /// What there is to say.
    pub payload: serde_json::Value,
}

//! The event log.

use serde::{Deserialize, Serialize};
use store::Time;
use utoipa::{IntoParams, ToSchema};

/// Something that happened to a session or a run.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Event {
    /// Counts from 1 within the subject, without gaps.
    pub(crate) seq: i64,
    /// For example `step.finished`, `console`, `network`.
    pub(crate) kind: String,
    pub(crate) at: Time,
    /// What there is to say; its shape depends on the kind.
    #[schema(value_type = Object)]
    pub(crate) payload: serde_json::Value,
}

impl From<store::Event> for Event {
    fn from(event: store::Event) -> Self {
        Self {
            seq: event.seq,
            kind: event.kind,
            at: event.at,
            payload: event.payload,
        }
    }
}

/// Which events are wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct EventFilter {
    /// Only this kind.
    pub(crate) kind: Option<String>,
    /// Only those after this sequence number.
    pub(crate) after: Option<i64>,
    /// At most so many, 1 to 1000.
    #[param(minimum = 1, maximum = 1000, default = 200)]
    pub(crate) limit: Option<u64>,
}

//! How long files stay: films', and outputs of renders.

use serde::{Deserialize, Serialize};
use store::{Expiry, RoomTotals, Time};
use utoipa::ToSchema;
use work::Rule;

/// When files were removed, and why.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Expired {
    pub(crate) at: Time,
    pub(crate) why: Expiry,
}

/// What may be changed of what is made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ChangeKept {
    /// Whether it is kept for good.
    pub(crate) pinned: bool,
}

/// The room that is taken, and how long things stay.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Storage {
    /// Bytes of their files.
    pub(crate) bytes: u64,
    /// Bytes of those that are kept for good.
    pub(crate) pinned_bytes: u64,
    /// Bytes of those that were deleted.
    pub(crate) deleted_bytes: u64,
    /// Bytes that they may take in all; as many as there are when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) most_bytes: Option<u64>,
    /// Milliseconds that one stays; for ever when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) kept_ms: Option<u64>,
}

impl From<store::Expired> for Expired {
    fn from(expired: store::Expired) -> Self {
        Self {
            at: expired.at,
            why: expired.why,
        }
    }
}

impl Storage {
    /// What is taken where things stay so long.
    pub(crate) fn of(totals: RoomTotals, rule: Rule) -> Self {
        let kept = rule.stay.map(|stay| stay.as_millis());
        Self {
            bytes: totals.bytes,
            pinned_bytes: totals.pinned_bytes,
            deleted_bytes: totals.deleted_bytes,
            most_bytes: rule.room,
            kept_ms: kept.and_then(|kept| u64::try_from(kept).ok()),
        }
    }
}

//! How deliveries went since the process began, for metrics.

use std::sync::atomic::{AtomicU64, Ordering};

/// How deliveries went since the process began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Files that were stored.
    pub stored: u64,
    /// Files that the storage did not take.
    pub not_stored: u64,
    /// Files that were fetched back and found right.
    pub verified: u64,
    /// Files that were stored and never seen right.
    pub not_verified: u64,
    /// How often public addresses were fetched.
    pub fetches: u64,
}

#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) stored: AtomicU64,
    pub(crate) not_stored: AtomicU64,
    pub(crate) verified: AtomicU64,
    pub(crate) not_verified: AtomicU64,
    pub(crate) fetches: AtomicU64,
}

impl Counters {
    pub(crate) fn read(&self) -> Counts {
        let of = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Counts {
            stored: of(&self.stored),
            not_stored: of(&self.not_stored),
            verified: of(&self.verified),
            not_verified: of(&self.not_verified),
            fetches: of(&self.fetches),
        }
    }
}

pub(crate) fn add(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

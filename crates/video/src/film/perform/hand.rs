//! What is remembered of whoever performs.

use browser::PageId;

use crate::film::filmed::{Chapter, Performed};

/// The state of the hand and of the eye, and what has been done.
pub(super) struct Hand {
    /// Where the pointer is, in CSS pixels; nothing before it has entered.
    pub(super) at: Option<(f64, f64)>,
    pub(super) chance: fastrand::Rng,
    /// The page of which the script itself has said where to look.
    pub(super) held_near: Option<PageId>,
    pub(super) chapters: Vec<Chapter>,
    pub(super) steps: Vec<Performed>,
}

impl Hand {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            at: None,
            chance: fastrand::Rng::with_seed(seed),
            held_near: None,
            chapters: Vec::new(),
            steps: Vec::new(),
        }
    }
}

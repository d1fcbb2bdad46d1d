//! What is remembered of whoever performs.

use crate::film::filmed::{Chapter, Performed};

/// The state of the hand and of the eye, and what has been done.
pub(super) struct Hand {
    /// Where the pointer is, in CSS pixels; nothing before it has entered.
    pub(super) at: Option<(f64, f64)>,
    pub(super) chance: fastrand::Rng,
    /// The script itself has said where to look.
    pub(super) is_held_near: bool,
    pub(super) chapters: Vec<Chapter>,
    pub(super) steps: Vec<Performed>,
    /// The address that the window's bar shows.
    pub(super) address: String,
}

impl Hand {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            at: None,
            chance: fastrand::Rng::with_seed(seed),
            is_held_near: false,
            chapters: Vec::new(),
            steps: Vec::new(),
            address: String::new(),
        }
    }
}

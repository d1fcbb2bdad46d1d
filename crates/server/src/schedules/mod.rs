//! When runs begin again and again: asked for, told of, and begun.

mod asking;
mod scheduler;
mod told;
mod turns;

pub(crate) use asking::{change, create, moments, restore};
pub use scheduler::{Scheduler, start};
pub(crate) use told::{described, described_all};
pub(crate) use turns::run_now;

/// So many of the moments to come are told.
const TOLD: usize = 5;

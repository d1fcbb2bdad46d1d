//! How large jobs may be. A renderer is a shared machine: what is refused here never reaches a browser.

use std::time::Duration;

/// Bytes of a job, its code included.
pub const LARGEST_JOB: usize = 16 << 20;
/// CSS pixels of one side.
pub const LARGEST_SIDE: u32 = 8192;
/// Pixels of one frame: a little more than 8K has.
pub const LARGEST_PICTURE: u64 = 36_000_000;
/// Frames of a film, and the latest that a picture may show: ten minutes at 60 a second.
pub const MOST_FRAMES: u32 = 36_000;
/// Pages that draw a film at once: each needs about two cores, and memory of its own.
pub const MOST_PAGES: u32 = 8;
/// Bytes of what is made.
pub const MOST_OUTPUT: u64 = 2 << 30;
/// The default for the bytes of what is made.
pub(super) const USUAL_OUTPUT: u64 = 512 << 20;
/// The shortest time limit: less is a mistake in the unit.
pub const SHORTEST_TIME_LIMIT: Duration = Duration::from_millis(100);
/// The longest time limit.
pub const LONGEST_TIME_LIMIT: Duration = Duration::from_secs(3600);
/// The time limit of a job that names none.
pub const USUAL_TIME_LIMIT: Duration = Duration::from_secs(300);
/// The least processor time that a job can be held to.
pub(super) const LEAST_CPU: Duration = Duration::from_secs(1);
/// The fewest bytes of memory that a job can be held to.
pub const LEAST_MEMORY: u64 = 256 << 20;
/// GIF counts in hundredths of a second, and viewers slow down what takes less than two.
pub(super) const FASTEST_GIF: f64 = 50.0;
/// Frames a second.
pub(super) const FASTEST: f64 = 120.0;

//! Films: what is asked for, and what of it can be filmed.

mod from_recording;

pub use from_recording::{Filmable, NotFilmable, storyboard_of};

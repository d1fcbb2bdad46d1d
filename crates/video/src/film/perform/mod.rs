//! Performs on a page as a person would, and tells the film about it.

mod find;
mod guest;
mod hand;
mod moving;
mod path;
mod performer;
mod reply;
mod scroll;
mod steps;
mod time;
mod typing;

pub use performer::Performer;
pub(crate) use performer::Stagecraft;
pub(crate) use steps::perform;
pub(crate) use time::Time;

//! Takes render jobs from a list in Redis and answers them. Its keys, invariants and traps are in README.md.

mod alive;
mod answer;
mod config;
mod dead;
mod error;
mod held;
mod intake;
mod keys;
mod link;
mod message;
mod perform;
mod reclaim;
mod watch;

pub use answer::JobResult;
pub use config::Config;
pub use error::{ConfigError, IntakeError};
pub use intake::Intake;
pub use watch::{Lists, State, Watch};

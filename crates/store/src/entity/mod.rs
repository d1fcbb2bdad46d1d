//! One entity per table. Nothing here leaves the crate.

#![expect(
    unreachable_pub,
    reason = "the derives write public items into this private module"
)]

pub(crate) mod artifacts;
pub(crate) mod auth_sessions;
pub(crate) mod baselines;
pub(crate) mod errors;
pub(crate) mod events;
pub(crate) mod films;
pub(crate) mod jobs;
pub(crate) mod one_time_tokens;
pub(crate) mod pictures;
pub(crate) mod recording_revisions;
pub(crate) mod recording_tags;
pub(crate) mod recordings;
pub(crate) mod renders;
pub(crate) mod run_steps;
pub(crate) mod runs;
pub(crate) mod schedules;
pub(crate) mod sessions;
pub(crate) mod sounds;
pub(crate) mod users;

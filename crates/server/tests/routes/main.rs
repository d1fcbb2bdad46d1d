//! The API through its public door: one file per endpoint, the same tree as `src/routes`.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot go on fails the test, as the test itself would"
)]

mod artifacts;
mod auth;
mod compat;
mod errors;
mod films;
mod guard;
mod openapi;
mod pictures;
mod recordings;
mod renders;
mod runs;
mod schedules;
mod sessions;
mod sounds;
mod support;
mod system;

//! The store through its public door, on a data folder of its own for each test.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot go on fails the test, as the test itself would"
)]

mod artifacts;
mod errors;
mod events;
mod recordings;
mod runs;
mod schedules;
mod schema;
mod support;

//! Jobs from a real Redis, rendered by real browsers, answered.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot go on fails the test, as the test itself would"
)]

mod dead_letters;
mod lost_workers;
mod redis_server;
mod results;
mod studio;

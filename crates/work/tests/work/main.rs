//! The queue and its workers through their public door.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot go on fails the test, as the test itself would"
)]

mod films;
mod queue;
mod render_retention;
mod renders;
mod retention;
mod support;
mod udp;

//! The live view over real WebSockets: a server on a port, a browser behind it, viewers that connect.
#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

mod doors;
mod snapshots;
mod stalled;
mod support;
mod working;

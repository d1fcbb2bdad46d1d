//! Code to pictures and films, through the crate's own door, in the real browser and with the real encoder.

#![expect(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod addresses;
mod fast;
mod films;
mod graphics;
mod guards;
mod offline;
mod pages;
mod parallel;
mod pictures;
mod pool;
mod real_time;
mod sketches;
mod support;
mod time;
mod videos;

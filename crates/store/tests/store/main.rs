//! The store through its public door, on a data folder of its own for each test.

mod artifacts;
mod errors;
mod events;
mod recordings;
mod runs;
mod schema;
mod support;

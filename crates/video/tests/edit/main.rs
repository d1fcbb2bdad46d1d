//! Films made of films, through the crate's own door, with the real ffmpeg.

#![expect(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod joining;
mod overlays;
mod sounds;
mod support;
mod trouble;

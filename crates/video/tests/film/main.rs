//! Films of pages, through the crate's own door, in the real browser and with the real encoder.

#![expect(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod clicks;
mod containers;
mod dressed;
mod heard;
mod look;
mod perfect;
mod resample;
mod scale;
mod sound;
mod style;
mod support;
mod tabs;
mod time;
mod tours;
mod trouble;

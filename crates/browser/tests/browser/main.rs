//! The crate through its public door, against a real browser.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

mod dialogs;
mod events;
mod files;
mod frames;
mod input;
mod lifetime;
mod navigation;
mod pictures;
mod scripts;
mod support;

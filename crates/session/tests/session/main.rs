//! Sessions in a real browser, through their handles.
#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

mod answers;
mod input;
mod lifetime;
mod places;
mod protocol;
mod recorder;
mod support;
mod tabs;
mod viewers;
mod wheel_and_files;

//! Recordings performed in a real browser, on pages of our own. Every kind of step has a page on which it passes and one
//! on which it must not.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

mod support;

mod checkpoint;
mod click;
mod control;
mod dialog;
mod download;
mod drag;
mod extension;
mod frames;
mod healing;
mod input;
mod keys;
mod listening;
mod navigation;
mod outcome;
mod overlays;
mod scroll;
mod select;
mod spot;
mod submit;
mod tabs;
mod upload;
mod visual;
mod waiting;
mod wheel;

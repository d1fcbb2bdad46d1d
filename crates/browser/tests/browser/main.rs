//! The crate through its public door, against a real browser.

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

//! Sessions in a real browser, through their handles.

mod answers;
mod input;
mod lifetime;
mod places;
mod protocol;
mod recorder;
mod support;
mod tabs;
mod viewers;

//! The storyboard: what happens in a film, written down so that a person can change it.

mod aim;
mod document;
mod legacy;
mod parse;
mod sections;
mod span;
mod target;
mod words;
mod write;

pub use aim::Aim;
pub use document::{
    Action, Click, Goto, Highlight, Pause, Scroll, Step, Storyboard, Tab, Title, Type, Wait, Zoom,
};
pub use parse::StoryboardError;
pub use span::read as read_duration;
pub(crate) use span::write as write_duration;
pub use target::Target;

#[cfg(test)]
mod tests;

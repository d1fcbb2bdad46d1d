//! From what was encoded to a file that players like, and the pictures made of it.

mod extras;
mod label;
mod remux;
mod tool;

pub(crate) use extras::make as extras;
pub(crate) use label::{Label, read as label};
pub(crate) use remux::remux;

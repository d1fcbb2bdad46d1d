//! From what was encoded to a file that players like, and the pictures made of it.

mod extras;
mod remux;

pub(crate) use extras::make as extras;
pub(crate) use remux::{About, Sound, metadata, muxer, remux};

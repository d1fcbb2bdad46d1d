//! The film's frames: the page in its window, seen from near or far, with what is drawn over it.

mod compositor;
mod lens;
mod overlay;
mod world;

pub(crate) use compositor::{Compositor, Decor};
pub(crate) use overlay::{POINTER_DETAIL, PointerPicture};

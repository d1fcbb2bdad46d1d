//! Films made of films: parts of them one after another, cropped, sped up, blended into each other, with words and pictures
//! over them, with sound. What is done is an edit, a document that can be kept and changed; ffmpeg does it.

mod cut;
mod document;
mod dull;
mod error;
mod graph;
mod lay;
mod order;
mod overlay;
mod plan;
mod still;

pub use cut::edit;
pub use document::{Clip, Crop, Edit, Span, Transition, TransitionKind};
pub use error::EditError;
pub use order::{EditOrder, Edited, EditedClip, EditedOverlay};
pub use overlay::{Overlay, Place};
pub use plan::KnownFilm;
pub use still::{LARGEST_STILL, LARGEST_STILL_SIDE, NotAStill, read_still};

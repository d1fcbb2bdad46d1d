//! Films of a page: a script is performed at human pace while its pictures, with their own times, become a film of constant
//! rate. What belongs to the film and not to the page (pointer, zoom, captions, window) is drawn over the pictures. The
//! shape, invariants and traps are in README.md.

mod bar;
mod camera;
mod cards;
mod compose;
mod cost;
mod crew;
mod cutter;
mod cutting;
mod director;
mod encoder;
mod error;
mod event;
mod filmed;
mod filming;
pub(crate) mod finish;
mod footage;
mod hearing;
mod lag;
mod lettering;
mod look;
mod loss;
mod notes;
mod opening;
mod order;
mod pace;
mod perform;
mod preview;
mod resample;
mod shoot;
mod spool;
mod stepped;
mod storyboard;
mod style;
mod take;
mod tour;

pub(crate) use cards::{Plate, Plated};
pub(crate) use cost::Meter;
pub(crate) use encoder::{Haste, encoding};
pub(crate) use lettering::letter;
pub(crate) use storyboard::write_duration;

pub use crew::{Performance, Performing};
pub use error::{FilmError, StepFault, Unsteady};
pub use event::FilmEvent;
pub use filmed::{Capture, Chapter, Cost, Extra, Filmed, Heard, Performed};
pub use filming::{Filming, InFront};
pub use look::{Background, Frame, Look, Scheme};
pub use notes::Area;
pub use order::{Clock, Container, Extras, FilmOrder, Preset, Script, Setup};
pub use pace::Pace;
pub use perform::Performer;
pub use resample::{Resampler, Shown};
pub use shoot::film;
pub use storyboard::{
    Action, Aim, Click, Goto, Highlight, Pause, Scroll, Step, Storyboard, StoryboardError, Tab,
    Target, Title, Type, Wait, Zoom, read_duration,
};
pub use style::{ClickEffect, PointerStyle};
pub use tour::{Template, TourOrder, tour};

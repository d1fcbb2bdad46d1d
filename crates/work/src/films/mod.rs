//! Films: what is asked for, and what of it can be filmed.

mod desk;
mod edit;
mod from_recording;
mod picture;
mod place;
mod plan;
mod played;
mod request;
mod sound;
mod values;

pub(crate) use edit::films_of;
pub(crate) use picture::pictures_of;
pub(crate) use place::place;
pub(crate) use sound::{Sounds, Track, sounds_of};

pub use desk::{FilmAskError, FilmDesk};
pub use from_recording::{Filmable, NotFilmable, storyboard_of};
pub use place::film_file_name;
pub use plan::{PlanError, plan};
pub use played::Played;
pub use request::{
    FilmRequest, FormatName, LARGEST_FILM_ORDER, PresetName, TemplateName, WrongOrder,
};

//! Why there is no edited film.

use std::path::PathBuf;
use std::time::Duration;

use crate::error::RenderError;
use crate::film::FilmError;

/// Nothing was made. Nothing is left under the name of the film.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// The document makes no sense.
    #[error("{}{problem}", if .place.is_empty() { String::new() } else { format!("{place}: ") })]
    Document {
        /// Where: "clips[1].from"; empty for the whole document.
        place: String,
        /// What is wrong and what is right.
        problem: String,
    },
    /// A clip's file is no film.
    #[error("{place}: {} cannot be read as a film", .path.display())]
    Film {
        /// "clips[1]".
        place: String,
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: Box<RenderError>,
    },
    /// An overlay's file is no picture.
    #[error("{place}: {} cannot be read as a picture: {why}", .path.display())]
    Picture {
        /// "overlays[1].picture".
        place: String,
        /// The file.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// The words of overlays could not be drawn.
    #[error("the texts of the overlays could not be drawn")]
    Words(#[source] Box<FilmError>),
    /// All of it took too long.
    #[error("not done within {} s; give it more time, or fewer clips", .0.as_secs())]
    TimeLimit(Duration),
    /// Somebody cancelled it.
    #[error("cancelled")]
    Cancelled,
    /// The encoder or its output is at fault.
    #[error(transparent)]
    Output(Box<RenderError>),
}

impl EditError {
    /// Whether the edit or its films are to blame, not the machine.
    pub fn is_of_the_edit(&self) -> bool {
        match self {
            Self::Document { .. }
            | Self::Film { .. }
            | Self::Picture { .. }
            | Self::TimeLimit(_) => true,
            Self::Output(error) => matches!(**error, RenderError::NoSound { .. }),
            Self::Words(_) | Self::Cancelled => false,
        }
    }

    /// Whether the disk that it was to be written on is full: another attempt finds no more room.
    pub fn is_disk_full(&self) -> bool {
        match self {
            Self::Output(error) => error.is_disk_full(),
            Self::Words(error) => error.is_disk_full(),
            _ => false,
        }
    }

    pub(super) fn document(place: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::Document {
            place: place.into(),
            problem: problem.into(),
        }
    }
}

impl From<RenderError> for EditError {
    fn from(error: RenderError) -> Self {
        match error {
            RenderError::Cancelled => Self::Cancelled,
            error => Self::Output(Box::new(error)),
        }
    }
}

impl From<FilmError> for EditError {
    fn from(error: FilmError) -> Self {
        match error {
            FilmError::Cancelled => Self::Cancelled,
            error => Self::Words(Box::new(error)),
        }
    }
}

//! How far a film has come.

use std::path::PathBuf;
use std::time::Duration;

use bytes::Bytes;

/// How far a film has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilmEvent {
    /// The browser runs and the cards are being drawn.
    Preparing,
    /// The camera runs.
    Rolling,
    /// A step begins.
    Step {
        /// Counted from 1.
        number: usize,
        /// How many there are, when that is known.
        of: Option<usize>,
        /// The step in words.
        what: String,
        /// Time in the film.
        at: Duration,
    },
    /// What the film shows, about once a second.
    Preview {
        /// A small JPEG.
        picture: Bytes,
        /// Time in the film.
        at: Duration,
    },
    /// The script has ended; the last frames are being encoded.
    Wrapped {
        /// How long the film is.
        duration: Duration,
    },
    /// The file gets its head and its chapters, and what is made besides is made.
    Finishing,
    /// A step failed, and what was filmed until then is here.
    Footage {
        /// The film, whole in itself.
        path: PathBuf,
        /// How long it is.
        duration: Duration,
    },
}

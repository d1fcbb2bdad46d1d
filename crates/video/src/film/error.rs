//! Why there is no film.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use browser::{BrowserError, Interrupted};

use crate::error::RenderError;

/// Nothing was filmed, or what was filmed is of no use. Nothing is left under the name of the film.
#[derive(Debug, thiserror::Error)]
pub enum FilmError {
    /// The browser failed, or is not there.
    #[error("{doing}")]
    Browser {
        /// What was being done, as a participle phrase.
        doing: &'static str,
        /// What the browser says.
        #[source]
        source: BrowserError,
    },
    /// The site could not be opened.
    #[error("{url} could not be opened; look whether the address is right and the site runs")]
    Site {
        /// The address.
        url: String,
        /// Why.
        #[source]
        source: BrowserError,
    },
    /// The site answered with an error.
    #[error("{url} answers with {status}; a film of an error page helps nobody")]
    Refused {
        /// The address.
        url: String,
        /// The HTTP status.
        status: u16,
    },
    /// A step could not be performed.
    #[error("step {number} ({what})")]
    Step {
        /// Counted from 1.
        number: usize,
        /// The step in words: "click #buy".
        what: String,
        /// Why.
        #[source]
        source: StepFault,
    },
    /// The script is no storyboard's and failed.
    #[error("the performance failed")]
    Performance(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// All of it took too long.
    #[error("not done within {} s; give it more time, or a shorter script", .0.as_secs())]
    TimeLimit(Duration),
    /// Somebody cancelled it.
    #[error("cancelled")]
    Cancelled,
    /// The page shows nothing.
    #[error("the browser delivered no picture of the page within {} s", .0.as_secs())]
    NoPicture(Duration),
    /// A picture of the browser could not be read.
    #[error("a picture of the page could not be read: {0}")]
    Picture(String),
    /// The page's sound is asked for, and nothing here could hear it.
    #[error(
        "the page's sound is heard through PulseAudio, which was not found (apt install pulseaudio); or film it without that sound"
    )]
    NoSoundServer,
    /// The sound server ended before the film.
    #[error(
        "the page was not heard to its end: the sound server ended; film it again, or without the page's sound"
    )]
    Unheard,
    /// A size makes no sense.
    #[error("{0}")]
    Setup(String),
    /// It cannot be filmed under the virtual clock, and is not filmed otherwise instead.
    #[error("the virtual clock cannot film this: {0}")]
    Unsteady(Unsteady),
    /// A file could not be written.
    #[error("{doing} {}", .path.display())]
    File {
        /// What was being done: "writing".
        doing: &'static str,
        /// Which file.
        path: PathBuf,
        /// Why it failed.
        #[source]
        source: io::Error,
    },
    /// The encoder or its output is at fault.
    #[error(transparent)]
    Output(RenderError),
}

/// Why something cannot be filmed under the virtual clock.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsteady {
    /// The script is no storyboard: whoever performs it keeps real time.
    #[error("only storyboards wait for it, and this script is none")]
    Script,
    /// The browser draws when it likes.
    #[error(
        "only chromium-headless-shell draws its frames on command, and this browser is another"
    )]
    Browser,
    /// What a page plays goes on in real time.
    #[error("what a page plays keeps real time: film it without the page's sound")]
    Sound,
    /// Another tab is part of it.
    #[error("only one tab is drawn on command, and {what}")]
    Tab {
        /// "step 3 is about another", "https://example.com/ opened another".
        what: String,
    },
    /// Something in the page goes on by itself.
    #[error("{what} at {url} keeps real time")]
    Page {
        /// "a <video> that plays a stream".
        what: String,
        /// The page's address.
        url: String,
    },
    /// A frame of a video did not come.
    #[error("{what}, at {url}")]
    Missing {
        /// "a <video> was not read within 5000 ms".
        what: String,
        /// The page's address.
        url: String,
    },
}

/// Why a step could not be performed.
#[derive(Debug, thiserror::Error)]
pub enum StepFault {
    /// No element, several, or one that cannot be used.
    #[error("{reason}: {detail}")]
    Element {
        /// The page's word: "not-found", "not-unique", "covered".
        reason: String,
        /// The page's sentence.
        detail: String,
    },
    /// A field does not take what was typed.
    #[error("the field holds {found:?} after typing {wanted:?}")]
    NotTyped {
        /// What was typed.
        wanted: String,
        /// What it holds.
        found: String,
    },
    /// The page did not get where it should.
    #[error("{0}")]
    Page(String),
    /// The browser refused.
    #[error("{doing}")]
    Browser {
        /// What was being done, as a participle phrase.
        doing: &'static str,
        /// What it says.
        #[source]
        source: BrowserError,
    },
    /// This way of filming cannot do it.
    #[error("{0}")]
    Unsupported(String),
    /// The film itself failed meanwhile.
    #[error(transparent)]
    Film(Box<FilmError>),
}

impl FilmError {
    /// Whether the script or its site is to blame, not the machine.
    pub fn is_of_the_script(&self) -> bool {
        match self {
            Self::Site { .. }
            | Self::Refused { .. }
            | Self::Performance(_)
            | Self::Unsteady(
                Unsteady::Script
                | Unsteady::Page { .. }
                | Unsteady::Missing { .. }
                | Unsteady::Tab { .. },
            )
            | Self::TimeLimit(_) => true,
            Self::Step {
                source: StepFault::Film(error),
                ..
            } => error.is_of_the_script(),
            Self::Step { .. } => true,
            _ => false,
        }
    }

    /// Whether the disk that it was to be written on is full: another attempt finds no more room.
    pub fn is_disk_full(&self) -> bool {
        use io::ErrorKind::{QuotaExceeded, StorageFull};
        match self {
            Self::File { source, .. } => matches!(source.kind(), StorageFull | QuotaExceeded),
            Self::Output(error) => error.is_disk_full(),
            Self::Step {
                source: StepFault::Film(error),
                ..
            } => error.is_disk_full(),
            _ => false,
        }
    }

    pub(crate) fn browser(doing: &'static str, source: BrowserError) -> Self {
        match source {
            BrowserError::Interrupted(Interrupted::Cancelled { .. }) => Self::Cancelled,
            source => Self::Browser { doing, source },
        }
    }

    pub(crate) fn file(doing: &'static str, path: impl Into<PathBuf>, source: io::Error) -> Self {
        Self::File {
            doing,
            path: path.into(),
            source,
        }
    }
}

impl From<RenderError> for FilmError {
    fn from(error: RenderError) -> Self {
        match error {
            RenderError::Cancelled => Self::Cancelled,
            error => Self::Output(error),
        }
    }
}

impl From<FilmError> for StepFault {
    fn from(error: FilmError) -> Self {
        Self::Film(Box::new(error))
    }
}

impl StepFault {
    pub(crate) fn browser(doing: &'static str, source: BrowserError) -> Self {
        match source {
            BrowserError::Interrupted(Interrupted::Cancelled { .. }) => FilmError::Cancelled.into(),
            source => Self::Browser { doing, source },
        }
    }
}

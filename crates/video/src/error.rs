//! Why nothing was rendered.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use browser::{BrowserError, Interrupted};

/// A job was not rendered. Nothing is left under the name of its output.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The browser failed, or is not there.
    #[error("{doing}")]
    Browser {
        /// What was being done, as a participle phrase.
        doing: &'static str,
        /// What the browser says.
        #[source]
        source: BrowserError,
    },
    /// No browser of this machine draws frames on command.
    #[error(
        "frames cannot be drawn on command: that takes chromium-headless-shell (apt install chromium-headless-shell, or name its program); with realTime (--real-time) any Chromium makes it, and it looks different each time"
    )]
    NoFramesOnCommand,
    /// A GPU is to draw, and there is none.
    #[error(
        "no GPU can draw here: neither /dev/dri/renderD* nor /dev/nvidia* is there, or this process may not open it (on Linux the group is mostly `render`); with auto or false the processor draws"
    )]
    NoGpu,
    /// A GPU is to draw, and browsers do not draw with the one that is there.
    #[error(
        "the GPU {} does not draw: a browser that was started with it draws with {drawn_by}. Its driver for EGL or Vulkan is missing or does not work (`proscenium doctor` tries it, too); with auto or false the processor draws", node.display()
    )]
    IdleGpu {
        /// The GPU.
        node: PathBuf,
        /// What draws, by its own name.
        drawn_by: String,
    },
    /// The product was built without a library.
    #[error("{0} is missing in this build: `cargo xtask setup` fetches it, then build again")]
    NoLibrary(&'static str),
    /// The code failed before there was anything to see.
    #[error("the code failed before its first frame: {message}")]
    Code {
        /// What it threw, with the place.
        message: String,
    },
    /// The code did not finish a frame.
    #[error("the code did not finish {what} within {:.1} s: an endless loop?", .took.as_secs_f64())]
    Stuck {
        /// What it did not finish: "frame 3", "loading".
        what: String,
        /// How long it had.
        took: Duration,
    },
    /// All of it took too long.
    #[error("not done within {} s, at frame {frame} of {frames}; give it more time, or fewer or smaller frames", .limit.as_secs_f64())]
    TimeLimit {
        /// Frames that were drawn.
        frame: u32,
        /// Frames that were wanted.
        frames: u32,
        /// How long it had.
        limit: Duration,
    },
    /// Somebody cancelled it.
    #[error("cancelled")]
    Cancelled,
    /// The page went to another address, which it cannot have.
    #[error("the page left its document: code must not navigate")]
    Navigated,
    /// An address could not be opened.
    #[error("could not open {url}")]
    Site {
        /// Where it should have gone.
        url: String,
        /// What the browser says.
        #[source]
        source: BrowserError,
    },
    /// What is at an address is an error.
    #[error("{url} answers with status {status}")]
    Refused {
        /// The address.
        url: String,
        /// 400 or more.
        status: u16,
    },
    /// The page's process died.
    #[error("the page's process died at frame {frame}; out of memory is the usual cause")]
    Crashed {
        /// Frames that were drawn.
        frame: u32,
    },
    /// The browser died while the page was rendered.
    #[error("the browser died at frame {frame}")]
    BrowserGone {
        /// Frames that were drawn.
        frame: u32,
    },
    /// The page took too much memory.
    #[error(
        "the browser grew to {} MiB; at most {} MiB are allowed: use fewer or smaller buffers",
        .used >> 20, .most >> 20
    )]
    Memory {
        /// Bytes that it had.
        used: u64,
        /// Bytes that it may have.
        most: u64,
    },
    /// The browser took more processor time than it may.
    #[error(
        "the page takes too much processor time: more than {:.1} s, all of its browser's processes together; give it a higher maxCpu, or fewer or smaller frames",
        .most.as_secs_f64()
    )]
    Cpu {
        /// What it had taken.
        used: Duration,
        /// What it may take.
        most: Duration,
    },
    /// The output became too large.
    #[error("the output has more than {most} bytes")]
    TooLarge {
        /// What it may have.
        most: u64,
    },
    /// The page shows something else than its canvas; it is rendered the other way then.
    #[error("at frame {frame} the page shows something else than its canvas")]
    Unequal {
        /// Where it was seen.
        frame: u32,
    },
    /// Pages that draw a film together do not show the same; it is drawn by one page then.
    #[error("at frame {frame} one page shows something else than another")]
    Apart {
        /// Where it was seen.
        frame: u32,
    },
    /// A program that is needed could not be started.
    #[error("could not start {program} (apt install ffmpeg)")]
    Program {
        /// "ffmpeg" or "ffprobe".
        program: &'static str,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The encoder failed.
    #[error("the encoder failed: {said}")]
    Encoder {
        /// Its last words.
        said: String,
    },
    /// A file that is to be heard is no sound.
    #[error("{} is no sound ({why}); MP3, WAV, FLAC, Ogg, AAC and the sound of films are", .path.display())]
    NoSound {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// What was written is not what was asked for.
    #[error("what was written is wrong: {0}")]
    WrongOutput(String),
    /// A picture of the browser could not be read.
    #[error("a frame could not be read")]
    Picture(#[source] image::ImageError),
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
    /// The folder of a sequence holds other files.
    #[error("{} is not empty; name a folder that is empty or does not exist", .0.display())]
    FolderInUse(PathBuf),
}

impl RenderError {
    /// Whether the code that was rendered is to blame, not the machine.
    pub fn is_of_the_code(&self) -> bool {
        matches!(
            self,
            Self::Code { .. }
                | Self::Stuck { .. }
                | Self::TimeLimit { .. }
                | Self::Navigated
                | Self::Site { .. }
                | Self::Refused { .. }
                | Self::Crashed { .. }
                | Self::Memory { .. }
                | Self::Cpu { .. }
                | Self::TooLarge { .. }
        )
    }

    /// Whether the disk that it was to be written on is full: another attempt finds no more room.
    pub fn is_disk_full(&self) -> bool {
        use io::ErrorKind::{QuotaExceeded, StorageFull};
        match self {
            Self::File { source, .. } => matches!(source.kind(), StorageFull | QuotaExceeded),
            // ffmpeg says it with the system's own words for ENOSPC and EDQUOT.
            Self::Encoder { said } => {
                said.contains("No space left on device") || said.contains("Disk quota exceeded")
            }
            _ => false,
        }
    }

    pub(crate) fn browser(doing: &'static str, source: BrowserError) -> Self {
        match source {
            BrowserError::Unsupported { .. } => Self::NoFramesOnCommand,
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

//! What became of a job.

use std::path::PathBuf;

use serde::Serialize;

use crate::complaints::Complaint;
use crate::job::{FrameRate, Seed};
use crate::watch::Warning;

/// A job that was rendered. What describes the output was read from the output.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rendered {
    /// The file, or the folder of a sequence.
    pub path: PathBuf,
    /// "video/mp4".
    pub media_type: &'static str,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// How many frames are in it.
    pub frames: u32,
    /// Frames a second; nothing for a picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fps: Option<FrameRate>,
    /// Milliseconds; nothing for a picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<f64>,
    /// Size of the file, or of all files.
    pub bytes: u64,
    /// Of the file, or of all files in order; in hexadecimal.
    pub sha256: String,
    /// The page itself, when it stands beside the picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<RenderedPage>,
    /// What chance drew from.
    pub seed: Seed,
    /// "chromium".
    pub engine: String,
    /// "HeadlessChrome 156.0.8078.79".
    pub browser: String,
    /// What drew: the GPU's name as WebGL tells it, or "software".
    pub gpu: String,
    /// How the frames were made.
    pub way: Way,
    /// How many pages drew it at once.
    pub pages: u32,
    /// How often the sketch drew; 0 when the code is no sketch.
    pub draws: u64,
    /// What is probably not meant.
    pub warnings: Vec<Warning>,
    /// Errors, warnings and exceptions of the page.
    pub console: Vec<Complaint>,
    /// From the beginning of the job, the start of a browser included.
    pub elapsed_ms: u64,
    /// Frames drawn and encoded in a second of real time, once the page was there.
    pub frames_per_second: f64,
}

/// A page that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RenderedPage {
    /// The file.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// Of the file, in hexadecimal.
    pub sha256: String,
}

/// How frames are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// The browser draws each one on command, when the page's own clock has been set.
    BeginFrame,
    /// The browser encoded the page's only canvas itself. The frames are the same each time, their bytes in the film are not.
    Canvas,
    /// The browser took a picture of what was there, in real time: another one may show something else.
    Screenshot,
    /// The page's time was the machine's, and pictures were taken of what it showed meanwhile: another time it may show
    /// something else.
    RealTime,
}

impl Way {
    /// The word, as it stands in results.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BeginFrame => "begin-frame",
            Self::Canvas => "canvas",
            Self::Screenshot => "screenshot",
            Self::RealTime => "real-time",
        }
    }
}

//! What became of a film.

use std::path::PathBuf;

use serde::Serialize;

use crate::label::SoundLabel;
use crate::watch::Warning;

/// A film that was made. What describes the file was read from the file.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Filmed {
    /// The file.
    pub path: PathBuf,
    /// "video/mp4".
    pub media_type: &'static str,
    /// "h264".
    pub codec: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Frames a second.
    pub fps: f64,
    /// Milliseconds.
    pub duration_ms: f64,
    /// How many frames are in it.
    pub frames: u32,
    /// Size of the file.
    pub bytes: u64,
    /// Bits a second, of the file.
    pub bitrate: u64,
    /// Of the file, in hexadecimal.
    pub sha256: String,
    /// What is heard; nothing of the page itself is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sound: Option<Heard>,
    /// The parts of the film.
    pub chapters: Vec<Chapter>,
    /// The pictures made besides.
    pub extras: Vec<Extra>,
    /// What the script did, in order.
    pub steps: Vec<Performed>,
    /// What the browser delivered.
    pub capture: Capture,
    /// What it took.
    pub cost: Cost,
    /// What is probably not meant.
    pub warnings: Vec<Warning>,
    /// "HeadlessChrome 156.0.8078.79".
    pub browser: String,
}

/// The sound of a film.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Heard {
    /// "aac", "opus".
    pub codec: String,
    /// How many channels.
    pub channels: u32,
}

impl From<SoundLabel> for Heard {
    fn from(label: SoundLabel) -> Self {
        Self {
            codec: label.codec,
            channels: label.channels,
        }
    }
}

/// A part of a film.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Chapter {
    /// Its name.
    pub title: String,
    /// Milliseconds from the film's beginning.
    pub start_ms: f64,
}

/// A picture made besides.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Extra {
    /// "poster", "sprite" or "teaser".
    pub kind: &'static str,
    /// The file.
    pub path: PathBuf,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Size of the file.
    pub bytes: u64,
    /// Columns and rows of a sprite, and the milliseconds between its pictures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grid: Option<(u32, u32, f64)>,
}

/// A step that was performed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Performed {
    /// The step in words.
    pub what: String,
    /// Milliseconds from the film's beginning.
    pub at_ms: f64,
    /// Milliseconds that it took.
    pub took_ms: f64,
    /// Milliseconds by which it began after the time that the script gives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub late_ms: Option<f64>,
    /// What is worth telling of it: that another element took the place of the recorded one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What the browser delivered while it was filmed.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Capture {
    /// How the pictures came: "screencast" or "begin-frame".
    pub way: &'static str,
    /// Pictures that came from the browser.
    pub delivered: u64,
    /// Pictures that came and were lost because the next one came before they were taken.
    pub dropped: u64,
    /// Pictures that came too late for their place in the film and are shown after it.
    pub late: u64,
    /// Pictures that fell into one frame of the film with a newer one.
    pub merged: u64,
    /// Pictures delivered in a second. A page that stands still delivers none.
    pub achieved_fps: f64,
}

/// What a film took.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Cost {
    /// Milliseconds from the order to the finished file.
    pub elapsed_ms: f64,
    /// Milliseconds from the script's end, of an edit from the last frame, to the finished file.
    pub processing_ms: f64,
    /// Processor time of browser, encoder and ourselves while it was filmed or edited, in per cent of one core.
    pub cpu_percent: f64,
    /// The most memory that they held together, in bytes; shared pages count in each process.
    pub peak_memory_bytes: u64,
}

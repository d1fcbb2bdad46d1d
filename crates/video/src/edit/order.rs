//! What is to be edited, and what became of it.

use std::path::PathBuf;
use std::time::Duration;

use serde::Serialize;

use super::document::Edit;
use crate::film::{Chapter, Container, Cost, Extra, Extras, Heard};
use crate::sound::Soundtrack;

/// A film to make of films.
#[derive(Debug, Clone)]
pub struct EditOrder {
    /// What is done. Its sound is not used.
    pub edit: Edit,
    /// The file of each clip, in order.
    pub films: Vec<PathBuf>,
    /// The file of each overlay that is a picture, in order. No other file is opened for one.
    pub pictures: Vec<PathBuf>,
    /// What is heard over what the clips have themselves.
    pub sound: Option<Soundtrack>,
    /// The kind of file.
    pub container: Container,
    /// What is made besides.
    pub extras: Extras,
    /// How long all of it may take.
    pub time_limit: Duration,
    /// The program of the browser that draws words; searched for when left out, and needed only where there are words.
    pub executable: Option<PathBuf>,
}

/// A film that was made of films. What describes the file was read from the file.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Edited {
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
    /// What is heard.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sound: Option<Heard>,
    /// The parts of the film: those of the clips, where they are now.
    pub chapters: Vec<Chapter>,
    /// The pictures made besides.
    pub extras: Vec<Extra>,
    /// What became of each clip.
    pub clips: Vec<EditedClip>,
    /// What became of each overlay.
    pub overlays: Vec<EditedOverlay>,
    /// What it took.
    pub cost: Cost,
}

/// What became of a clip.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EditedClip {
    /// Which film.
    pub film: String,
    /// Milliseconds of that film.
    pub from_ms: f64,
    /// Milliseconds of that film.
    pub to_ms: f64,
    /// Milliseconds of the new film at which it is seen first.
    pub at_ms: f64,
    /// Milliseconds that it takes in the new film.
    pub duration_ms: f64,
    /// Milliseconds of the old film in which nothing new was seen, and which went by faster.
    pub dull_ms: f64,
}

/// What became of an overlay.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EditedOverlay {
    /// Milliseconds of the new film at which it comes.
    pub from_ms: f64,
    /// Milliseconds of the new film at which it has gone.
    pub to_ms: f64,
    /// Pixels from the left.
    pub x: u32,
    /// Pixels from the top.
    pub y: u32,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

//! What the row of a film keeps as JSON: read and written whole, never queried inside.

use ids::{FilmId, PictureId, SoundId};
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::RenderOutput;

/// Size, rate and bitrate that a film was ordered with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, FromJsonQueryResult)]
#[serde(rename_all = "camelCase")]
pub struct FilmSetup {
    /// `low`, `medium`, `high`, `ultra`; `custom` when its numbers were changed.
    pub preset: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Pixels for each CSS pixel of the page; an edit has no page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<u32>,
    /// Frames a second.
    pub fps: f64,
    /// Thousand bits a second that the encoder aims at.
    pub kbps: u32,
    /// `mp4` or `webm`.
    pub format: String,
}

/// What was made. What describes the file was read from the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, FromJsonQueryResult)]
#[serde(rename_all = "camelCase")]
pub struct FilmMade {
    /// For example `video/mp4`.
    pub media_type: String,
    /// For example `h264`.
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
    /// How its sound is kept; a film without sound has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sound: Option<String>,
    /// The parts of the film.
    pub chapters: Vec<FilmChapter>,
    /// What the script did, in order.
    pub steps: Vec<FilmOfStep>,
    /// Columns and rows of the sheet of small pictures, and the milliseconds between them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sprite_grid: Option<(u32, u32, f64)>,
    /// How the pictures came: `screencast` or `begin-frame`; `edit` when they are those of other films.
    pub way: String,
    /// Pictures that the browser delivered in a second. A page that stands still delivers none, and an edit films no page.
    pub achieved_fps: f64,
    /// Pictures that came from the browser.
    pub delivered: u64,
    /// Pictures that were lost because the next one came before they were taken.
    pub dropped: u64,
    /// Pictures that came too late for their place in the film and are shown after it.
    pub late: u64,
    /// Milliseconds from the order to the finished file.
    pub elapsed_ms: f64,
    /// Milliseconds from the script's end, of an edit from the last frame, to the finished file.
    pub processing_ms: f64,
    /// Processor time while it was filmed or edited, in per cent of one core.
    pub cpu_percent: f64,
    /// The most memory that browser, encoder and worker held together, in bytes.
    pub peak_memory_bytes: u64,
    /// What is probably not meant: `frozen`.
    pub warnings: Vec<String>,
    /// What of a recording was not performed.
    pub left_out: Vec<String>,
    /// The browser and its version; empty when no browser was needed.
    pub browser: String,
}

/// A part of a film.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FilmChapter {
    /// Its name.
    pub title: String,
    /// Milliseconds from the film's beginning.
    pub start_ms: f64,
}

/// A step that was performed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FilmOfStep {
    /// The step in words.
    pub what: String,
    /// Milliseconds from the film's beginning.
    pub at_ms: f64,
    /// Milliseconds that it took.
    pub took_ms: f64,
    /// What is worth telling of it: that another element took the place of the recorded one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The stored files of a film.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(rename_all = "camelCase")]
pub struct FilmFiles {
    /// The film.
    pub video: Option<RenderOutput>,
    /// Its picture at a quarter.
    pub poster: Option<RenderOutput>,
    /// Small pictures of the whole of it.
    pub sprite: Option<RenderOutput>,
    /// A few seconds as GIF.
    pub teaser: Option<RenderOutput>,
    /// What was performed, as YAML.
    pub storyboard: Option<RenderOutput>,
}

/// Where everybody sees a film's files, and what did not get there.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, FromJsonQueryResult,
)]
#[serde(rename_all = "camelCase", default)]
pub struct FilmDelivered {
    /// The public address of the film; it was fetched and compared, as the others were.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub video: Option<String>,
    /// Of its picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub poster: Option<String>,
    /// Of the sheet of small pictures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sprite: Option<String>,
    /// Of the few seconds as GIF.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub teaser: Option<String>,
    /// How often addresses were fetched until everything was right.
    pub fetches: u32,
    /// What did not get there, and why; the film itself is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<FilmNotDelivered>,
}

/// Why a file of a film is not where everybody sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FilmNotDelivered {
    /// `video`, `poster`, `sprite` or `teaser`.
    pub file: String,
    /// A stable word: `could-not-store`, `wrong-content`, `cancelled`, …
    pub code: String,
    /// A sentence for people: what, where, why, what to do.
    pub message: String,
}

/// What a film is made of beside its order: it stays while the film is being made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(rename_all = "camelCase", default)]
pub struct FilmParts {
    /// The films that it cuts.
    pub films: Vec<FilmId>,
    /// The sounds that are heard in it.
    pub sounds: Vec<SoundId>,
    /// The pictures that are laid over it.
    pub pictures: Vec<PictureId>,
}

/// Why there is no film.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, FromJsonQueryResult)]
#[serde(rename_all = "camelCase")]
pub struct FilmFailure {
    /// A stable word: `step-failed`, `site`, `timeout`, …
    pub code: String,
    /// A sentence for people: what, where, why, what to do.
    pub message: String,
    /// The step that failed, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<u32>,
    /// Whether the script or its site is to blame, not the machine.
    pub of_the_script: bool,
}

//! What the row of a render keeps as JSON: read and written whole, never queried inside.

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What was made, as the renderer tells it. What describes the output was read from the output.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, FromJsonQueryResult)]
#[serde(rename_all = "camelCase")]
pub struct RenderMade {
    /// For example `video/mp4`.
    pub media_type: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// How many frames are in it.
    pub frames: u32,
    /// Frames a second; nothing for a picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fps: Option<f64>,
    /// Milliseconds; nothing for a picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<f64>,
    /// Size of the file.
    pub bytes: u64,
    /// Of the file, in hexadecimal.
    pub sha256: String,
    /// What chance drew from.
    pub seed: String,
    /// For example `chromium`.
    pub engine: String,
    /// The browser and its version.
    pub browser: String,
    /// What drew: the GPU's name, or `software`; nothing where it was not asked yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gpu: Option<String>,
    /// How the frames were made: `begin-frame` is drawn by the browser on command, `canvas` encoded by the browser
    /// from the page's canvas, `screenshot` a picture in real time, `real-time` pictures of a page whose time was the machine's.
    pub way: String,
    /// How many pages drew it at once: those that it asked for, or as many as were free; nothing in what was made before that
    /// was counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    /// How often the sketch drew; 0 when the code is no sketch.
    pub draws: u64,
    /// What is probably not meant: `blank`, `frozen`, `whole-page`, `one-page`, `real-time`, `padded`, `cut`.
    pub warnings: Vec<String>,
    /// Errors, warnings and exceptions of the page.
    pub console: Vec<RenderComplaint>,
    /// Milliseconds that rendering took.
    pub elapsed_ms: u64,
    /// Frames drawn and encoded in a second of real time.
    pub frames_per_second: f64,
}

/// Something that the page said on its console, or an exception that nobody caught.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RenderComplaint {
    /// `warning`, `error` or `exception`.
    pub kind: String,
    /// The text.
    pub text: String,
    /// The script and line; empty when unknown.
    pub place: String,
}

/// A stored file that a render or a film made; all of it read from the bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(rename_all = "camelCase")]
pub struct RenderOutput {
    /// Where the bytes are.
    pub key: String,
    /// How many they are.
    pub size: u64,
    /// Their SHA-256, in hexadecimal.
    pub sha256: String,
    /// Their content type.
    pub content_type: String,
    /// The file name extension that goes with it.
    pub extension: String,
}

impl From<crate::StoredBlob> for RenderOutput {
    fn from(blob: crate::StoredBlob) -> Self {
        Self {
            key: blob.key,
            size: blob.size,
            sha256: blob.sha256,
            content_type: blob.content_type.to_owned(),
            extension: blob.extension.to_owned(),
        }
    }
}

/// Where an output went, and how often it was fetched until it was right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, FromJsonQueryResult)]
#[serde(rename_all = "camelCase")]
pub struct DeliveredTo {
    /// The public address of the picture or film; it was fetched and compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub src: Option<String>,
    /// The public address of the page; it was fetched and compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub html_src: Option<String>,
    /// How often addresses were fetched until everything was right.
    pub fetches: u32,
}

/// Why there is no output, or why it did not arrive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, FromJsonQueryResult)]
#[serde(rename_all = "camelCase")]
pub struct RenderFailure {
    /// A stable word: `code-failed`, `stuck`, `wrong-content`, …
    pub code: String,
    /// A sentence for people: what, where, why, what to do.
    pub message: String,
    /// Whether the code that was rendered is to blame, not the machine.
    pub of_the_code: bool,
}

//! What a session is at the moment, as viewers see it.

use ids::{SessionId, ViewerId};
use serde::{Deserialize, Serialize};

/// Where a session is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Status {
    /// Its browser is being prepared.
    Starting,
    /// It can be watched and worked in.
    Live,
    /// It is being cleaned up.
    Stopping,
    /// It is over.
    Stopped,
    /// The active page's process died; a reload brings it back.
    Crashed,
}

/// Everything a viewer draws around the picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct State {
    /// The session.
    pub id: SessionId,
    /// Where it is in its life.
    pub status: Status,
    /// Open tabs, in the order they were opened.
    pub tabs: Vec<TabState>,
    /// The viewport of the pages.
    pub viewport: ViewportState,
    /// Who watches.
    pub viewers: Vec<ViewerState>,
    /// Who holds the controls.
    pub control: ControlState,
    /// The recorder.
    pub recording: RecordingInfo,
    /// The dialog that waits for an answer.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub dialog: Option<DialogState>,
    /// The file chooser that waits for files.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub file_chooser: Option<FileChooserState>,
    /// Rate and quality of the picture.
    pub cast: CastState,
    /// Whether what can be clicked is shown.
    pub highlight: bool,
    /// The browser behind it.
    pub browser: BrowserInfo,
    /// State of the browser's sandbox, as a word.
    pub sandbox: String,
    /// When it started, RFC 3339.
    pub started_at: String,
}

/// A tab.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TabState {
    /// Its number, never used twice in a session.
    pub index: u32,
    /// The page's title.
    pub title: String,
    /// The page's address.
    pub url: String,
    /// A document is on its way.
    pub loading: bool,
    /// It is the one shown.
    pub active: bool,
    /// Address of the page's icon.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub favicon: Option<String>,
    /// Why its page could not be had.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub error: Option<TabError>,
}

/// Why a page could not be had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TabError {
    /// `dns`, `refused`, `tls`, `timeout`, `egress_denied`, `crashed`, `http` or `failed`.
    pub code: String,
    /// A sentence for a person.
    pub text: String,
    /// The browser's own words, or what to do.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub detail: Option<String>,
}

/// The viewport of the pages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ViewportState {
    /// CSS pixels.
    pub width: u32,
    /// CSS pixels.
    pub height: u32,
    /// Device pixels per CSS pixel.
    pub device_scale_factor: f64,
    /// Pages are laid out as on a phone.
    pub mobile: bool,
    /// Pages see a touch screen.
    pub touch: bool,
    /// Name of the preset it came from.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub preset: Option<String>,
}

/// Somebody who watches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewerState {
    /// Their id.
    pub id: ViewerId,
    /// Their name.
    pub name: String,
    /// It is the receiver of this state.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub me: bool,
}

/// Who holds the controls.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlState {
    /// Their id; none when nobody does.
    pub viewer: Option<ViewerId>,
    /// Their name.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub name: Option<String>,
}

/// What the recorder does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RecordingPhase {
    /// Nothing.
    #[default]
    Idle,
    /// It keeps what is done.
    Recording,
    /// It leaves out what is done.
    Paused,
}

/// The recorder, as viewers see it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordingInfo {
    /// What it does.
    pub state: RecordingPhase,
    /// Steps kept.
    pub steps: usize,
}

/// A dialog of the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DialogState {
    /// `alert`, `confirm`, `prompt` or `beforeunload`.
    pub kind: String,
    /// What it says.
    pub message: String,
    /// What a prompt proposes.
    pub default_value: String,
    /// The tab that asks.
    pub tab: u32,
}

/// A file chooser of the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileChooserState {
    /// Several files may be given.
    pub multiple: bool,
    /// What the page says it accepts.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub accept: Option<String>,
}

/// Rate and quality of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CastState {
    /// Most frames a second.
    pub fps: u32,
    /// JPEG quality.
    pub quality: u8,
}

/// The browser behind a session.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrowserInfo {
    /// Product name.
    pub name: String,
    /// Version.
    pub version: String,
    /// `chromium`, `firefox` or `webkit`.
    #[serde(default)]
    pub engine: String,
    /// What it cannot do, or with limits only.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub limits: Vec<BrowserLimit>,
}

/// Something that a browser engine cannot do, or with limits only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrowserLimit {
    /// Name of the capability, like `phoneScreen`.
    pub key: String,
    /// What it is, for a person.
    pub name: String,
    /// How far it can, or what happens instead.
    pub says: String,
    /// It can, with a limit.
    pub partly: bool,
}

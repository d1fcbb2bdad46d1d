//! Live sessions.

use ids::{SessionId, UploadId};
use serde::{Deserialize, Serialize};
use store::{SessionStatus, Time, Viewport};
use utoipa::{IntoParams, ToSchema};

/// Sizes and kinds of screen by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Preset {
    /// 1280 × 720.
    Desktop,
    /// 1366 × 768.
    Laptop,
    /// 820 × 1180, touch.
    Tablet,
    /// 390 × 844, touch, three device pixels per CSS pixel.
    Phone,
}

impl Preset {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Desktop => "desktop",
            Self::Laptop => "laptop",
            Self::Tablet => "tablet",
            Self::Phone => "phone",
        }
    }
}

/// What a new session is to be.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct CreateSession {
    /// What to open. A name without a scheme is opened over https.
    #[schema(examples("https://example.com"))]
    pub(crate) url: String,
    /// The screen; `preset` is ignored when this is given.
    #[serde(default)]
    pub(crate) viewport: Option<Viewport>,
    /// The screen by name; `desktop` when absent.
    #[serde(default)]
    pub(crate) preset: Option<Preset>,
    /// `chromium`, `firefox` or `webkit`; `chromium` when absent.
    #[serde(default)]
    pub(crate) browser: Option<String>,
    /// Start recording at once.
    #[serde(default)]
    pub(crate) record: bool,
    /// The most frames a second that viewers get, 1 to 60.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 60)]
    pub(crate) frame_rate: Option<u32>,
    /// JPEG quality of the frames, 10 to 100.
    #[serde(default)]
    #[schema(minimum = 10, maximum = 100)]
    pub(crate) quality: Option<u32>,
    /// What people call it; the address when absent.
    #[serde(default)]
    pub(crate) name: Option<String>,
}

/// A live session, or what is left of one.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Session {
    pub(crate) id: SessionId,
    pub(crate) name: String,
    /// Where the first page was sent.
    pub(crate) url: String,
    pub(crate) status: SessionStatus,
    pub(crate) browser: BrowserInfo,
    pub(crate) viewport: Viewport,
    pub(crate) recording: RecordingState,
    /// How many viewers watch now.
    pub(crate) viewers: u32,
    /// How many different errors its pages met.
    pub(crate) errors: u64,
    pub(crate) created_at: Time,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) ended_at: Option<Time>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) end_reason: Option<String>,
    /// Path of the latest picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) thumbnail: Option<String>,
}

/// The browser that performs.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BrowserInfo {
    pub(crate) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) version: Option<String>,
}

/// Whether steps are kept.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RecordingState {
    pub(crate) state: RecorderState,
    /// How many steps are there.
    pub(crate) steps: u32,
}

/// Whether the recorder listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum RecorderState {
    Idle,
    Recording,
    Paused,
}

/// Which sessions are wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct SessionFilter {
    /// Only those that stand here.
    #[param(inline)]
    pub(crate) status: Option<SessionStatus>,
}

/// What to photograph.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct TakeScreenshot {
    /// The whole page instead of the viewport.
    pub(crate) full_page: bool,
}

/// A file that a viewer sent for the page's file chooser.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UploadedFile {
    pub(crate) id: UploadId,
    pub(crate) name: String,
    /// Bytes.
    pub(crate) size: u64,
}

/// The form that carries files.
#[derive(Debug, ToSchema)]
#[expect(
    dead_code,
    reason = "describes the multipart form in the OpenAPI document; the handler reads it as a stream"
)]
pub(crate) struct UploadForm {
    /// One part per file.
    #[schema(format = Binary, content_media_type = "application/octet-stream")]
    files: Vec<String>,
}

/// JavaScript for the active tab.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Evaluate {
    /// An expression; a promise is waited for.
    pub(crate) expression: String,
}

/// What JavaScript gave.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Evaluated {
    /// As JSON; what JSON cannot hold is `null`.
    #[schema(value_type = Value)]
    pub(crate) value: serde_json::Value,
}

/// What to call the recording.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct SaveRecording {
    /// The session's name when absent.
    pub(crate) name: Option<String>,
}

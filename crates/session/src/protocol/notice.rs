//! What a session tells its viewers.

use ids::ViewerId;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::state::State;

/// How much a notice matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Level {
    /// Good to know.
    Info,
    /// Somebody should look.
    Warning,
    /// Something did not work.
    Error,
}

/// One message to a viewer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "t", rename_all = "camelCase")]
pub enum Notice {
    /// The first message: who you are and all that is.
    Welcome {
        /// Id of this viewer; a later `hello` resumes with it.
        viewer: ViewerId,
        /// The session.
        session: Box<State>,
        /// The steps recorded so far.
        steps: Vec<StepView>,
        /// The last measurement.
        stats: Beat,
    },
    /// The session changed.
    State(Box<State>),
    /// A step was recorded, or the last form of one that is still being typed.
    Step(StepNotice),
    /// The steps changed otherwise (undo, start).
    Steps {
        /// All of them.
        steps: Vec<StepView>,
    },
    /// The page said something.
    Console(ConsoleLine),
    /// A request failed.
    Network(NetworkLine),
    /// An exception that nothing caught.
    Exception {
        /// Its message.
        text: String,
        /// Calls that led there.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        stack: Option<String>,
        /// When, RFC 3339.
        at: String,
    },
    /// Something a person should know.
    Notice {
        /// How much it matters.
        level: Level,
        /// A word for programs.
        code: String,
        /// A sentence for people.
        text: String,
        /// More of it.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        detail: Option<String>,
    },
    /// The pointer's shape.
    Cursor {
        /// A CSS cursor.
        css: String,
    },
    /// The page wants a choice from a list, or a colour, date or time; as the page script describes it.
    Picker(Value),
    /// The picker is gone.
    PickerClosed,
    /// An editable field got or lost the focus.
    Focus {
        /// Typing goes into it.
        editable: bool,
        /// Where it is.
        #[serde(rename = "box", skip_serializing_if = "Option::is_none", default)]
        area: Option<Value>,
    },
    /// What can be clicked, in CSS pixels of the viewport.
    Clickables {
        /// Box, role and name of each.
        boxes: Vec<Value>,
    },
    /// The element that was picked, its selectors and the checks that would hold now.
    Picked(Value),
    /// Text that was copied in the page.
    Clipboard {
        /// The text.
        text: String,
    },
    /// A file came down.
    Download(DownloadNotice),
    /// A screenshot was kept.
    Screenshot {
        /// Bytes of the PNG.
        bytes: u64,
        /// Address of the stored picture, once it is stored.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        artifact: Option<String>,
    },
    /// Once a second: alive, and how it goes.
    Beat(Beat),
    /// The answer to a `ping`.
    Pong {
        /// The number that came.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        n: Option<f64>,
    },
    /// A command that was not done, and why.
    Error {
        /// A word for programs.
        code: String,
        /// A sentence for people.
        message: String,
    },
    /// The last message.
    Bye {
        /// Why.
        reason: String,
    },
}

impl Notice {
    /// An `error` message.
    #[must_use]
    pub fn error(code: &str, message: impl Into<String>) -> Self {
        Self::Error {
            code: code.to_owned(),
            message: message.into(),
        }
    }

    /// A `notice` without detail.
    #[must_use]
    pub fn note(level: Level, code: &str, text: impl Into<String>) -> Self {
        Self::Notice {
            level,
            code: code.to_owned(),
            text: text.into(),
            detail: None,
        }
    }
}

/// A recorded step as a viewer's side panel shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StepView {
    /// Position in the recording, from 0.
    pub index: usize,
    /// The step as the recording document writes it.
    pub step: Value,
    /// A sentence saying what it does.
    pub title: String,
    /// A small picture as a `data:` address.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub picture: Option<String>,
}

/// A step that was added or written anew.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StepNotice {
    /// The step.
    #[serde(flatten)]
    pub view: StepView,
    /// It stays the same while a step is being typed.
    pub emit_id: String,
    /// It takes the place of the step at its index.
    pub replaced: bool,
}

/// A line of the page's console.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsoleLine {
    /// As the browser names it.
    pub level: String,
    /// The message.
    pub text: String,
    /// When, RFC 3339.
    pub at: String,
    /// Script.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub url: Option<String>,
    /// Line, from 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line: Option<u32>,
}

/// A failed request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkLine {
    /// HTTP method.
    pub method: String,
    /// Address.
    pub url: String,
    /// Status of the answer.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub status: Option<u16>,
    /// The browser's error.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub error: Option<String>,
    /// When, RFC 3339.
    pub at: String,
}

/// A download and how far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DownloadNotice {
    /// Name proposed by the page.
    pub name: String,
    /// `started`, `finished` or `canceled`.
    pub state: String,
    /// Size, once it is known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub bytes: Option<u64>,
    /// Address of the stored file, once it is stored.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub artifact: Option<String>,
}

/// How the live picture goes, measured over the last second.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Beat {
    /// Milliseconds since 1970 on the server.
    pub at: u64,
    /// Frames sent to this viewer in the last second.
    pub fps: f64,
    /// Frames that the browser gave in the last second.
    pub captured: u32,
    /// Frames that this viewer was too slow for, in all.
    pub dropped: u32,
    /// Bytes sent to this viewer in the last second.
    pub bytes: u64,
    /// Who watches.
    pub viewers: u32,
    /// Milliseconds between handing an input to the browser and its answer, median of the last second.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub input_ms: Option<f64>,
}

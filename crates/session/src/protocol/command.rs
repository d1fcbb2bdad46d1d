//! What a viewer may say.

use ids::ViewerId;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One message of a viewer: a command and, for input, its number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClientMessage {
    /// Number of this input; it comes back in the header of the first frame that can show its effect. Of an `ack`: the
    /// number of the frame.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<u32>,
    /// What is asked.
    #[serde(flatten)]
    pub command: Command,
}

/// What a viewer asks of a session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "t", rename_all = "camelCase")]
pub enum Command {
    /// First message: who is there, and which place to take up again after a lost connection.
    #[serde(rename_all = "camelCase")]
    Hello {
        /// Name shown to the other viewers.
        #[serde(default)]
        name: Option<String>,
        /// Id from an earlier `welcome`.
        #[serde(default)]
        resume: Option<ViewerId>,
        /// The last input number sent before the connection was lost.
        #[serde(default)]
        last_seq: Option<u32>,
    },
    /// The frame whose number is the message's `seq`, and all before it, have been shown.
    Ack,
    /// The pointer moved, or a button went down or up.
    Mouse(MouseInput),
    /// The wheel turned.
    Wheel(WheelInput),
    /// A key went down or up.
    Key(KeyInput),
    /// Text typed or pasted as a whole.
    Text {
        /// What to insert at the caret.
        text: String,
    },
    /// Text being composed.
    Ime(ImeText),
    /// Fingers.
    Touch(TouchInput),
    /// Toolbar navigation of the active tab.
    Nav {
        /// Which one.
        action: NavAction,
        /// Where to, for `goto`.
        #[serde(default)]
        url: Option<String>,
    },
    /// Another viewport.
    Viewport(ViewportRequest),
    /// Tabs.
    Tab {
        /// What to do.
        action: TabAction,
        /// Which tab, for `switch` and `close`.
        #[serde(default)]
        index: Option<u32>,
        /// What a new tab opens.
        #[serde(default)]
        url: Option<String>,
    },
    /// The answer to the open dialog.
    Dialog {
        /// Accept or dismiss.
        action: DialogAction,
        /// Answer to a prompt.
        #[serde(default)]
        text: Option<String>,
    },
    /// The answer to an open file chooser.
    Files(Files),
    /// The choice in an open picker.
    Choose {
        /// Id of the picker.
        id: Value,
        /// Chosen options of a list, from 0.
        #[serde(default)]
        indexes: Option<Vec<u32>>,
        /// Chosen colour, date or time.
        #[serde(default)]
        value: Option<String>,
    },
    /// Rate and quality of the picture.
    Cast(CastSettings),
    /// Who holds the controls.
    Control {
        /// What is wanted.
        action: ControlAction,
        /// To whom, for `give`.
        #[serde(default)]
        to: Option<ViewerId>,
    },
    /// The recorder.
    Record {
        /// What to do.
        action: RecordAction,
    },
    /// Adds a check to the recording.
    Check(CheckRequest),
    /// Describe the element at a point and propose checks for it.
    Pick {
        /// CSS pixels from the left of the viewport.
        x: f64,
        /// CSS pixels from its top.
        y: f64,
    },
    /// Outline the element at a point while a check is being pointed at.
    Hoverpick {
        /// CSS pixels from the left of the viewport.
        x: f64,
        /// CSS pixels from its top.
        y: f64,
    },
    /// Show what can be clicked.
    Highlight {
        /// Shown or not.
        on: bool,
    },
    /// Send the selected text.
    Copy,
    /// Keep a screenshot.
    Screenshot,
    /// Measures the way there and back.
    Ping {
        /// Comes back in the `pong`.
        #[serde(default)]
        n: Option<f64>,
    },
}

/// What the pointer did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum MouseKind {
    /// It moved.
    Move,
    /// A button went down.
    Down,
    /// A button went up.
    Up,
}

/// A pointer event in CSS pixels of the page's viewport.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MouseInput {
    /// Move, down or up.
    pub kind: MouseKind,
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// 0 left, 1 middle, 2 right.
    #[serde(default)]
    pub button: u8,
    /// Buttons held, as in `MouseEvent.buttons`.
    #[serde(default)]
    pub buttons: u8,
    /// 1 for a click, 2 for the second of a double click.
    #[serde(default)]
    pub clicks: u8,
    /// 1 alt, 2 ctrl, 4 meta, 8 shift.
    #[serde(default)]
    pub mods: u8,
}

/// A turn of the wheel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WheelInput {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// CSS pixels to scroll right.
    #[serde(default)]
    pub dx: f64,
    /// CSS pixels to scroll down.
    #[serde(default)]
    pub dy: f64,
    /// 1 alt, 2 ctrl, 4 meta, 8 shift.
    #[serde(default)]
    pub mods: u8,
}

/// Down or up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum KeyKind {
    /// The key went down.
    Down,
    /// The key went up.
    Up,
}

/// A key as the viewer's browser reported it (`KeyboardEvent`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeyInput {
    /// Down or up.
    pub kind: KeyKind,
    /// `KeyboardEvent.key`.
    pub key: String,
    /// `KeyboardEvent.code`.
    #[serde(default)]
    pub code: String,
    /// Text that the key produces.
    #[serde(default)]
    pub text: Option<String>,
    /// `KeyboardEvent.location`.
    #[serde(default)]
    pub location: u8,
    /// 1 alt, 2 ctrl, 4 meta, 8 shift.
    #[serde(default)]
    pub mods: u8,
    /// The key is held.
    #[serde(default)]
    pub repeat: bool,
}

/// Text under composition and where the caret is in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImeText {
    /// The text so far.
    pub text: String,
    /// Start of the selection in UTF-16 units.
    #[serde(default)]
    pub start: i64,
    /// End of the selection.
    #[serde(default)]
    pub end: i64,
}

/// What the fingers did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TouchKind {
    /// A finger came down.
    Start,
    /// A finger moved.
    Move,
    /// A finger left.
    End,
    /// The system took over.
    Cancel,
}

/// One finger.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TouchPoint {
    /// Tells fingers apart.
    #[serde(default)]
    pub id: i64,
    /// From the left, in CSS pixels.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

/// The fingers that are on the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TouchInput {
    /// What happened.
    pub kind: TouchKind,
    /// Fingers still there; empty at the end.
    #[serde(default)]
    pub points: Vec<TouchPoint>,
}

/// Toolbar navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum NavAction {
    /// To an address.
    Goto,
    /// One back in the history.
    Back,
    /// One forward.
    Forward,
    /// Load again.
    Reload,
    /// Stop loading.
    Stop,
}

/// A viewport to take.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ViewportRequest {
    /// `desktop`, `laptop`, `tablet` or `phone`; fills what is not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preset: Option<String>,
    /// CSS pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// CSS pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// Device pixels per CSS pixel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device_scale_factor: Option<f64>,
    /// Lay pages out as a phone does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mobile: Option<bool>,
    /// Pages see a touch screen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub touch: Option<bool>,
}

/// What to do with tabs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TabAction {
    /// Open one.
    New,
    /// Show another.
    Switch,
    /// Close one.
    Close,
}

/// Answers to a dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum DialogAction {
    /// OK.
    Accept,
    /// Cancel.
    Dismiss,
}

/// Files for a chooser: names of files uploaded before, none to cancel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Files {
    /// Ids that the upload gave.
    #[serde(default)]
    pub uploads: Vec<String>,
}

/// Rate and quality of the picture; what is not given stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CastSettings {
    /// Frames a second, 1 to 60.
    #[serde(default)]
    pub fps: Option<u32>,
    /// JPEG quality, 10 to 100.
    #[serde(default)]
    pub quality: Option<u8>,
}

/// What to do with the controls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ControlAction {
    /// Take them, or ask their holder for them.
    Take,
    /// Let them go.
    Release,
    /// Hand them over.
    Give,
}

/// What the recorder shall do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RecordAction {
    /// Begin, or begin again with no steps.
    Start,
    /// Leave out what follows.
    Pause,
    /// Go on.
    Resume,
    /// End; the steps stay.
    Stop,
    /// Forget the last step.
    Undo,
}

/// A check that somebody pointed at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CheckRequest {
    /// A `checkType` of the recording format, except `elementAttribute` and `expression`.
    pub kind: String,
    /// What is to be found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// Ranked selectors of the element, as `picked` gave them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub selectors: Vec<Value>,
    /// The frames around it, outermost first, as `picked` gave them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub frames: Vec<Value>,
    /// The opposite is to hold.
    #[serde(default)]
    pub negated: bool,
}

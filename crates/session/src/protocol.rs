//! The words that a viewer and a session exchange.
//!
//! JSON objects tagged by `t`; a viewer sends [`Command`]s, a session answers with [`Notice`]s. Pictures travel beside
//! them as binary frames (see [`crate::wire`]).

mod command;
mod notice;
mod state;

pub use command::{
    CastSettings, CheckRequest, ClientMessage, Command, ControlAction, DialogAction, Files,
    ImeText, KeyInput, KeyKind, MouseInput, MouseKind, NavAction, RecordAction, TabAction,
    TouchInput, TouchKind, TouchPoint, ViewportRequest, WheelInput,
};
pub use notice::{
    Beat, ConsoleLine, DownloadNotice, Level, NetworkLine, Notice, StepNotice, StepView,
};
pub use state::{
    BrowserInfo, BrowserLimit, CastState, ControlState, DialogState, FileChooserState,
    RecordingInfo, RecordingPhase, State, Status, TabError, TabState, ViewerState, ViewportState,
};

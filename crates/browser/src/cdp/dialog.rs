//! JavaScript dialogs.

use std::fmt;
use std::sync::Arc;

use crate::cdp::protocol::page::{DialogType, JavascriptDialogOpeningEvent};
use crate::cdp::session::Session;

/// The kind of a dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DialogKind {
    /// `alert`.
    Alert,
    /// `confirm`.
    Confirm,
    /// `prompt`.
    Prompt,
    /// The question whether to leave the page.
    BeforeUnload,
}

impl DialogKind {
    /// "alert", "confirm", "prompt" or "beforeunload".
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Alert => "alert",
            Self::Confirm => "confirm",
            Self::Prompt => "prompt",
            Self::BeforeUnload => "beforeunload",
        }
    }
}

impl fmt::Display for DialogKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A dialog that waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialog {
    /// Its kind.
    pub kind: DialogKind,
    /// Its text.
    pub message: Arc<str>,
    /// What a prompt's field holds at first.
    pub default_prompt: Arc<str>,
    /// The address of the frame that opened it.
    pub url: Arc<str>,
}

/// How to answer a dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DialogAnswer {
    /// OK; with the text of a prompt.
    Accept(Option<String>),
    /// Cancel.
    Dismiss,
}

/// A dialog and the session that it can be answered on.
#[derive(Clone)]
pub(crate) struct OpenDialog {
    pub(crate) dialog: Arc<Dialog>,
    pub(crate) session: Session,
}

impl OpenDialog {
    pub(crate) fn new(event: JavascriptDialogOpeningEvent, session: Session) -> Self {
        let kind = match event.r#type {
            DialogType::Confirm => DialogKind::Confirm,
            DialogType::Prompt => DialogKind::Prompt,
            DialogType::Beforeunload => DialogKind::BeforeUnload,
            DialogType::Alert | DialogType::Unknown => DialogKind::Alert,
        };
        let dialog = Dialog {
            kind,
            message: event.message.into(),
            default_prompt: event.default_prompt.unwrap_or_default().into(),
            url: event.url.into(),
        };
        Self {
            dialog: Arc::new(dialog),
            session,
        }
    }
}

//! Why a step could not be performed, on its way to the report.

use browser::{BrowserError, Interrupted};

use crate::outcome::{ErrorCode, StepError, Tried};

/// Why a step could not be performed. It becomes a [`StepError`] when the step ends.
#[derive(Debug)]
pub(crate) struct Fault(Box<Inner>);

#[derive(Debug)]
struct Inner {
    code: ErrorCode,
    message: String,
    detail: Option<String>,
    tried: Vec<Tried>,
    not_healed: Option<String>,
}

impl Fault {
    pub(crate) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            code,
            message: message.into(),
            detail: None,
            tried: Vec::new(),
            not_healed: None,
        }))
    }

    pub(crate) fn detail(mut self, detail: impl Into<String>) -> Self {
        self.0.detail = Some(detail.into()).filter(|detail: &String| !detail.is_empty());
        self
    }

    /// What could be done about it, after what is said besides.
    pub(crate) fn hint(mut self, hint: String) -> Self {
        self.0.detail = Some(match self.0.detail.take() {
            Some(detail) => format!("{detail}; {hint}"),
            None => hint,
        });
        self
    }

    pub(crate) fn tried(mut self, tried: Vec<Tried>) -> Self {
        self.0.tried = tried;
        self
    }

    /// Why no other element was taken instead; it ends the call log.
    pub(crate) fn not_healed(mut self, why: Option<String>) -> Self {
        self.0.not_healed = why;
        self
    }

    /// Says where it happened, before what happened.
    pub(crate) fn within(mut self, place: &str) -> Self {
        self.0.message = format!("{place}: {}", self.0.message);
        self
    }

    pub(crate) fn code(&self) -> ErrorCode {
        self.0.code
    }

    pub(crate) fn message(&self) -> &str {
        &self.0.message
    }

    pub(crate) fn into_error(self, mut call_log: Vec<String>) -> StepError {
        let Inner {
            code,
            message,
            detail,
            tried,
            not_healed,
        } = *self.0;
        call_log.extend(not_healed.map(|why| format!("not healed: {why}")));
        StepError {
            code,
            message,
            detail,
            call_log,
            tried,
        }
    }
}

impl From<BrowserError> for Fault {
    fn from(error: BrowserError) -> Self {
        let code = match &error {
            BrowserError::Interrupted(Interrupted::Cancelled { .. }) => ErrorCode::Cancelled,
            BrowserError::Interrupted(Interrupted::DeadlineExceeded { .. }) => ErrorCode::Timeout,
            BrowserError::NavigationFailed { .. } => ErrorCode::NavigationFailed,
            BrowserError::DialogOpen { .. } => ErrorCode::UnexpectedDialog,
            BrowserError::Disconnected => ErrorCode::BrowserGone,
            BrowserError::TargetCrashed => ErrorCode::PageCrashed,
            BrowserError::PageClosed => ErrorCode::PageClosed,
            BrowserError::Unsupported { .. } | BrowserError::Invalid(_) => ErrorCode::Unsupported,
            BrowserError::Evaluation { .. } => ErrorCode::ScriptFailed,
            _ => ErrorCode::Browser,
        };
        let fault = Self::new(code, error.to_string());
        match error {
            BrowserError::Evaluation { stack, .. } => fault.detail(stack),
            BrowserError::Protocol { code, .. } => fault.detail(format!("protocol error {code}")),
            _ => fault,
        }
    }
}

impl From<Interrupted> for Fault {
    fn from(interrupted: Interrupted) -> Self {
        BrowserError::from(interrupted).into()
    }
}

impl From<recording::Unresolved> for Fault {
    fn from(error: recording::Unresolved) -> Self {
        Self::new(ErrorCode::VariableMissing, error.to_string())
    }
}

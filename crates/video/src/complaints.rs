//! What the page says while it is rendered.

use browser::{ConsoleLevel, Page, PageEvent};
use serde::Serialize;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::TryRecvError;

/// So many are kept; a sketch may complain in every frame.
const MOST: usize = 100;

/// The longest text that is kept of one, in characters.
const LONGEST: usize = 2000;

/// What the browser says of its own set-up, which nobody who wrote the code can change: the page's sandbox, and that WebGL
/// is drawn in software.
const NOISE: [&str; 3] = [
    "An iframe which has both allow-scripts and allow-same-origin",
    "Automatic fallback to software WebGL",
    "GL Driver Message",
];

/// An error or a warning of the page's console, or an exception that nobody caught.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Complaint {
    /// What it is.
    pub kind: ComplaintKind,
    /// The text: "TypeError: x is not a function".
    pub text: String,
    /// The script and line: "sketch.js:12"; empty when unknown.
    pub place: String,
}

/// What a complaint is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ComplaintKind {
    /// A warning on the console.
    Warning,
    /// An error on the console, or a request that was refused.
    Error,
    /// An exception that nobody caught.
    Exception,
}

impl ComplaintKind {
    /// The word, as it stands in results.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
            Self::Exception => "exception",
        }
    }
}

/// Collects them.
pub(crate) struct Complaints {
    events: Receiver<PageEvent>,
    kept: Vec<Complaint>,
}

impl Complaints {
    pub(crate) fn of(page: &Page) -> Self {
        Self {
            events: page.events(),
            kept: Vec::new(),
        }
    }

    /// Takes in what has come since the last call.
    pub(crate) fn collect(&mut self) {
        loop {
            let complaint = match self.events.try_recv() {
                Ok(PageEvent::Console(message)) => {
                    let kind = match message.level {
                        ConsoleLevel::Error => ComplaintKind::Error,
                        ConsoleLevel::Warning => ComplaintKind::Warning,
                        ConsoleLevel::Debug | ConsoleLevel::Log | ConsoleLevel::Info => continue,
                    };
                    complaint(kind, &message.text, &message.url, message.line)
                }
                Ok(PageEvent::Exception(exception)) => complaint(
                    ComplaintKind::Exception,
                    &exception.text,
                    &exception.url,
                    exception.line,
                ),
                Ok(_) | Err(TryRecvError::Lagged(_)) => continue,
                Err(TryRecvError::Empty | TryRecvError::Closed) => return,
            };
            if NOISE.iter().any(|noise| complaint.text.contains(noise)) {
                continue;
            }
            if self.kept.len() < MOST && !self.kept.contains(&complaint) {
                self.kept.push(complaint);
            }
        }
    }

    /// The first exception that nobody caught.
    pub(crate) fn exception(&self) -> Option<&Complaint> {
        let is_exception = |complaint: &&Complaint| complaint.kind == ComplaintKind::Exception;
        self.kept.iter().find(is_exception)
    }

    pub(crate) fn all(&self) -> Vec<Complaint> {
        self.kept.clone()
    }
}

impl std::fmt::Display for Complaint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)?;
        if self.place.is_empty() {
            return Ok(());
        }
        write!(f, " ({})", self.place)
    }
}

fn complaint(kind: ComplaintKind, text: &str, url: &str, line: u32) -> Complaint {
    let file = url.strip_prefix(crate::document::ADDRESS).unwrap_or(url);
    let place = match (file, line) {
        ("", 0) => String::new(),
        ("", line) => format!("line {line}"),
        (file, 0) => file.to_owned(),
        (file, line) => format!("{file}:{line}"),
    };
    Complaint {
        kind,
        text: text.chars().take(LONGEST).collect(),
        place,
    }
}

//! What a session tells the rest of the house, so that it lasts.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use capture::{ConsoleEntry, Evidence, NetworkFailure};
use egress::Denial;
use ids::{ErrorId, SessionId, ViewerId};

use crate::folder::SessionFolder;
use crate::protocol::{State, TabError};

/// Something that happened in a session.
#[derive(Debug, Clone)]
pub struct SessionEvent {
    /// The session.
    pub session: SessionId,
    /// When.
    pub at: SystemTime,
    /// What.
    pub kind: SessionEventKind,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum SessionEventKind {
    /// The session began.
    Started {
        /// Its first state.
        state: Arc<State>,
    },
    /// Its state changed: tabs, viewers, control, recording.
    Changed {
        /// The state now.
        state: Arc<State>,
    },
    /// It is over; the last event of a session.
    Ended {
        /// Why, as a sentence.
        reason: String,
        /// It did not end because somebody wanted it to.
        failed: bool,
    },
    /// Somebody did something with the session as a whole: `nav`, `tab`, `dialog`, `control`, `record`, `viewport`.
    Action {
        /// Who; none when the session did it by itself.
        viewer: Option<ViewerId>,
        /// What, as the live protocol names it.
        name: &'static str,
        /// With what.
        detail: String,
    },
    /// A step was recorded, or written anew while it is typed.
    Step {
        /// Position in the recording.
        index: usize,
        /// It takes the place of the one there.
        replaced: bool,
        /// The step.
        step: Arc<recording::Step>,
        /// A small JPEG.
        picture: Option<Bytes>,
    },
    /// The last step was taken back.
    StepUndone {
        /// Its position.
        index: usize,
    },
    /// A page arrived at another document.
    Navigated {
        /// Number of the tab.
        tab: u32,
        /// Address.
        url: String,
    },
    /// A page could not be had.
    NavigationFailed {
        /// Names the error.
        error: ErrorId,
        /// Number of the tab.
        tab: u32,
        /// Address asked for.
        url: String,
        /// Why.
        reason: TabError,
    },
    /// A line on a page's console.
    Console {
        /// Set when the line is an error.
        error: Option<ErrorId>,
        /// The line.
        entry: ConsoleEntry,
    },
    /// An exception that nothing caught.
    Exception {
        /// Names the error.
        error: ErrorId,
        /// The exception.
        entry: ConsoleEntry,
    },
    /// A request failed.
    NetworkFailure {
        /// Names the error.
        error: ErrorId,
        /// The request.
        failure: NetworkFailure,
    },
    /// A page's process died.
    Crashed {
        /// Names the error.
        error: ErrorId,
        /// Number of the tab.
        tab: u32,
        /// Its address.
        url: String,
    },
    /// What the page looked like when errors happened; follows them, and one may serve several.
    Evidence {
        /// The errors it belongs to.
        errors: Vec<ErrorId>,
        /// What was gathered.
        evidence: Arc<Evidence>,
        /// The last JPEG frame before the first of the errors.
        before: Option<Bytes>,
        /// The first JPEG frame after it.
        after: Option<Bytes>,
    },
    /// The network door refused a connection.
    EgressDenied {
        /// What and why.
        denial: Denial,
    },
    /// A screenshot that somebody asked for.
    Screenshot {
        /// The PNG.
        png: Bytes,
        /// Of the whole page.
        full_page: bool,
        /// Address of the page.
        url: String,
    },
    /// A file came down.
    Download {
        /// Name proposed by the page.
        name: String,
        /// The file; it stays as long as `folder` is held.
        path: PathBuf,
        /// Bytes.
        bytes: u64,
        /// Keeps the file.
        folder: SessionFolder,
    },
}

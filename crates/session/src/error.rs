//! What can go wrong with a session.

use std::sync::Arc;

use ids::SessionId;

/// An operation on a session failed.
#[derive(Debug, Clone, thiserror::Error)]
pub enum SessionError {
    /// As many sessions as allowed are running.
    #[error("{max} sessions are running already; stop one first")]
    TooMany {
        /// The limit.
        max: usize,
    },
    /// The session is over.
    #[error("session {id} has ended")]
    Ended {
        /// Which.
        id: SessionId,
    },
    /// The address cannot be opened.
    #[error("{0}")]
    Address(String),
    /// The viewport makes no sense.
    #[error("{0}")]
    Viewport(String),
    /// The session's browser engine cannot do it.
    #[error("{0}; a session on Chromium can")]
    Unsupported(browser::BrowserError),
    /// No page is open.
    #[error("no tab is open")]
    NoTab,
    /// The browser refused.
    #[error("the browser could not do it")]
    Browser(#[from] browser::BrowserError),
    /// The network door could not be opened.
    #[error("the egress proxy could not be started")]
    Egress(#[source] Arc<egress::EgressError>),
    /// The session's folder could not be made or written.
    #[error("the session's folder could not be used")]
    Folder(#[source] Arc<std::io::Error>),
    /// An upload is larger than allowed.
    #[error("the file is larger than {limit} bytes")]
    UploadTooLarge {
        /// The limit.
        limit: u64,
    },
}

/// The result of every operation of this crate.
pub type Result<T, E = SessionError> = std::result::Result<T, E>;

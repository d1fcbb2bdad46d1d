//! What can go wrong with a browser, one variant per kind of trouble.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use crate::capability::Capability;
use crate::cdp::dialog::Dialog;
use crate::options::Engine;
use crate::progress::Interrupted;

/// An operation on a browser failed.
#[derive(Debug, Clone, thiserror::Error)]
pub enum BrowserError {
    /// This engine cannot do it at all.
    #[error("{engine} does not support {}", .capability.name())]
    Unsupported {
        /// The engine that was asked.
        engine: Engine,
        /// What it was asked for.
        capability: Capability,
    },
    /// The browser has gone: closed, killed or crashed.
    #[error("the browser is no longer connected")]
    Disconnected,
    /// The page's renderer process has crashed.
    #[error("the page has crashed")]
    TargetCrashed,
    /// The browser refused a command.
    #[error("{method}: {message}")]
    Protocol {
        /// The command.
        method: &'static str,
        /// The protocol's error code.
        code: i64,
        /// The browser's own words.
        message: String,
    },
    /// A reply was not of the expected shape.
    #[error("{method}: the browser's reply could not be read")]
    Reply {
        /// The command.
        method: &'static str,
        #[source]
        /// What was wrong with it.
        source: Arc<serde_json::Error>,
    },
    /// The deadline passed or somebody cancelled.
    #[error(transparent)]
    Interrupted(#[from] Interrupted),
    /// The document that was being worked in has gone, because a navigation replaced it or its frame was removed.
    #[error("the document was replaced or removed while it was being worked in")]
    ContextDestroyed,
    /// The address could not be opened.
    #[error("could not open {url}: {reason}")]
    NavigationFailed {
        /// The address that was asked for.
        url: String,
        /// Why.
        reason: NavigationFailure,
    },
    /// The page has been closed.
    #[error("the page has been closed")]
    PageClosed,
    /// A JavaScript dialog is open; scripts in the page do not run until it is answered.
    #[error("a JavaScript {} is open: {:?}", .dialog.kind, .dialog.message)]
    DialogOpen {
        /// The dialog.
        dialog: Arc<Dialog>,
    },
    /// A script in the page threw.
    #[error("{message}")]
    Evaluation {
        /// The first line: "TypeError: x is not a function".
        message: String,
        /// The whole stack as the page reports it; empty when there is none.
        stack: String,
    },
    /// The browser could not be started.
    #[error("could not start {}: {reason}", .executable.display())]
    Launch {
        /// The program that was started.
        executable: PathBuf,
        /// Why, in one sentence.
        reason: String,
        /// The last lines it wrote to its standard error.
        output: Vec<String>,
    },
    /// No browser is installed.
    #[error("no browser found; looked for {}", .looked_for.join(", "))]
    NotFound {
        /// The programs that were looked for.
        looked_for: Vec<String>,
    },
    /// Pages cannot be heard: the server that they would play on is not installed.
    #[error("pages are heard through PulseAudio, which was not found (apt install pulseaudio)")]
    NoSoundServer,
    /// An argument makes no sense.
    #[error("{0}")]
    Invalid(String),
    /// A file or folder could not be used.
    #[error("{doing} {}", .path.display())]
    File {
        /// What was being done: "reading".
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// Why it failed.
        #[source]
        source: Arc<std::io::Error>,
    },
}

impl BrowserError {
    /// Whether the operation ran out of time.
    pub fn is_timeout(&self) -> bool {
        matches!(
            self,
            Self::Interrupted(Interrupted::DeadlineExceeded { .. })
        )
    }

    /// Whether somebody cancelled the operation.
    pub fn is_cancelled(&self) -> bool {
        matches!(self, Self::Interrupted(Interrupted::Cancelled { .. }))
    }
}

/// Why an address could not be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NavigationFailure {
    /// The name does not resolve.
    DnsFailure,
    /// Nobody listens at the address.
    ConnectionRefused,
    /// The certificate or the handshake is bad.
    Tls(String),
    /// The network, not the caller's deadline, timed out.
    Timeout,
    /// Another navigation, a download or an empty answer replaced it.
    Aborted,
    /// The proxy refused or could not build the tunnel.
    TunnelFailed,
    /// Anything else, as `net::ERR_*`.
    Other(String),
}

impl NavigationFailure {
    /// Reads Chromium's `net::ERR_*`.
    pub(crate) fn from_net_error(text: &str) -> Self {
        match text.strip_prefix("net::").unwrap_or(text) {
            "ERR_NAME_NOT_RESOLVED" | "ERR_NAME_RESOLUTION_FAILED" | "ERR_DNS_TIMED_OUT" => {
                Self::DnsFailure
            }
            "ERR_CONNECTION_REFUSED" => Self::ConnectionRefused,
            "ERR_TIMED_OUT" | "ERR_CONNECTION_TIMED_OUT" => Self::Timeout,
            "ERR_ABORTED" => Self::Aborted,
            "ERR_TUNNEL_CONNECTION_FAILED" | "ERR_PROXY_CONNECTION_FAILED" => Self::TunnelFailed,
            tls if tls.starts_with("ERR_CERT_") || tls.starts_with("ERR_SSL_") => {
                Self::Tls(tls.to_owned())
            }
            other => Self::Other(other.to_owned()),
        }
    }
}

impl fmt::Display for NavigationFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DnsFailure => f.write_str("the name could not be resolved"),
            Self::ConnectionRefused => f.write_str("the connection was refused"),
            Self::Tls(code) => write!(f, "the secure connection failed ({code})"),
            Self::Timeout => f.write_str("the server did not answer in time"),
            Self::Aborted => f.write_str("the navigation was aborted"),
            Self::TunnelFailed => f.write_str("the proxy refused the connection"),
            Self::Other(code) => f.write_str(code),
        }
    }
}

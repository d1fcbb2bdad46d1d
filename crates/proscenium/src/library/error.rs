//! Why a server's recordings cannot be had, and what the program ends with then.

use std::io::ErrorKind;

use recording::ParseError;
use thiserror::Error;

use super::LARGEST;
use crate::exit_code::ExitCode;

/// Why the server's recordings cannot be had. Each begins with a code for scripts.
#[derive(Debug, Error)]
pub(crate) enum LibraryError {
    #[error("MISSING_API_URL: say which server with --api-url or PROSCENIUM_API_URL")]
    MissingUrl,
    #[error("MISSING_API_TOKEN: say who asks with --api-token or PROSCENIUM_API_TOKEN")]
    MissingToken,
    #[error("MISSING_TAGS: say which recordings of the server with --recording-id or --tag")]
    MissingTags,
    #[error("UNAUTHORIZED: the server does not know the token, or it has run out")]
    Unauthorized,
    #[error("FORBIDDEN: the token may not do that")]
    Forbidden,
    #[error("RECORDING_NOT_FOUND: the server has no recording {0}")]
    NotFound(String),
    #[error("FETCH_FAILED: the server answered {status}: {message}")]
    Failed { status: u16, message: String },
    #[error("FETCH_FAILED: the server's answer cannot be read")]
    Unreadable(#[source] serde_json::Error),
    #[error("FETCH_FAILED: the server's answer is larger than {} MB", LARGEST / 1024 / 1024)]
    TooLarge,
    #[error("LIST_FAILED: the server answered {status}: {message}")]
    ListFailed { status: u16, message: String },
    #[error("LIST_FAILED: the server's answer cannot be read")]
    ListUnreadable(#[source] serde_json::Error),
    #[error("FETCH_FAILED: recording {id} of the server is none")]
    NoRecording {
        id: String,
        #[source]
        error: ParseError,
    },
    #[error("CONNECTION_FAILED: the server at {host} cannot be reached")]
    Connection {
        host: String,
        #[source]
        error: Box<ureq::Error>,
    },
    #[error("NETWORK_ERROR: the connection to the server at {host} broke off; try again")]
    Network {
        host: String,
        #[source]
        error: Box<ureq::Error>,
    },
}

impl LibraryError {
    /// Whether the arguments are at fault rather than the server or the way to it.
    pub(crate) fn is_usage(&self) -> bool {
        matches!(
            self,
            Self::MissingUrl | Self::MissingToken | Self::MissingTags | Self::NotFound(_)
        )
    }

    /// The same of a list, whose failures have a code of their own.
    pub(super) fn of_list(self) -> Self {
        match self {
            Self::Failed { status, message } => Self::ListFailed { status, message },
            Self::Unreadable(error) => Self::ListUnreadable(error),
            error => error,
        }
    }

    /// No answer: the server was never reached, or it went away instead of answering.
    pub(super) fn of_request(host: &str, error: ureq::Error) -> Self {
        let is_lost = matches!(
            &error,
            ureq::Error::Io(error) if matches!(
                error.kind(),
                ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe
            )
        );
        let (host, error) = (host.to_owned(), Box::new(error));
        if is_lost {
            Self::Network { host, error }
        } else {
            Self::Connection { host, error }
        }
    }

    /// Half an answer.
    pub(super) fn of_answer(host: &str, error: ureq::Error) -> Self {
        match error {
            ureq::Error::BodyExceedsLimit(_) => Self::TooLarge,
            error => Self::Network {
                host: host.to_owned(),
                error: Box::new(error),
            },
        }
    }
}

/// Tells why there is no recording, and gives the exit status for it.
pub(crate) fn refused(error: anyhow::Error) -> ExitCode {
    let is_away = error
        .downcast_ref::<LibraryError>()
        .is_some_and(|error| !error.is_usage());
    let code = ExitCode::report(error);
    if is_away { code } else { ExitCode::USAGE }
}

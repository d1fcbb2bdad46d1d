//! Why a file was not delivered.

use std::time::Duration;

/// A file was not delivered.
#[derive(Debug, thiserror::Error)]
pub enum DeliverError {
    /// The file could not be read to its end.
    #[error("the file to deliver could not be read")]
    Read(#[source] std::io::Error),
    /// The storage did not take it.
    #[error("{key} could not be stored in {bucket}{}", .advice.map(|advice| format!("; {advice}")).unwrap_or_default())]
    Upload {
        /// The bucket or container.
        bucket: String,
        /// The key in it.
        key: String,
        /// What to do, where its answer tells.
        advice: Option<&'static str>,
        /// The storage's answer.
        #[source]
        source: object_store::Error,
    },
    /// What the public address shows is not the file, and the patience is over.
    #[error("{url} does not show what was stored, after {fetches} tries in {:.1} s", .waited.as_secs_f64())]
    Wrong {
        /// The public address.
        url: String,
        /// How often it was fetched.
        fetches: u32,
        /// How long.
        waited: Duration,
        /// The last comparison that failed.
        #[source]
        mismatch: Mismatch,
    },
    /// Somebody cancelled it.
    #[error("cancelled")]
    Cancelled,
}

/// The comparison that failed.
#[derive(Debug, thiserror::Error)]
pub enum Mismatch {
    /// Nothing came.
    #[error("it cannot be fetched")]
    Unreachable(#[source] reqwest::Error),
    /// It took too long.
    #[error("it was not there whole within {:.0} s", .limit.as_secs_f64())]
    TooSlow {
        /// How long it had.
        limit: Duration,
    },
    /// Another status.
    #[error("it answers {found}; 200 is right")]
    Status {
        /// The status.
        found: u16,
    },
    /// Another type.
    #[error("its type is {found}; {expected} is right")]
    Type {
        /// What was stored.
        expected: String,
        /// What came; "none" when nothing did.
        found: String,
    },
    /// Other words to caches.
    #[error("its cache-control is {found}; {expected} is right")]
    Cache {
        /// What was stored.
        expected: String,
        /// What came; "none" when nothing did.
        found: String,
    },
    /// It says another length, or another number of bytes came.
    #[error("it has {found} bytes; {expected} are right")]
    Length {
        /// What was stored.
        expected: u64,
        /// What came.
        found: u64,
    },
    /// Other bytes.
    #[error("its bytes are others: their SHA-256 is {found}; {expected} is right")]
    Content {
        /// What was stored, in hexadecimal.
        expected: String,
        /// What came, in hexadecimal.
        found: String,
    },
    /// A part of it is not what it should be.
    #[error("a range of it is wrong: {problem}")]
    Range {
        /// What is wrong and what would be right.
        problem: String,
    },
}

impl DeliverError {
    /// Whether it may be gone a moment later, without anybody doing anything about it.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        use object_store::Error::{
            InvalidPath, NotFound, NotImplemented, NotSupported, PermissionDenied, Unauthenticated,
        };
        match self {
            Self::Read(_) => true,
            Self::Upload { source, .. } => !matches!(
                source,
                NotFound { .. }
                    | PermissionDenied { .. }
                    | Unauthenticated { .. }
                    | NotSupported { .. }
                    | NotImplemented { .. }
                    | InvalidPath { .. }
            ),
            // It was looked at for as long as the patience lasts.
            Self::Wrong { .. } | Self::Cancelled => false,
        }
    }

    /// A stable word for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Read(_) => "could-not-read",
            Self::Upload { .. } => "could-not-store",
            Self::Cancelled => "cancelled",
            Self::Wrong { mismatch, .. } => match mismatch {
                Mismatch::Unreachable(_) => "unreachable",
                Mismatch::TooSlow { .. } => "too-slow",
                Mismatch::Status { .. } => "wrong-status",
                Mismatch::Type { .. } => "wrong-type",
                Mismatch::Cache { .. } => "wrong-cache-headers",
                Mismatch::Length { .. } => "wrong-length",
                Mismatch::Content { .. } => "wrong-content",
                Mismatch::Range { .. } => "wrong-range",
            },
        }
    }
}

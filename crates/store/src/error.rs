//! Why the store could not do something.

use std::path::PathBuf;

use sea_orm::{DbErr, sqlx};

/// The cause of a failure inside the database or the object store, without its type: nothing outside depends on it.
pub type Fault = Box<dyn std::error::Error + Send + Sync + 'static>;

/// Why the store could not do something.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The data folder could not be made or used.
    #[error("the data folder {path} cannot be used")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// The operating system's answer.
        source: std::io::Error,
    },
    /// The database could not be opened.
    #[error("the database {path} cannot be opened")]
    Open {
        /// Its file.
        path: PathBuf,
        /// The database's answer.
        source: Fault,
    },
    /// The schema could not be brought to this version.
    #[error("the database's schema cannot be brought to this version")]
    Migrate {
        /// The database's answer.
        source: Fault,
    },
    /// The database refused or failed.
    #[error("could not {operation}")]
    Database {
        /// What was tried: a verb and an object.
        operation: &'static str,
        /// The database's answer.
        source: Fault,
    },
    /// The object store refused or failed.
    #[error("could not {operation} a stored file")]
    Blob {
        /// What was tried.
        operation: &'static str,
        /// The object store's answer.
        source: Fault,
    },
    /// Values that are kept sealed could not be sealed or opened.
    #[error(
        "could not {operation} the values of variables: they belong to the vault.key of the data folder that they were given in"
    )]
    Vault {
        /// "seal" or "open".
        operation: &'static str,
    },
    /// No such row, or it was deleted.
    #[error("there is no such {what}")]
    NotFound {
        /// The kind of thing.
        what: &'static str,
    },
    /// The document was changed by somebody else in between.
    #[error("the recording was changed in between: it is at revision {current}")]
    StaleRevision {
        /// The revision in the database.
        current: u32,
    },
    /// The job belongs to another worker by now: stop working on it.
    #[error("the lease of the job was lost")]
    LeaseLost,
    /// The moment of the schedule was taken by another server, or the schedule was changed in between.
    #[error("the schedule's moment was taken already")]
    TurnTaken,
    /// A token that is unknown, used or too old.
    #[error("the token is not valid any more")]
    InvalidToken,
}

impl StoreError {
    /// The operating system's word for what went wrong with a file, where it was the operating system.
    #[must_use]
    pub fn io_kind(&self) -> Option<std::io::ErrorKind> {
        let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(self);
        while let Some(error) = cause {
            let io = error.downcast_ref::<std::io::Error>();
            match io.map(std::io::Error::get_ref) {
                // One that only wraps another has no word of its own, and hides the other from `source`.
                Some(Some(wrapped)) => cause = Some(wrapped),
                Some(None) => return io.map(std::io::Error::kind),
                None => cause = error.source(),
            }
        }
        None
    }

    /// Whether there is no room for what was to be kept: another attempt finds none either until somebody makes some.
    #[must_use]
    pub fn is_full(&self) -> bool {
        use std::io::ErrorKind::{QuotaExceeded, StorageFull};
        matches!(self.io_kind(), Some(StorageFull | QuotaExceeded)) || self.database_is_full()
    }

    /// Whether SQLite found no room for a page or its log.
    fn database_is_full(&self) -> bool {
        /// `SQLITE_FULL` of its result codes.
        const FULL: &str = "13";
        let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(self);
        while let Some(error) = cause {
            if let Some(sqlx::Error::Database(answer)) = error.downcast_ref() {
                return answer.code().is_some_and(|code| code == FULL);
            }
            cause = error.source();
        }
        false
    }
}

/// Names the operation that a database error interrupted.
pub(crate) trait Doing<T> {
    fn doing(self, operation: &'static str) -> Result<T, StoreError>;
}

impl<T> Doing<T> for Result<T, DbErr> {
    fn doing(self, operation: &'static str) -> Result<T, StoreError> {
        self.map_err(|source| StoreError::Database {
            operation,
            source: Box::new(source),
        })
    }
}

impl<T> Doing<T> for Result<T, object_store::Error> {
    fn doing(self, operation: &'static str) -> Result<T, StoreError> {
        self.map_err(|source| StoreError::Blob {
            operation,
            source: Box::new(source),
        })
    }
}

impl<T> Doing<T> for Result<T, std::io::Error> {
    fn doing(self, operation: &'static str) -> Result<T, StoreError> {
        self.map_err(|source| StoreError::Blob {
            operation,
            source: Box::new(source),
        })
    }
}

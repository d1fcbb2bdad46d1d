//! Why nothing can be taken in.

use redis::RedisError;

/// A setting that makes no sense.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The address is no address of a Redis. It is not shown: it may hold a password.
    #[error(
        "{name} is no address of a Redis: write redis://host:6379, rediss:// with TLS, or unix:///path"
    )]
    Address {
        /// The setting.
        name: &'static str,
    },
}

/// Redis did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// No connection.
    #[error("Redis cannot be reached")]
    Connect(#[source] RedisError),
    /// A command failed.
    #[error("could not {doing}")]
    Command {
        /// What was tried: a verb and an object.
        doing: &'static str,
        /// Redis' answer.
        #[source]
        source: RedisError,
    },
}

/// Names the command that failed.
pub(crate) trait Doing<T> {
    fn doing(self, doing: &'static str) -> Result<T, IntakeError>;
}

impl<T> Doing<T> for Result<T, RedisError> {
    fn doing(self, doing: &'static str) -> Result<T, IntakeError> {
        self.map_err(|source| IntakeError::Command { doing, source })
    }
}

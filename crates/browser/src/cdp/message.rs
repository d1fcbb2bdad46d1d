//! The shapes of protocol messages.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// A command: its parameters, its name on the wire and what it answers.
pub(crate) trait Command: Serialize {
    const METHOD: &'static str;
    type Response: DeserializeOwned;
}

/// An event: its parameters and its name on the wire.
pub(crate) trait Event: DeserializeOwned {
    const METHOD: &'static str;
}

/// The answer of a command that answers nothing.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub(crate) struct Empty {}

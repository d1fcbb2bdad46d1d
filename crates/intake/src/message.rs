//! A job as it lies in the list.

use bytes::Bytes;
use data_encoding::HEXLOWER;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// The longest id that becomes part of a key, in bytes.
const LONGEST_ID: usize = 256;

/// A job as it lies in the list: bytes that are removed exactly as they came.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Message {
    pub(crate) bytes: Bytes,
}

impl Message {
    pub(crate) fn new(bytes: Vec<u8>) -> Self {
        Self {
            bytes: bytes.into(),
        }
    }

    /// Names the message in the database: equal messages are the same work.
    pub(crate) fn key(&self) -> String {
        HEXLOWER.encode(&Sha256::digest(&self.bytes))
    }

    /// What the producer calls the job: its `id`, text or a number.
    pub(crate) fn id(&self) -> Option<String> {
        let value: Value = serde_json::from_slice(&self.bytes).ok()?;
        let id = match value.get("id")? {
            Value::String(id) => id.clone(),
            Value::Number(id) => id.to_string(),
            _ => return None,
        };
        (1..=LONGEST_ID).contains(&id.len()).then_some(id)
    }

    /// The message as text, for people who look at dead letters.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

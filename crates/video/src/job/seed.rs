//! What chance draws from.

use std::fmt;

use serde::{Serialize, Serializer};
use sha2::{Digest as _, Sha256};

/// What chance draws from: the same seed gives the same numbers, on every machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seed(String);

impl Seed {
    /// A seed of any text; "7" is the same as the number 7.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The words that the page's generators begin with.
    pub(crate) fn words(&self) -> [u32; 4] {
        let digest = Sha256::digest(self.0.as_bytes());
        let word = |at: usize| {
            u32::from_le_bytes([digest[at], digest[at + 1], digest[at + 2], digest[at + 3]])
        };
        [word(0), word(4), word(8), word(12)]
    }
}

impl Default for Seed {
    fn default() -> Self {
        Self::new("0")
    }
}

impl fmt::Display for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Seed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

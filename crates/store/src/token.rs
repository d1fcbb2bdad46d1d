//! Secrets that a person carries are kept only as hashes.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// The SHA-256 of a random token. The token has 256 bits of its own, so no salt and no slow hash are needed.
#[derive(Clone, PartialEq, Eq)]
pub struct TokenHash(String);

impl TokenHash {
    /// The hash under which a token is kept.
    #[must_use]
    pub fn of(token: &str) -> Self {
        Self(HEXLOWER.encode(&Sha256::digest(token.as_bytes())))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TokenHash(…)")
    }
}

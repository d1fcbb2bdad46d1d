//! Random tokens and the links that carry them.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use store::{Store, StoreError, TokenHash};

use super::cookie;

/// A token of 256 random bits. Its prefix lets scanners for leaked secrets recognise it.
///
/// # Errors
/// When the system has no randomness to give.
pub(crate) fn new_token(prefix: &str) -> Result<String, getrandom::Error> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes)?;
    Ok(format!("{prefix}_{}", URL_SAFE_NO_PAD.encode(bytes)))
}

/// Why no link could be made.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// The system has no randomness to give.
    #[error("the system gave no random bytes")]
    Random(#[from] getrandom::Error),
    /// The token could not be kept.
    #[error("the token of the link could not be kept")]
    Store(#[from] StoreError),
}

/// A link that signs the owner in once, and creates the owner on first use. `base` is the server's address, such as
/// `http://127.0.0.1:7777`.
///
/// # Errors
/// See [`LinkError`].
pub async fn issue_link(store: &Store, base: &str, lasts: Duration) -> Result<String, LinkError> {
    let token = new_token("psl")?;
    store
        .one_time_tokens()
        .issue(&TokenHash::of(&token), lasts)
        .await?;
    Ok(format!(
        "{}/welcome?token={token}",
        base.trim_end_matches('/')
    ))
}

/// A token that a program sends as `Authorization: Bearer …`; it is good as long as a sign-in by link, and creates the
/// owner on first use of the data folder.
///
/// # Errors
/// See [`LinkError`].
pub async fn issue_token(store: &Store) -> Result<String, LinkError> {
    /// It is used in the next line.
    const AT_ONCE: Duration = Duration::from_secs(60);
    let once = TokenHash::of(&new_token("psl")?);
    let token = new_token("pss")?;
    let tokens = store.one_time_tokens();
    tokens.issue(&once, AT_ONCE).await?;
    tokens
        .sign_owner_in(&once, &TokenHash::of(&token), cookie::LASTS)
        .await?;
    Ok(token)
}

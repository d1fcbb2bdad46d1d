//! Passwords: argon2id with 19 MiB, off the threads that serve requests, one at a time.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

use crate::error::ApiError;

/// Hashes and checks passwords, few at once: each takes 19 MiB and a core for a while.
#[derive(Debug)]
pub(crate) struct Passwords {
    places: Semaphore,
}

/// What is checked for a name that does not exist, so that the answer takes as long as for one that does.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

impl Passwords {
    pub(crate) fn new() -> Self {
        Self {
            places: Semaphore::new(1),
        }
    }

    /// The text to keep for a password.
    pub(crate) async fn hash(&self, password: String) -> Result<String, ApiError> {
        self.off_thread(move || {
            Argon2::default()
                .hash_password(password.as_bytes())
                .map(|hash| hash.to_string())
        })
        .await?
        .map_err(|error| ApiError::internal(&error))
    }

    /// Whether the password is the one that was kept. Without a kept one it is never right.
    pub(crate) async fn verify(
        &self,
        password: String,
        kept: Option<String>,
    ) -> Result<bool, ApiError> {
        self.off_thread(move || {
            let known = kept.is_some();
            let kept = kept.as_deref().unwrap_or(NOBODY);
            let right = PasswordHash::new(kept).is_ok_and(|hash| {
                Argon2::default()
                    .verify_password(password.as_bytes(), &hash)
                    .is_ok()
            });
            right && known
        })
        .await
    }

    async fn off_thread<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ApiError> {
        let _place = self
            .places
            .acquire()
            .await
            .map_err(|error| ApiError::internal(&error))?;
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|error| ApiError::internal(&error))
    }
}

#[cfg(test)]
mod tests {
    use super::Passwords;

    #[tokio::test]
    async fn only_the_right_password_of_a_known_person_is_accepted() {
        let passwords = Passwords::new();
        let hash = passwords
            .hash("correct horse".to_owned())
            .await
            .expect("a hash");
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        for (password, kept, right) in [
            ("correct horse", Some(hash.clone()), true),
            ("wrong horse", Some(hash.clone()), false),
            ("correct horse", None, false),
            ("correct horse", Some("damaged".to_owned()), false),
        ] {
            assert_eq!(
                passwords
                    .verify(password.to_owned(), kept)
                    .await
                    .expect("an answer"),
                right,
                "{password}"
            );
        }
    }
}

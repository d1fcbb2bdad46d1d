//! What to do when a storage refuses: its own answer names neither a setting of ours nor a role of its own.

use object_store::Error;

use crate::config::Storage;

impl Storage {
    /// What to do about a refusal; nothing where trying again later is all that helps.
    pub(crate) fn advice(&self, refusal: &Error) -> Option<&'static str> {
        use Error::{NotFound, PermissionDenied, Unauthenticated};
        match (self, refusal) {
            (Self::Folder(_), _) => None,
            (_, NotFound { .. }) => {
                Some("is there such a bucket? PROSCENIUM_STORAGE or the job names it")
            }
            (Self::Google { .. }, Unauthenticated { .. }) => Some(
                "Google does not take the service account's key: is it, in the file that PROSCENIUM_STORAGE_CREDENTIALS \
                 names, one that was not deleted, and is this machine's clock right?",
            ),
            (Self::Google { .. }, PermissionDenied { .. }) => Some(
                "the service account may not write there: it needs roles/storage.objectUser on the bucket",
            ),
            (Self::S3 { .. }, Unauthenticated { .. } | PermissionDenied { .. }) => Some(
                "are PROSCENIUM_STORAGE_ACCESS_KEY and PROSCENIUM_STORAGE_SECRET_KEY right, and may this key write there?",
            ),
            (Self::Azure { .. }, Unauthenticated { .. } | PermissionDenied { .. }) => Some(
                "is the account's key right, in PROSCENIUM_STORAGE_SECRET_KEY or AZURE_STORAGE_KEY?",
            ),
            _ => None,
        }
    }
}

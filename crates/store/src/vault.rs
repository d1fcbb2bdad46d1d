//! Seals what only the servers of this data folder may read: whoever has the database and not the folder's key reads none of it.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use data_encoding::BASE64;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom as _, SystemRandom};
use uuid::Uuid;

use crate::StoreError;

/// Stands in the data folder and is not in copies of the database alone.
const KEY_FILE: &str = "vault.key";

/// Seals and opens texts with the folder's key.
pub(crate) struct Vault {
    key: LessSafeKey,
    random: SystemRandom,
}

impl Vault {
    /// With the key of the folder, which is made when it has none.
    pub(crate) fn open(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join(KEY_FILE);
        let random = SystemRandom::new();
        let key = key_at(&path, &random).map_err(|source| StoreError::Folder {
            path: path.clone(),
            source,
        })?;
        Ok(Self { key, random })
    }

    /// Seals one text.
    ///
    /// # Errors
    /// [`StoreError::Vault`] when the system gives no random numbers.
    pub(crate) fn seal(&self, text: &str) -> Result<String, StoreError> {
        let failed = |_| StoreError::Vault { operation: "seal" };
        let mut nonce = [0; NONCE_LEN];
        self.random.fill(&mut nonce).map_err(failed)?;
        let mut bytes = text.as_bytes().to_vec();
        self.key
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::empty(),
                &mut bytes,
            )
            .map_err(failed)?;
        Ok(BASE64.encode(&[&nonce[..], &bytes].concat()))
    }

    /// The text that was sealed.
    ///
    /// # Errors
    /// [`StoreError::Vault`] when it was sealed with another key, or changed.
    pub(crate) fn unseal(&self, sealed: &str) -> Result<String, StoreError> {
        let wrong = || StoreError::Vault { operation: "open" };
        let bytes = BASE64.decode(sealed.as_bytes()).map_err(|_| wrong())?;
        let (nonce, rest) = bytes.split_at_checked(NONCE_LEN).ok_or_else(wrong)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| wrong())?;
        let mut rest = rest.to_vec();
        let text = self
            .key
            .open_in_place(nonce, Aad::empty(), &mut rest)
            .map_err(|_| wrong())?;
        String::from_utf8(text.to_vec()).map_err(|_| wrong())
    }

    /// Seals values of variables, all of them as one text.
    ///
    /// # Errors
    /// [`StoreError::Vault`] when the system gives no random numbers.
    pub(crate) fn seal_values(
        &self,
        values: &BTreeMap<String, String>,
    ) -> Result<String, StoreError> {
        let text =
            serde_json::to_string(values).map_err(|_| StoreError::Vault { operation: "seal" })?;
        self.seal(&text)
    }

    /// The values that were sealed together.
    ///
    /// # Errors
    /// [`StoreError::Vault`] when they were sealed with another key, or changed.
    pub(crate) fn unseal_values(
        &self,
        sealed: &str,
    ) -> Result<BTreeMap<String, String>, StoreError> {
        let text = self.unseal(sealed)?;
        serde_json::from_str(&text).map_err(|_| StoreError::Vault { operation: "open" })
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(…)")
    }
}

fn key_at(path: &Path, random: &SystemRandom) -> io::Result<LessSafeKey> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => make_key(path, random)?,
        Err(error) => return Err(error),
    };
    let key = UnboundKey::new(&CHACHA20_POLY1305, &bytes);
    key.map(LessSafeKey::new)
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is no key of 32 bytes"))
}

/// Several processes may open a new folder at once: one of them makes the key, and no other reads half of it.
fn make_key(path: &Path, random: &SystemRandom) -> io::Result<Vec<u8>> {
    let mut key = vec![0; CHACHA20_POLY1305.key_len()];
    random
        .fill(&mut key)
        .map_err(|_| io::Error::other("the system gives no random numbers"))?;
    let draft = path.with_extension(Uuid::now_v7().to_string());
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft)?;
    file.write_all(&key)?;
    file.sync_all()?;
    let placed = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    match placed {
        Ok(()) => Ok(key),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => fs::read(path),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_is_opened_with_the_same_key_only_and_unchanged_only() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let vault = Vault::open(one.path()).unwrap();
        let sealed = vault.seal("correct horse ☃").unwrap();
        assert!(!sealed.contains("horse"));
        assert_ne!(sealed, vault.seal("correct horse ☃").unwrap());
        let again = Vault::open(one.path()).unwrap();
        assert_eq!(again.unseal(&sealed).unwrap(), "correct horse ☃");
        let stranger = Vault::open(other.path()).unwrap();
        assert!(matches!(
            stranger.unseal(&sealed),
            Err(StoreError::Vault { .. })
        ));
        let mut bytes = BASE64.decode(sealed.as_bytes()).unwrap();
        for place in 0..bytes.len() {
            bytes[place] ^= 1;
            assert!(vault.unseal(&BASE64.encode(&bytes)).is_err(), "{place}");
            bytes[place] ^= 1;
        }
        for broken in ["", "AAAA", "no base64 …", &sealed[..8]] {
            assert!(vault.unseal(broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn a_folder_that_is_opened_by_several_at_once_has_one_key_for_its_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        let sealed: Vec<String> = std::thread::scope(|scope| {
            let openers: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| Vault::open(folder.path()).unwrap().seal("x").unwrap()))
                .collect();
            let sealed = openers.into_iter().map(|opener| opener.join().unwrap());
            sealed.collect()
        });
        let vault = Vault::open(folder.path()).unwrap();
        for sealed in sealed {
            assert_eq!(vault.unseal(&sealed).unwrap(), "x");
        }
        let names: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
        assert_eq!(names.len(), 1, "{names:?}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let key = fs::metadata(folder.path().join(KEY_FILE)).unwrap();
            assert_eq!(key.permissions().mode() & 0o777, 0o600);
        }
        fs::write(folder.path().join(KEY_FILE), "short").unwrap();
        assert!(matches!(
            Vault::open(folder.path()),
            Err(StoreError::Folder { .. })
        ));
    }
}

//! How S3 encrypts what it keeps.

use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};

use crate::config::{ConfigError, Storage};

/// The setting that says how.
const WAY: &str = "PROSCENIUM_STORAGE_ENCRYPTION";
/// The setting that names a key.
const KEY: &str = "PROSCENIUM_STORAGE_KMS_KEY";

/// How S3 encrypts what it keeps. The storage does it, and undoes it for whoever may read: a public address shows the file
/// itself, or the delivery is not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// By keys that the storage keeps itself: `AES256`.
    OwnKeys,
    /// By a key of the key management service: `aws:kms`.
    Kms {
        /// Its id or ARN; the account's usual key when none is named.
        key: Option<String>,
    },
    /// Twice, by a key of the key management service: `aws:kms:dsse`.
    KmsTwice {
        /// Its id or ARN; the account's usual key when none is named.
        key: Option<String>,
    },
}

impl Encryption {
    /// Reads `PROSCENIUM_STORAGE_ENCRYPTION` and `PROSCENIUM_STORAGE_KMS_KEY`.
    pub(crate) fn read(
        setting: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<Self>, ConfigError> {
        let key = setting(KEY);
        let wrong = |name, problem: String| Err(ConfigError::Wrong { name, problem });
        match (setting(WAY).as_deref(), key) {
            (None, None) => Ok(None),
            (Some("AES256"), None) => Ok(Some(Self::OwnKeys)),
            (Some("aws:kms"), key) => Ok(Some(Self::Kms { key })),
            (Some("aws:kms:dsse"), key) => Ok(Some(Self::KmsTwice { key })),
            // A key that nothing is encrypted with would be believed to protect.
            (None | Some("AES256"), Some(_)) => wrong(
                KEY,
                format!("a key is used with {WAY}=aws:kms or aws:kms:dsse, and with nothing else"),
            ),
            (Some(other), _) => wrong(
                WAY,
                format!("{other:?} is not known; AES256, aws:kms and aws:kms:dsse are"),
            ),
        }
    }

    /// Puts it into every write. `object_store` names these settings by text alone.
    pub(crate) fn of(&self, builder: AmazonS3Builder) -> object_store::Result<AmazonS3Builder> {
        let (way, key) = match self {
            Self::OwnKeys => ("AES256", &None),
            Self::Kms { key } => ("aws:kms", key),
            Self::KmsTwice { key } => ("aws:kms:dsse", key),
        };
        let setting = |name: &str| name.parse::<AmazonS3ConfigKey>();
        let builder = builder.with_config(setting("aws_server_side_encryption")?, way);
        Ok(match key {
            Some(key) => builder.with_config(setting("aws_sse_kms_key_id")?, key),
            None => builder,
        })
    }
}

impl Storage {
    /// The same storage, asked to encrypt.
    pub(crate) fn encrypted(mut self, wanted: Option<Encryption>) -> Result<Self, ConfigError> {
        let Some(wanted) = wanted else {
            return Ok(self);
        };
        match &mut self {
            Self::S3 { encryption, .. } => {
                *encryption = Some(wanted);
                Ok(self)
            }
            Self::Folder(_) => Err(ConfigError::Wrong {
                name: WAY,
                problem: "a folder is encrypted by its file system, not from here; leave it out"
                    .to_owned(),
            }),
            Self::Azure { .. } | Self::Google { .. } => Err(ConfigError::Wrong {
                name: WAY,
                problem: "it is for S3; Azure and Google encrypt everything, by the keys that the container or bucket is set up with".to_owned(),
            }),
        }
    }
}

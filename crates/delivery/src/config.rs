//! Where outputs go, read from named settings once and checked.

use std::path::PathBuf;
use std::time::Duration;

use url::Url;

use crate::encryption::Encryption;
use crate::secret::Secret;

/// How long a CDN may take to show the right file when nothing else is said.
const USUAL_PATIENCE: Duration = Duration::from_secs(60);

/// How long one small file may take when nothing else is said.
const USUAL_LOOK: Duration = Duration::from_secs(10);

/// What outputs say to caches when nothing else is said. A job chooses its file's name and may choose it again, so caches
/// have to ask after an hour.
const USUAL_CACHE_CONTROL: &str = "public, max-age=3600";

/// Where outputs go and where they are seen.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where they are stored.
    pub storage: Storage,
    /// The bucket or container; when there is none, each job names its own.
    pub bucket: Option<String>,
    /// The public address that keys stand below; `{bucket}` in it is replaced.
    pub public: String,
    /// How long the right file may take to appear there.
    pub patience: Duration,
    /// How long one look at a small file may take; a large one gets a second more for each MiB.
    pub look: Duration,
    /// What files say to caches.
    pub cache_control: String,
}

/// A kind of storage and what opens it.
#[derive(Clone, Debug)]
pub enum Storage {
    /// A folder that a web server shows. A bucket is a folder in it.
    Folder(PathBuf),
    /// S3 or what speaks like it.
    S3 {
        /// Another service than Amazon's.
        endpoint: Option<String>,
        /// `us-east-1` when nothing else is said.
        region: String,
        /// Names the key.
        access_key: String,
        /// Signs.
        secret_key: Secret,
        /// How it encrypts what it keeps; as the bucket is set up when nothing is said.
        encryption: Option<Encryption>,
    },
    /// Azure Blob Storage.
    Azure {
        /// The storage account.
        account: String,
        /// Its key, in Base64.
        key: Secret,
        /// Another service than Microsoft's.
        endpoint: Option<String>,
    },
    /// Google Cloud Storage.
    Google {
        /// The file of a service account.
        credentials: PathBuf,
        /// Another service than Google's.
        endpoint: Option<String>,
    },
}

/// A setting that makes no sense.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// One is needed and missing.
    #[error("{name} is not set: {why}")]
    Missing {
        /// The setting.
        name: &'static str,
        /// What needs it.
        why: &'static str,
    },
    /// One is there and wrong.
    #[error("{name}: {problem}")]
    Wrong {
        /// The setting.
        name: &'static str,
        /// What is wrong and what would be right. Never a secret.
        problem: String,
    },
    /// The file of a service account cannot be read, or is none.
    #[error(
        "PROSCENIUM_STORAGE_CREDENTIALS: {} has to be the JSON file of a service account's key, as Google's console makes it", .file.display()
    )]
    Credentials {
        /// What is named.
        file: PathBuf,
        /// What is wrong with it.
        #[source]
        source: object_store::Error,
    },
    /// The storage does not take them.
    #[error("the storage cannot be opened")]
    Storage(#[source] object_store::Error),
    /// Nothing can be fetched.
    #[error("public addresses cannot be fetched")]
    Fetch(#[source] reqwest::Error),
}

impl Config {
    /// Reads the settings by their names. Nothing when none of them says where outputs go.
    ///
    /// `PROSCENIUM_STORAGE` is `file:///folder`, `s3://bucket`, `azure://account/container` or `gs://bucket`. The names of
    /// the former render service (`AZURE_STORAGE_ACCOUNT`, `AZURE_STORAGE_KEY`, `AZURE_STORAGE_CONTAINER`, `CDN_URI`) count
    /// where the product's own are not set.
    ///
    /// # Errors
    /// Names the setting that is missing or wrong.
    pub fn read(setting: impl Fn(&str) -> Option<String>) -> Result<Option<Self>, ConfigError> {
        let setting = |name: &str| setting(name).filter(|value| !value.trim().is_empty());
        let needed = |name: &'static str, why: &'static str| {
            setting(name).ok_or(ConfigError::Missing { name, why })
        };
        // Names are put behind it after a slash.
        let endpoint = setting("PROSCENIUM_STORAGE_ENDPOINT")
            .map(|endpoint| endpoint.trim().trim_end_matches('/').to_owned());
        let encryption = Encryption::read(setting)?;
        let (storage, bucket) = match setting("PROSCENIUM_STORAGE") {
            Some(address) => own(&address, endpoint, needed, setting)?,
            None => match setting("AZURE_STORAGE_ACCOUNT") {
                Some(account) => {
                    let key = needed("AZURE_STORAGE_KEY", "AZURE_STORAGE_ACCOUNT needs its key")?;
                    let key = Secret::new(key);
                    let azure = Storage::Azure {
                        account,
                        key,
                        endpoint,
                    };
                    (azure, setting("AZURE_STORAGE_CONTAINER"))
                }
                None => return Ok(None),
            },
        };
        let storage = storage.encrypted(encryption)?;
        let public = setting("PROSCENIUM_CDN_URL").or_else(|| setting("CDN_URI"));
        let public = public.ok_or(ConfigError::Missing {
            name: "PROSCENIUM_CDN_URL",
            why: "every output is fetched back through its public address before it counts",
        })?;
        check_public(&public)?;
        let seconds = |name, usual| match setting(name) {
            None => Ok(usual),
            Some(text) => seconds(name, &text),
        };
        Ok(Some(Self {
            storage,
            bucket,
            public,
            patience: seconds("PROSCENIUM_CDN_PATIENCE", USUAL_PATIENCE)?,
            look: seconds("PROSCENIUM_CDN_TIMEOUT", USUAL_LOOK)?,
            cache_control: setting("PROSCENIUM_CACHE_CONTROL")
                .unwrap_or_else(|| USUAL_CACHE_CONTROL.to_owned()),
        }))
    }
}

fn own(
    address: &str,
    endpoint: Option<String>,
    needed: impl Fn(&'static str, &'static str) -> Result<String, ConfigError>,
    setting: impl Fn(&str) -> Option<String>,
) -> Result<(Storage, Option<String>), ConfigError> {
    let wrong = |problem: &str| ConfigError::Wrong {
        name: "PROSCENIUM_STORAGE",
        problem: problem.to_owned(),
    };
    let address = Url::parse(address).map_err(|_| {
        wrong("write file:///folder, s3://bucket, azure://account/container or gs://bucket")
    })?;
    if !address.username().is_empty() || address.password().is_some() {
        return Err(wrong(
            "keys do not belong into the address: use PROSCENIUM_STORAGE_SECRET_KEY",
        ));
    }
    let host = address.host_str().filter(|host| !host.is_empty());
    let host = host.map(str::to_owned);
    let path = address.path().trim_matches('/');
    let has_folder = match address.scheme() {
        "s3" | "gs" => !path.is_empty(),
        "azure" => path.contains('/'),
        _ => false,
    };
    if has_folder {
        return Err(wrong(
            "it ends with the bucket or container; folders in it are named by each job's prefix",
        ));
    }
    match address.scheme() {
        "file" => {
            let folder = address
                .to_file_path()
                .map_err(|()| wrong("a folder needs its whole path: file:///srv/outputs"))?;
            Ok((Storage::Folder(folder), None))
        }
        "s3" => {
            let s3 = Storage::S3 {
                endpoint,
                region: setting("PROSCENIUM_STORAGE_REGION")
                    .unwrap_or_else(|| "us-east-1".to_owned()),
                access_key: needed("PROSCENIUM_STORAGE_ACCESS_KEY", "S3 needs a key")?,
                secret_key: Secret::new(needed("PROSCENIUM_STORAGE_SECRET_KEY", "S3 needs a key")?),
                encryption: None,
            };
            Ok((s3, host))
        }
        "azure" => {
            let account =
                host.ok_or_else(|| wrong("an account is needed: azure://account/container"))?;
            let azure = Storage::Azure {
                account,
                key: Secret::new(needed(
                    "PROSCENIUM_STORAGE_SECRET_KEY",
                    "Azure needs the account's key",
                )?),
                endpoint,
            };
            let container = Some(path.to_owned()).filter(|name| !name.is_empty());
            Ok((azure, container))
        }
        "gs" => {
            let credentials = needed(
                "PROSCENIUM_STORAGE_CREDENTIALS",
                "Google needs the file of a service account",
            )?;
            let google = Storage::Google {
                credentials: credentials.into(),
                endpoint,
            };
            Ok((google, host))
        }
        other => Err(wrong(&format!(
            "{other} is not known; file, s3, azure and gs are"
        ))),
    }
}

fn check_public(public: &str) -> Result<(), ConfigError> {
    let wrong = |problem: &str| ConfigError::Wrong {
        name: "PROSCENIUM_CDN_URL",
        problem: problem.to_owned(),
    };
    let address = Url::parse(&public.replace("{bucket}", "bucket"))
        .map_err(|error| wrong(&format!("it is no address: {error}")))?;
    if !matches!(address.scheme(), "http" | "https") {
        return Err(wrong("it has to begin with https:// or http://"));
    }
    if address.query().is_some() || address.fragment().is_some() {
        return Err(wrong("names are put behind it: leave ? and # out"));
    }
    Ok(())
}

fn seconds(name: &'static str, text: &str) -> Result<Duration, ConfigError> {
    let number: Option<f64> = text.trim().trim_end_matches('s').trim().parse().ok();
    number
        .and_then(|number| Duration::try_from_secs_f64(number).ok())
        .filter(|patience| *patience <= Duration::from_secs(3600))
        .ok_or_else(|| ConfigError::Wrong {
            name,
            problem: format!("{text:?} is no number of seconds up to 3600"),
        })
}

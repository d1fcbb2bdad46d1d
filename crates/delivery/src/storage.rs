//! Opens one bucket of the storage.

use std::sync::Arc;
use std::time::Duration;

use object_store::aws::AmazonS3Builder;
use object_store::azure::MicrosoftAzureBuilder;
use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::local::LocalFileSystem;
use object_store::{ObjectStore, RetryConfig};

use crate::config::{ConfigError, Storage};

/// How long one request to the storage is tried again after failures of the network or the service.
const RETRY_LIMIT: Duration = Duration::from_secs(60);
/// How often.
const RETRIES: usize = 5;

/// What a storage keeps beside the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keeps {
    /// Content type and cache headers.
    Headers,
    /// Nothing: what shows the files says their headers.
    BytesOnly,
}

impl Storage {
    pub(crate) fn keeps(&self) -> Keeps {
        match self {
            Self::Folder(_) => Keeps::BytesOnly,
            Self::S3 { .. } | Self::Azure { .. } | Self::Google { .. } => Keeps::Headers,
        }
    }

    /// Whether it opens; with any bucket where each job names its own, for the keys are read in the same way.
    pub(crate) fn check(&self, bucket: Option<&str>) -> Result<(), ConfigError> {
        let bucket = match (self, bucket) {
            // Opening one makes it.
            (Self::Folder(_), None) => return Ok(()),
            (_, bucket) => bucket.unwrap_or("any"),
        };
        let opened = self.open(bucket);
        opened.map(drop).map_err(|source| match self {
            Self::Google { credentials, .. } => ConfigError::Credentials {
                file: credentials.clone(),
                source,
            },
            Self::Folder(_) | Self::S3 { .. } | Self::Azure { .. } => ConfigError::Storage(source),
        })
    }

    /// A bucket whose requests are tried again when they fail for a moment.
    pub(crate) fn open(&self, bucket: &str) -> object_store::Result<Arc<dyn ObjectStore>> {
        self.open_trying(bucket, RETRIES)
    }

    /// A bucket whose requests are tried again so often.
    pub(crate) fn open_trying(
        &self,
        bucket: &str,
        max_retries: usize,
    ) -> object_store::Result<Arc<dyn ObjectStore>> {
        let retry = RetryConfig {
            max_retries,
            retry_timeout: RETRY_LIMIT,
            ..RetryConfig::default()
        };
        Ok(match self {
            Self::Folder(folder) => {
                let folder = folder.join(bucket);
                std::fs::create_dir_all(&folder).map_err(|source| {
                    object_store::Error::Generic {
                        store: "folder",
                        source: Box::new(source),
                    }
                })?;
                Arc::new(LocalFileSystem::new_with_prefix(folder)?)
            }
            Self::S3 {
                endpoint,
                region,
                access_key,
                secret_key,
                encryption,
            } => {
                let mut builder = AmazonS3Builder::new()
                    .with_bucket_name(bucket)
                    .with_region(region)
                    .with_access_key_id(access_key)
                    .with_secret_access_key(secret_key.reveal())
                    .with_retry(retry);
                if let Some(endpoint) = endpoint {
                    builder = builder
                        .with_endpoint(endpoint)
                        .with_allow_http(endpoint.starts_with("http://"));
                }
                if let Some(encryption) = encryption {
                    builder = encryption.of(builder)?;
                }
                Arc::new(builder.build()?)
            }
            Self::Azure {
                account,
                key,
                endpoint,
            } => {
                let mut builder = MicrosoftAzureBuilder::new()
                    .with_account(account)
                    .with_access_key(key.reveal())
                    .with_container_name(bucket)
                    .with_retry(retry);
                if let Some(endpoint) = endpoint {
                    builder = builder
                        .with_endpoint(endpoint.clone())
                        .with_allow_http(endpoint.starts_with("http://"));
                }
                Arc::new(builder.build()?)
            }
            Self::Google {
                credentials,
                endpoint,
            } => {
                let mut builder = GoogleCloudStorageBuilder::new()
                    .with_bucket_name(bucket)
                    .with_service_account_path(credentials.to_string_lossy())
                    .with_retry(retry);
                if let Some(endpoint) = endpoint {
                    builder = builder.with_base_url(endpoint);
                }
                Arc::new(builder.build()?)
            }
        })
    }
}

//! Stores a file and waits until its public address shows it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_util::{Stream, StreamExt as _};
use object_store::{Attribute, Attributes, ObjectStore};
use tokio_util::sync::CancellationToken;

use crate::config::{Config, ConfigError, Storage};
use crate::counts::{Counters, Counts, add};
use crate::error::{DeliverError, Mismatch};
use crate::place::{Place, PlaceError};
use crate::storage::Keeps;
use crate::upload::Upload;
use crate::verify::{Expected, Verifier};

/// Between the first two looks at a public address.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
/// Between two looks at most.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Stores files and sees to it that they are shown. Clones are handles on the same one.
#[derive(Clone, Debug)]
pub struct Delivery {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    config: Config,
    verifier: Verifier,
    counters: Counters,
}

/// A file to deliver.
#[derive(Clone, Debug)]
pub struct Parcel {
    /// Bytes.
    pub size: u64,
    /// Of the bytes, in hexadecimal.
    pub sha256: String,
    /// Its content type.
    pub content_type: String,
}

/// A file that is shown as it was stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivered {
    /// Where.
    pub url: String,
    /// How often it was fetched until it was right.
    pub fetches: u32,
}

impl Delivery {
    /// Delivers to where the settings say.
    ///
    /// # Errors
    /// [`ConfigError::Storage`] when they do not open the storage.
    pub fn new(config: Config) -> Result<Self, ConfigError> {
        // The product has one; a program that uses this room alone has none yet.
        let _ = rustls::crypto::ring::default_provider().install_default();
        config.storage.check(config.bucket.as_deref())?;
        let inner = Inner {
            verifier: Verifier::new(config.look).map_err(ConfigError::Fetch)?,
            config,
            counters: Counters::default(),
        };
        Ok(Self {
            inner: Arc::new(inner),
        })
    }

    /// Where a file of this name goes.
    ///
    /// # Errors
    /// Names the part that makes no sense.
    pub fn place(
        &self,
        bucket: Option<&str>,
        prefix: Option<&str>,
        filename: &str,
    ) -> Result<Place, PlaceError> {
        Place::of(&self.inner.config, bucket, prefix, filename)
    }

    /// Whether files go into a folder of this machine: a bucket is a folder in it, and is there when it is named.
    #[must_use]
    pub fn is_folder(&self) -> bool {
        matches!(self.inner.config.storage, Storage::Folder(_))
    }

    /// Stores the bytes and fetches them back until they are right.
    ///
    /// # Errors
    /// Says what failed: reading, storing, or which comparison of what came back.
    pub async fn deliver(
        &self,
        cancel: &CancellationToken,
        place: &Place,
        parcel: &Parcel,
        bytes: impl Stream<Item = std::io::Result<Bytes>> + Send,
    ) -> Result<Delivered, DeliverError> {
        let stored = self.store(cancel, place, parcel, bytes).await;
        let counters = &self.inner.counters;
        match &stored {
            Ok(()) => add(&counters.stored),
            Err(DeliverError::Cancelled) => {}
            Err(_) => add(&counters.not_stored),
        }
        stored?;
        let verified = tokio::select! {
            verified = self.verify(place, parcel) => verified,
            () = cancel.cancelled() => Err(DeliverError::Cancelled),
        };
        match &verified {
            Ok(_) => add(&counters.verified),
            Err(DeliverError::Cancelled) => {}
            Err(_) => add(&counters.not_verified),
        }
        verified
    }

    /// The storage, and its bucket where not each job names its own.
    pub(crate) fn goes_to(&self) -> (&Storage, Option<&str>) {
        let config = &self.inner.config;
        (&config.storage, config.bucket.as_deref())
    }

    /// How deliveries went since the process began.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.inner.counters.read()
    }

    async fn store(
        &self,
        cancel: &CancellationToken,
        place: &Place,
        parcel: &Parcel,
        bytes: impl Stream<Item = std::io::Result<Bytes>> + Send,
    ) -> Result<(), DeliverError> {
        let config = &self.inner.config;
        let refused = |source| DeliverError::Upload {
            bucket: place.bucket.clone(),
            key: place.key.to_string(),
            advice: config.storage.advice(&source),
            source,
        };
        let objects: Arc<dyn ObjectStore> = config.storage.open(&place.bucket).map_err(refused)?;
        let mut attributes = Attributes::new();
        if config.storage.keeps() == Keeps::Headers {
            attributes.insert(Attribute::ContentType, parcel.content_type.clone().into());
            attributes.insert(Attribute::CacheControl, config.cache_control.clone().into());
        }
        let mut upload = Upload::new(objects, place.key.clone(), attributes);
        let written = tokio::select! {
            written = write(&mut upload, bytes) => written,
            () = cancel.cancelled() => Err(Unwritten::Cancelled),
        };
        if let Err(unwritten) = written {
            upload.take_back().await;
            return Err(match unwritten {
                Unwritten::Read(error) => DeliverError::Read(error),
                Unwritten::Refused(error) => refused(error),
                Unwritten::Cancelled => DeliverError::Cancelled,
            });
        }
        tokio::select! {
            finished = upload.finish() => finished.map_err(refused),
            () = cancel.cancelled() => Err(DeliverError::Cancelled),
        }
    }

    async fn verify(&self, place: &Place, parcel: &Parcel) -> Result<Delivered, DeliverError> {
        let config = &self.inner.config;
        let expected = Expected {
            size: parcel.size,
            sha256: &parcel.sha256,
            content_type: &parcel.content_type,
            cache_control: match config.storage.keeps() {
                Keeps::Headers => Some(&config.cache_control),
                Keeps::BytesOnly => None,
            },
        };
        let begun = Instant::now();
        let mut pause = FIRST_PAUSE;
        let mut fetches = 0;
        loop {
            fetches += 1;
            add(&self.inner.counters.fetches);
            let Err(mismatch) = self.inner.verifier.look(&place.url, &expected).await else {
                return Ok(Delivered {
                    url: place.url.to_string(),
                    fetches,
                });
            };
            let waited = begun.elapsed();
            if waited + pause > config.patience {
                return Err(given_up(place, fetches, waited, mismatch));
            }
            tracing::debug!(url = %place.url, fetches, reason = %mismatch, "a public address is not right yet");
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }
}

/// Why not all of it was written.
enum Unwritten {
    Read(std::io::Error),
    Refused(object_store::Error),
    Cancelled,
}

async fn write(
    upload: &mut Upload,
    bytes: impl Stream<Item = std::io::Result<Bytes>> + Send,
) -> Result<(), Unwritten> {
    let mut bytes = std::pin::pin!(bytes);
    while let Some(piece) = bytes.next().await {
        let piece = piece.map_err(Unwritten::Read)?;
        upload.put(piece).await.map_err(Unwritten::Refused)?;
    }
    upload.settle().await.map_err(Unwritten::Refused)
}

fn given_up(place: &Place, fetches: u32, waited: Duration, mismatch: Mismatch) -> DeliverError {
    DeliverError::Wrong {
        url: place.url.to_string(),
        fetches,
        waited,
        mismatch,
    }
}

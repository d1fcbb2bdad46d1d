//! Writes one object: whole when it is small, else in parts. Parts that come to no end are taken back: storages keep them
//! where nobody sees them, and have them paid.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use object_store::path::Path;
use object_store::{
    Attributes, ObjectStore, PutMultipartOptions, PutOptions, PutPayloadMut, Result, WriteMultipart,
};

/// Bytes of a part. What is smaller is written whole.
const PART: usize = 10 << 20;
/// How many parts are on their way at once.
const AT_ONCE: usize = 8;
/// How long taking parts back may take: whoever cancelled waits for it.
const TAKE_BACK_LIMIT: Duration = Duration::from_secs(5);

pub(crate) struct Upload {
    objects: Arc<dyn ObjectStore>,
    key: Path,
    attributes: Attributes,
    way: Way,
}

enum Way {
    /// As long as it is small enough, it is held.
    Whole(PutPayloadMut),
    Parts(WriteMultipart),
}

impl Upload {
    pub(crate) fn new(objects: Arc<dyn ObjectStore>, key: Path, attributes: Attributes) -> Self {
        Self {
            objects,
            key,
            attributes,
            way: Way::Whole(PutPayloadMut::new()),
        }
    }

    /// Takes the next bytes, and waits while too many parts are on their way.
    pub(crate) async fn put(&mut self, bytes: Bytes) -> Result<()> {
        match &mut self.way {
            Way::Parts(parts) => {
                parts.wait_for_capacity(AT_ONCE).await?;
                parts.put(bytes);
            }
            Way::Whole(held) if held.content_length() + bytes.len() < PART => held.push(bytes),
            Way::Whole(held) => {
                let held = std::mem::take(held);
                let options = PutMultipartOptions {
                    attributes: self.attributes.clone(),
                    ..PutMultipartOptions::default()
                };
                let begun = self.objects.put_multipart_opts(&self.key, options).await?;
                let mut parts = WriteMultipart::new_with_chunk_size(begun, PART);
                for piece in held.freeze() {
                    parts.put(piece);
                }
                parts.put(bytes);
                self.way = Way::Parts(parts);
            }
        }
        Ok(())
    }

    /// Waits until all parts but the last have arrived.
    pub(crate) async fn settle(&mut self) -> Result<()> {
        match &mut self.way {
            Way::Parts(parts) => parts.wait_for_capacity(0).await,
            Way::Whole(_) => Ok(()),
        }
    }

    /// Writes what is held and makes an object of it.
    pub(crate) async fn finish(self) -> Result<()> {
        let written = match self.way {
            Way::Parts(parts) => parts.finish().await,
            Way::Whole(held) => {
                let options = PutOptions::from(self.attributes);
                let whole = held.freeze();
                self.objects.put_opts(&self.key, whole, options).await
            }
        };
        written.map(drop)
    }

    /// Takes back what was written.
    pub(crate) async fn take_back(self) {
        let Way::Parts(parts) = self.way else {
            return;
        };
        let left = match tokio::time::timeout(TAKE_BACK_LIMIT, parts.abort()).await {
            Ok(Ok(())) => return,
            Ok(Err(error)) => error.to_string(),
            Err(late) => late.to_string(),
        };
        tracing::warn!(error = %left, key = %self.key, "an interrupted upload could not be removed");
    }
}

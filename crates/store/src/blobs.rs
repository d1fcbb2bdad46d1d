//! Files, kept once per content: the key is the SHA-256 of the bytes.

use std::ops::Range;
use std::path::Path as FsPath;
use std::sync::Arc;

use bytes::Bytes;
use data_encoding::HEXLOWER;
use futures_util::stream::BoxStream;
use futures_util::{Stream, StreamExt};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{
    GetOptions, GetRange, MultipartUpload, ObjectStore, ObjectStoreExt, PutPayload,
};
use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt as _;
use tokio_util::io::StreamReader;
use uuid::Uuid;

use crate::error::Doing;
use crate::sniff;
use crate::{StoreError, Time};

/// Stored files by content.
#[derive(Clone, Debug)]
pub struct Blobs {
    objects: Arc<dyn ObjectStore>,
}

/// What is known of bytes that were stored, all of it read from the bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredBlob {
    /// Where they are.
    pub key: String,
    /// How many they are.
    pub size: u64,
    /// Their SHA-256, in hexadecimal.
    pub sha256: String,
    /// Their content type.
    pub content_type: &'static str,
    /// The file name extension that goes with the content type.
    pub extension: &'static str,
}

/// Stored bytes on their way out.
pub struct BlobBody {
    /// The bytes of `range`.
    pub stream: BoxStream<'static, std::io::Result<Bytes>>,
    /// Which bytes of the file these are.
    pub range: Range<u64>,
}

impl Blobs {
    pub(crate) async fn open(folder: &FsPath) -> Result<Self, StoreError> {
        tokio::fs::create_dir_all(folder)
            .await
            .map_err(|source| StoreError::Folder {
                path: folder.to_owned(),
                source,
            })?;
        let local = LocalFileSystem::new_with_prefix(folder).doing("open the folder of")?;
        Ok(Self {
            objects: Arc::new(local),
        })
    }

    /// Stores bytes that are at hand.
    ///
    /// # Errors
    /// [`StoreError::Blob`].
    pub async fn put(&self, bytes: Bytes) -> Result<StoredBlob, StoreError> {
        let blob = describe(
            &bytes,
            Sha256::digest(&bytes).as_slice(),
            bytes.len() as u64,
        );
        let path = Path::from(blob.key.as_str());
        if self.objects.head(&path).await.is_err() {
            self.objects
                .put(&path, PutPayload::from(bytes))
                .await
                .doing("write")?;
        }
        Ok(blob)
    }

    /// Stores a stream without holding it in memory: the key is known only at its end.
    ///
    /// # Errors
    /// [`StoreError::Blob`]; nothing is left behind then.
    pub async fn put_stream(
        &self,
        stream: impl Stream<Item = std::io::Result<Bytes>> + Send,
    ) -> Result<StoredBlob, StoreError> {
        let staging = Path::from(format!("incoming/{}", Uuid::now_v7()));
        let mut upload = self.objects.put_multipart(&staging).await.doing("write")?;
        match self.fill(upload.as_mut(), stream).await {
            Ok(blob) => {
                // The same content written twice is the same file: renaming over it changes nothing.
                self.objects
                    .rename(&staging, &Path::from(blob.key.as_str()))
                    .await
                    .doing("move")?;
                Ok(blob)
            }
            Err(error) => {
                if let Err(left) = upload.abort().await {
                    tracing::warn!(error = %left, "an interrupted upload could not be removed");
                }
                Err(error)
            }
        }
    }

    async fn fill(
        &self,
        upload: &mut dyn MultipartUpload,
        stream: impl Stream<Item = std::io::Result<Bytes>> + Send,
    ) -> Result<StoredBlob, StoreError> {
        let mut stream = std::pin::pin!(stream);
        let mut hash = Sha256::new();
        let mut size = 0;
        let mut head = Vec::with_capacity(sniff::ENOUGH);
        while let Some(chunk) = stream.next().await {
            let chunk = chunk.doing("read")?;
            hash.update(&chunk);
            size += chunk.len() as u64;
            let wanted = sniff::ENOUGH.saturating_sub(head.len()).min(chunk.len());
            head.extend_from_slice(&chunk[..wanted]);
            upload
                .put_part(PutPayload::from(chunk))
                .await
                .doing("write")?;
        }
        upload.complete().await.doing("write")?;
        Ok(describe(&head, hash.finalize().as_slice(), size))
    }

    /// Stores a copy of a file.
    ///
    /// # Errors
    /// [`StoreError::Blob`] when it cannot be read or stored.
    pub async fn put_file(&self, file: &FsPath) -> Result<StoredBlob, StoreError> {
        let file = tokio::fs::File::open(file).await.doing("read")?;
        self.put_stream(tokio_util::io::ReaderStream::with_capacity(file, 64 * 1024))
            .await
    }

    /// All bytes of a stored file, or a range of them.
    ///
    /// # Errors
    /// [`StoreError::Blob`] when it is not there or the range is outside it.
    pub async fn get(&self, key: &str, range: Option<Range<u64>>) -> Result<BlobBody, StoreError> {
        let options = GetOptions {
            range: range.map(GetRange::Bounded),
            ..GetOptions::default()
        };
        let found = self
            .objects
            .get_opts(&Path::from(key), options)
            .await
            .doing("read")?;
        let range = found.range.clone();
        let stream = found
            .into_stream()
            .map(|chunk| chunk.map_err(std::io::Error::other))
            .boxed();
        Ok(BlobBody { stream, range })
    }

    /// Copies a stored file to a path.
    ///
    /// # Errors
    /// [`StoreError::Blob`] when it is not there, cannot be read or cannot be written; what is at the path then is not whole.
    pub async fn copy_to(&self, key: &str, path: &FsPath) -> Result<(), StoreError> {
        let mut bytes = StreamReader::new(self.get(key, None).await?.stream);
        let mut file = tokio::fs::File::create(path).await.doing("copy")?;
        tokio::io::copy(&mut bytes, &mut file).await.doing("copy")?;
        file.flush().await.doing("copy")
    }

    /// Removes a stored file that was written before `before`; a later one may be about to be named by a row. Answers whether
    /// it is gone, also when it was.
    ///
    /// # Errors
    /// [`StoreError::Blob`].
    pub(crate) async fn remove(&self, key: &str, before: Time) -> Result<bool, StoreError> {
        let path = Path::from(key);
        let written = match self.objects.head(&path).await {
            Ok(found) => Time::from_micros(found.last_modified.timestamp_micros()),
            Err(object_store::Error::NotFound { .. }) => return Ok(true),
            Err(error) => return Err(error).doing("look at"),
        };
        if written >= before {
            return Ok(false);
        }
        self.objects.delete(&path).await.doing("remove")?;
        Ok(true)
    }

    /// All bytes of a stored file at once, for small ones.
    ///
    /// # Errors
    /// [`StoreError::Blob`] when it is not there.
    pub async fn read(&self, key: &str) -> Result<Bytes, StoreError> {
        self.objects
            .get(&Path::from(key))
            .await
            .doing("read")?
            .bytes()
            .await
            .doing("read")
    }
}

impl std::fmt::Debug for BlobBody {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BlobBody")
            .field("range", &self.range)
            .finish_non_exhaustive()
    }
}

fn describe(head: &[u8], digest: &[u8], size: u64) -> StoredBlob {
    let sha256 = HEXLOWER.encode(digest);
    let (content_type, extension) = sniff::content_type(&head[..head.len().min(sniff::ENOUGH)]);
    StoredBlob {
        key: format!("sha256/{}/{sha256}", &sha256[..2]),
        size,
        sha256,
        content_type,
        extension,
    }
}

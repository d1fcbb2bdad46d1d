//! A session's own folder: files that viewers sent up and pages sent down. It is gone when nobody needs it any more.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ids::UploadId;
use tempfile::TempDir;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};

use crate::error::{Result, SessionError};

/// Bytes that one uploaded file may have.
pub const UPLOAD_LIMIT: u64 = 512 * 1024 * 1024;

/// A file that a viewer sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Names it in the `files` command.
    pub id: UploadId,
    /// The name that the page will see.
    pub name: String,
    /// Bytes.
    pub size: u64,
}

/// The folder; clones share it and the last one removes it.
#[derive(Debug, Clone)]
pub struct SessionFolder {
    dir: Arc<TempDir>,
}

impl SessionFolder {
    pub(crate) fn create(parent: &Path) -> Result<Self> {
        let make = || {
            std::fs::create_dir_all(parent)?;
            let dir = tempfile::Builder::new()
                .prefix("session-")
                .tempdir_in(parent)?;
            std::fs::create_dir(dir.path().join("uploads"))?;
            std::fs::create_dir(dir.path().join("downloads"))?;
            Ok(dir)
        };
        make()
            .map(|dir| Self { dir: Arc::new(dir) })
            .map_err(folder_error)
    }

    /// Where pages' downloads are saved.
    #[must_use]
    pub fn downloads(&self) -> PathBuf {
        self.dir.path().join("downloads")
    }

    /// Keeps a file for a file chooser. The name loses its folders and whatever a file system might not like.
    pub async fn save_upload(&self, name: &str, content: impl AsyncRead + Send) -> Result<Upload> {
        let (id, name) = (UploadId::new(), safe_name(name));
        let folder = self.upload_folder(id);
        let saved = write_file(&folder, &name, content).await;
        match saved {
            Ok(size) if size <= UPLOAD_LIMIT => Ok(Upload { id, name, size }),
            too_large_or_failed => {
                // What was written of a refused file is of no use; the folder goes with the session anyway.
                let _ = tokio::fs::remove_dir_all(&folder).await;
                Err(too_large_or_failed.map_or_else(folder_error, |_| {
                    SessionError::UploadTooLarge {
                        limit: UPLOAD_LIMIT,
                    }
                }))
            }
        }
    }

    /// Takes a finished download out of the browser's folder.
    pub(crate) async fn keep_download(&self, path: &Path, name: &str) -> Result<PathBuf> {
        let folder = self.upload_folder(UploadId::new());
        let kept = folder.join(safe_name(name));
        tokio::fs::create_dir_all(&folder)
            .await
            .map_err(folder_error)?;
        tokio::fs::rename(path, &kept).await.map_err(folder_error)?;
        Ok(kept)
    }

    /// The file of an upload, when there is one.
    pub(crate) async fn uploaded(&self, id: UploadId) -> Option<PathBuf> {
        let mut files = tokio::fs::read_dir(self.upload_folder(id)).await.ok()?;
        files
            .next_entry()
            .await
            .ok()
            .flatten()
            .map(|entry| entry.path())
    }

    fn upload_folder(&self, id: UploadId) -> PathBuf {
        self.dir.path().join("uploads").join(id.to_string())
    }
}

async fn write_file(
    folder: &Path,
    name: &str,
    content: impl AsyncRead + Send,
) -> std::io::Result<u64> {
    tokio::fs::create_dir_all(folder).await?;
    let mut file = tokio::fs::File::create_new(folder.join(name)).await?;
    let mut content = std::pin::pin!(content.take(UPLOAD_LIMIT + 1));
    let size = tokio::io::copy(&mut content, &mut file).await?;
    file.flush().await?;
    Ok(size)
}

fn folder_error(error: std::io::Error) -> SessionError {
    SessionError::Folder(Arc::new(error))
}

/// The last part of a path, without control characters, never empty, never hidden, short enough for a file system.
fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last
        .chars()
        .filter(|c| !c.is_control() && !"<>:\"|?*".contains(*c))
        .collect();
    let clean = clean.trim().trim_start_matches('.').trim_end_matches('.');
    let mut short = String::new();
    for c in clean.chars() {
        if short.len() + c.len_utf8() > 200 {
            break;
        }
        short.push(c);
    }
    if short.is_empty() {
        "file".to_owned()
    } else {
        short
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_leave_the_folder() {
        for (given, kept) in [
            ("report.pdf", "report.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\a\\b.txt", "b.txt"),
            ("..", "file"),
            (".ssh", "ssh"),
            ("a\u{0}b\n.txt", "ab.txt"),
            ("", "file"),
        ] {
            assert_eq!(safe_name(given), kept);
        }
        assert!(safe_name(&"ü".repeat(500)).len() <= 200);
    }

    #[tokio::test]
    async fn an_upload_is_found_by_its_id_and_goes_with_the_folder() {
        let parent = tempfile::tempdir().unwrap();
        let folder = SessionFolder::create(parent.path()).unwrap();
        let upload = folder.save_upload("../a.txt", &b"hello"[..]).await.unwrap();
        assert_eq!((upload.name.as_str(), upload.size), ("a.txt", 5));
        let path = folder.uploaded(upload.id).await.unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"hello");
        assert!(folder.uploaded(UploadId::new()).await.is_none());
        drop(folder);
        assert!(!path.exists());
    }
}

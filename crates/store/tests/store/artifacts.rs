use crate::support::folder;
use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt};
use ids::SessionId;
use store::{ArtifactKind, NewArtifact, Owner};

fn files_under(path: &std::path::Path) -> usize {
    std::fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| if path.is_dir() { files_under(&path) } else { 1 })
        .sum()
}

#[tokio::test]
async fn the_same_content_is_kept_once_whether_it_came_at_once_or_in_pieces() {
    let folder = folder().await;
    let bytes = Bytes::from(vec![7_u8; 300_000]);
    let at_once = folder.store.blobs().put(bytes.clone()).await.unwrap();
    let pieces: Vec<_> = bytes
        .chunks(10_001)
        .map(|piece| Ok(Bytes::copy_from_slice(piece)))
        .collect();
    let in_pieces = folder
        .store
        .blobs()
        .put_stream(futures_util::stream::iter(pieces))
        .await
        .unwrap();
    assert_eq!(at_once, in_pieces);
    assert_eq!(files_under(&folder.dir.path().join("artifacts")), 1);
    assert_eq!(
        folder.store.blobs().read(&at_once.key).await.unwrap(),
        bytes
    );
}

#[tokio::test]
async fn the_label_is_read_from_the_bytes() {
    let folder = folder().await;
    let blob = folder
        .store
        .blobs()
        .put(Bytes::from_static(b"\x89PNG\r\n\x1a\nxyz"))
        .await
        .unwrap();
    let id = SessionId::new();
    let new = NewArtifact {
        kind: ArtifactKind::Screenshot,
        owner: Owner::Session(id),
        step_index: None,
        is_error: false,
        label: "screenshot".to_owned(),
        blob,
    };
    let artifact = folder.store.artifacts().create(new).await.unwrap();
    assert_eq!(
        (artifact.content_type.as_str(), artifact.size),
        ("image/png", 11)
    );
    assert!(
        artifact.name.starts_with(&format!("session-{id}_")),
        "{}",
        artifact.name
    );
    assert!(
        artifact.name.ends_with("_screenshot.png"),
        "{}",
        artifact.name
    );
}

#[tokio::test]
async fn a_range_gives_just_those_bytes() {
    let folder = folder().await;
    let blob = folder
        .store
        .blobs()
        .put(Bytes::from_static(b"0123456789"))
        .await
        .unwrap();
    let body = folder
        .store
        .blobs()
        .get(&blob.key, Some(2..5))
        .await
        .unwrap();
    assert_eq!(body.range, 2..5);
    let bytes: Vec<Bytes> = body.stream.try_collect().await.unwrap();
    assert_eq!(bytes.concat(), b"234");
}

#[tokio::test]
async fn an_upload_that_breaks_off_leaves_nothing() {
    let folder = folder().await;
    let broken = futures_util::stream::iter([
        Ok(Bytes::from_static(b"start")),
        Err(std::io::Error::other("gone")),
    ]);
    folder
        .store
        .blobs()
        .put_stream(broken.boxed())
        .await
        .unwrap_err();
    assert_eq!(files_under(&folder.dir.path().join("artifacts")), 0);
}

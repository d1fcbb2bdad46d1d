use crate::support::{folder, recording};
use store::Store;

#[tokio::test]
async fn a_second_start_finds_what_the_first_one_kept() {
    let folder = folder().await;
    let kept = recording(&folder.store, "kept").await;
    folder.store.close().await.unwrap();
    let again = Store::open(folder.dir.path()).await.unwrap();
    assert_eq!(again.recordings().get(kept.id).await.unwrap().name, "kept");
}

#[tokio::test]
async fn servers_and_workers_that_start_together_migrate_once() {
    // Once is not enough: they meet in a window of some milliseconds.
    for _ in 0..30 {
        let dir = tempfile::tempdir().unwrap();
        let (a, b, c) = tokio::join!(
            Store::open(dir.path()),
            Store::open(dir.path()),
            Store::open(dir.path())
        );
        for store in [a, b, c] {
            store.unwrap().ping().await.unwrap();
        }
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_new_data_folder_is_readable_by_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("new/data");
    Store::open(&path).await.unwrap();
    let mode = std::fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}

#[tokio::test]
async fn a_data_folder_that_is_a_file_is_refused_with_its_path() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("file");
    std::fs::write(&path, "x").unwrap();
    let error = Store::open(&path).await.unwrap_err();
    assert!(error.to_string().contains("file"), "{error}");
}

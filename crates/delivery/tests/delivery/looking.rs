use delivery::{Delivery, Secret, Storage, StorageState};

use crate::support::Place;

#[tokio::test]
async fn a_folder_is_there_when_it_can_be_made() {
    let place = Place::start().await;
    let folder = tempfile::tempdir().unwrap();
    let outputs = folder.path().join("outputs");
    let mut config = place.config();
    config.storage = Storage::Folder(outputs.clone());
    let delivery = Delivery::new(config).unwrap();
    assert_eq!(delivery.look().await, StorageState::Answers);
    std::fs::remove_dir_all(&outputs).unwrap();
    assert_eq!(delivery.look().await, StorageState::Answers);
    assert!(!outputs.exists(), "looking makes nothing");
    std::fs::write(&outputs, "").unwrap();
    assert_eq!(delivery.look().await, StorageState::Silent);
}

#[tokio::test]
async fn a_storage_is_seen_to_answer_whatever_it_says_and_seen_to_be_gone() {
    let place = Place::start().await;
    let look = async |bucket: Option<&str>, change: fn(&mut Storage)| {
        let mut config = place.config();
        config.bucket = bucket.map(str::to_owned);
        change(&mut config.storage);
        Delivery::new(config).unwrap().look().await
    };
    let other_key: fn(&mut Storage) = |storage| {
        if let Storage::S3 { secret_key, .. } = storage {
            *secret_key = Secret::new("another-secret");
        }
    };
    let nowhere: fn(&mut Storage) = |storage| {
        if let Storage::S3 { endpoint, .. } = storage {
            *endpoint = Some("http://127.0.0.1:1".to_owned());
        }
    };
    let as_it_is: fn(&mut Storage) = |_| {};
    for (bucket, change, seen) in [
        (Some("art"), as_it_is, StorageState::Answers),
        (Some("art"), other_key, StorageState::Answers),
        (Some("art"), nowhere, StorageState::Silent),
        (None, nowhere, StorageState::NotAsked),
    ] {
        assert_eq!(look(bucket, change).await, seen, "{bucket:?}");
    }
}

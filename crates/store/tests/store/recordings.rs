use crate::support::{document, folder, recording, run};
use store::{Page, RecordingFilter, StoreError};

#[tokio::test]
async fn a_deleted_recording_leaves_the_lists_and_comes_back_with_its_document() {
    let folder = folder().await;
    let recordings = folder.store.recordings();
    let kept = recording(&folder.store, "checkout").await;
    recordings.delete(kept.id).await.unwrap();
    assert!(matches!(
        recordings.get(kept.id).await,
        Err(StoreError::NotFound { .. })
    ));
    assert_eq!(
        recordings
            .list(&RecordingFilter::default(), Page::default())
            .await
            .unwrap()
            .total,
        0
    );
    let deleted = RecordingFilter {
        deleted: true,
        ..RecordingFilter::default()
    };
    assert_eq!(
        recordings
            .list(&deleted, Page::default())
            .await
            .unwrap()
            .total,
        1
    );

    recordings.restore(kept.id).await.unwrap();
    assert_eq!(recordings.get(kept.id).await.unwrap().name, "checkout");
    assert!(
        recordings
            .document(kept.id, 1)
            .await
            .unwrap()
            .contains("steps")
    );
}

#[tokio::test]
async fn of_two_people_who_edit_the_same_revision_the_second_is_told() {
    let folder = folder().await;
    let recordings = folder.store.recordings();
    let kept = recording(&folder.store, "r").await;
    recordings
        .replace(kept.id, 1, None, document(4))
        .await
        .unwrap();
    let stale = recordings.replace(kept.id, 1, None, document(5)).await;
    assert!(
        matches!(stale, Err(StoreError::StaleRevision { current: 2 })),
        "{stale:?}"
    );
    let now = recordings.get(kept.id).await.unwrap();
    assert_eq!((now.revision, now.steps), (2, 4));
    assert!(
        recordings.document(kept.id, 1).await.unwrap().contains("3"),
        "the first version is still there"
    );
}

#[tokio::test]
async fn searching_takes_wildcards_literally_and_ignores_case() {
    let folder = folder().await;
    for name in ["50% off", "500 items", "snake_case", "snakeXcase"] {
        recording(&folder.store, name).await;
    }
    for (text, found) in [
        ("50%", 1),
        ("SNAKE_", 1),
        ("snake", 2),
        ("shop.example", 4),
        ("  ", 4),
        ("'; DROP", 0),
    ] {
        let filter = RecordingFilter {
            text: Some(text.to_owned()),
            ..RecordingFilter::default()
        };
        let page = folder
            .store
            .recordings()
            .list(&filter, Page::default())
            .await
            .unwrap();
        assert_eq!(page.total, found, "{text}");
    }
}

#[tokio::test]
async fn a_recording_knows_its_last_run() {
    let folder = folder().await;
    let kept = recording(&folder.store, "r").await;
    assert_eq!(kept.last_run, None);
    run(&folder.store, kept.id).await;
    let second = run(&folder.store, kept.id).await;
    let now = folder.store.recordings().get(kept.id).await.unwrap();
    assert_eq!(now.last_run.map(|(id, ..)| id), Some(second.id));
}

#[tokio::test]
async fn pages_cut_the_list_without_losing_the_count() {
    let folder = folder().await;
    for index in 0..7 {
        recording(&folder.store, &format!("r{index}")).await;
    }
    let list = |page| async move {
        folder
            .store
            .recordings()
            .list(&RecordingFilter::default(), page)
            .await
            .unwrap()
    };
    let last = list(Page::new(3, 3)).await;
    assert_eq!((last.items.len(), last.total), (1, 7));
}

#[tokio::test]
async fn recordings_are_found_by_the_tags_of_their_latest_document() {
    let folder = folder().await;
    let recordings = folder.store.recordings();
    let tagged = |tags: &[&str]| store::NewDocument {
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        ..document(3)
    };
    let kept = recording(&folder.store, "checkout").await;
    recording(&folder.store, "search").await;
    recordings
        .replace(kept.id, 1, None, tagged(&["smoke", "shop"]))
        .await
        .unwrap();
    let found = async |tag: &str| {
        let filter = RecordingFilter {
            tag: Some(tag.to_owned()),
            ..RecordingFilter::default()
        };
        let found = recordings.list(&filter, Page::default()).await.unwrap();
        assert_eq!(found.total, found.items.len() as u64);
        found.items
    };
    let smoke = found("smoke").await;
    assert_eq!(smoke[0].name, "checkout");
    assert_eq!(smoke[0].tags, ["shop", "smoke"]);
    assert!(found("smok").await.is_empty(), "a tag is no part of a text");

    recordings
        .replace(kept.id, 2, None, tagged(&["shop"]))
        .await
        .unwrap();
    assert!(found("smoke").await.is_empty());
    assert_eq!(found("shop").await.len(), 1);
}

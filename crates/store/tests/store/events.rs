use std::time::Duration;

use crate::support::folder;
use ids::RunId;
use serde_json::json;
use store::{Store, Subject};

#[tokio::test]
async fn each_subject_counts_from_one_without_gaps_under_concurrent_writers() {
    let folder = folder().await;
    let (a, b) = (RunId::new().uuid(), RunId::new().uuid());
    let writers = (0..8).map(|writer| {
        let store = folder.store.clone();
        tokio::spawn(async move {
            for index in 0..10 {
                let id = if (writer + index) % 2 == 0 { a } else { b };
                store
                    .events()
                    .append(Subject::Run, id, "tick", json!({ "writer": writer }))
                    .await
                    .unwrap();
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    for id in [a, b] {
        let all = folder
            .store
            .events()
            .after(Subject::Run, id, 0, None, 1000)
            .await
            .unwrap();
        let seqs: Vec<_> = all.iter().map(|event| event.seq).collect();
        assert_eq!(seqs, (1..=40).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn a_reader_resumes_after_the_number_it_saw_and_follows_live() {
    let folder = folder().await;
    let id = RunId::new().uuid();
    for kind in ["one", "two", "three"] {
        folder
            .store
            .events()
            .append(Subject::Run, id, kind, json!({}))
            .await
            .unwrap();
    }
    let mut reader = folder.store.events().follow(Subject::Run, id, 1);
    assert_eq!(reader.next().await.unwrap().kind, "two");
    assert_eq!(reader.next().await.unwrap().kind, "three");
    let store = folder.store.clone();
    let writer = tokio::spawn(async move {
        store
            .events()
            .append(Subject::Run, id, "four", json!({}))
            .await
    });
    let four = tokio::time::timeout(Duration::from_secs(5), reader.next())
        .await
        .unwrap()
        .unwrap();
    assert_eq!((four.seq, four.kind.as_str()), (4, "four"));
    writer.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_reader_hears_of_events_that_another_process_wrote() {
    let folder = folder().await;
    let id = RunId::new().uuid();
    // A second store on the same folder has its own wake-ups, as another process has.
    let other = Store::open(folder.dir.path()).await.unwrap();
    let mut reader = folder.store.events().follow(Subject::Run, id, 0);
    other
        .events()
        .append(Subject::Run, id, "far", json!({}))
        .await
        .unwrap();
    let event = tokio::time::timeout(Duration::from_secs(5), reader.next())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(event.kind, "far");
}

#[tokio::test]
async fn a_reader_far_behind_still_gets_every_event_in_order() {
    let folder = folder().await;
    let id = RunId::new().uuid();
    let mut reader = folder.store.events().follow(Subject::Run, id, 0);
    let batch = (0..1000)
        .map(|index| ("tick".to_owned(), json!({ "index": index })))
        .collect();
    folder
        .store
        .events()
        .append_all(Subject::Run, id, batch)
        .await
        .unwrap();
    for index in 0..1000 {
        assert_eq!(reader.next().await.unwrap().payload["index"], index);
    }
}

use std::time::Duration;

use ids::{RecordingId, ScheduleId};
use serde_json::json;
use store::{
    Claim, NewRun, NewSchedule, Page, RunFilter, RunOptions, ScheduledRequest, Store, StoreError,
    Time, Turn,
};

use crate::support::{folder, recording};

async fn schedule(store: &Store, recording: RecordingId, next_at: Option<Time>) -> ScheduleId {
    let new = NewSchedule {
        user: None,
        name: "nightly".to_owned(),
        run: ScheduledRequest {
            recording,
            request: json!({ "browsers": [] }),
            secrets: Some("hunter2".to_owned()),
        },
        cron: "@daily".to_owned(),
        time_zone: "UTC".to_owned(),
        is_enabled: true,
        next_at,
    };
    store.schedules().create(new).await.unwrap().id
}

fn run(recording: RecordingId, turn: Turn) -> NewRun {
    NewRun {
        recording,
        user: None,
        options: RunOptions::default(),
        start_at: Time::now(),
        queue: "runs".to_owned(),
        max_attempts: 3,
        schedule: Some(turn),
    }
}

#[tokio::test]
async fn a_moment_is_taken_once_whoever_comes_with_or_without_a_run() {
    let folder = folder().await;
    let store = &folder.store;
    let neighbour = Store::open(folder.dir.path()).await.unwrap();
    let recording = recording(store, "r").await.id;
    let due = Time::now().minus(Duration::from_secs(60));
    let next = Some(due.plus(Duration::from_secs(3600)));
    let id = schedule(store, recording, Some(due)).await;
    let claim = Claim { due, next };
    let turn = Turn {
        schedule: id,
        claim: Some(claim),
    };
    let both = vec![RunOptions::default(), RunOptions::default()];
    let (one, other) = (store.runs(), neighbour.runs());
    let (one, other) = tokio::join!(
        one.create(run(recording, turn)),
        other.create_all(run(recording, turn), both)
    );
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    let late = one.err().or(other.err()).unwrap();
    assert!(matches!(late, StoreError::TurnTaken), "{late}");
    assert!(!store.schedules().skip(id, claim, "late").await.unwrap());
    assert!(!store.schedules().disable(id, due, "late").await.unwrap());
    // Nothing is left of who came late.
    let filter = RunFilter {
        schedule: Some(id),
        ..RunFilter::default()
    };
    let runs = store.runs().list(filter, Page::new(1, 10)).await.unwrap();
    assert_eq!(runs.total, 1);
    let kept = store.schedules().get(id).await.unwrap();
    assert_eq!(
        (kept.last_run, kept.next_at),
        (Some(runs.items[0].id), next)
    );
    assert_eq!(store.schedules().earliest().await.unwrap(), next);
    assert!(store.schedules().due(Time::now()).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_schedule_that_is_not_in_force_or_deleted_is_never_due() {
    let folder = folder().await;
    let store = &folder.store;
    let recording = recording(store, "r").await.id;
    let due = Time::now().minus(Duration::from_secs(60));
    let id = schedule(store, recording, Some(due)).await;
    let unused = schedule(store, recording, None).await;
    let schedules = store.schedules();
    let found = schedules.due(Time::now()).await.unwrap();
    assert_eq!(found.iter().map(|one| one.id).collect::<Vec<_>>(), [id]);
    assert!(schedules.disable(id, due, "gone").await.unwrap());
    let told = schedules.get(id).await.unwrap();
    assert_eq!(
        (told.is_enabled, told.disabled_why.as_deref()),
        (false, Some("gone"))
    );
    assert_eq!(schedules.earliest().await.unwrap(), None);
    let third = schedule(store, recording, Some(due)).await;
    schedules.delete(third).await.unwrap();
    assert!(schedules.due(Time::now()).await.unwrap().is_empty());
    let turn = Turn {
        schedule: third,
        claim: None,
    };
    let refused = store.runs().create(run(recording, turn)).await;
    assert!(matches!(refused, Err(StoreError::TurnTaken)), "{refused:?}");
    assert_eq!(schedules.restore(third).await.unwrap().next_at, None);
    let unused = schedules.get(unused).await.unwrap();
    assert_eq!(
        schedules.secrets(&unused).unwrap().as_deref(),
        Some("hunter2")
    );
    assert!(!unused.sealed.unwrap().contains("hunter2"));
}

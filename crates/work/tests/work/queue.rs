use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use store::{NewJob, QueueCounts, Store, StoreError, Time};
use tokio::sync::Notify;
use work::{StopReason, Worker};

use crate::support::{Does, Probe, Seen, folder, job, next, options};

const LEASE: Duration = Duration::from_secs(15);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_workers_perform_every_job_once() {
    let folder = folder().await;
    // A second store stands for a second process: it shares nothing but the file.
    let other = Store::open(folder.dir.path()).await.unwrap();
    for _ in 0..60 {
        folder.store.jobs().enqueue(job(1)).await.unwrap();
    }
    let (a, mut seen_a) = Probe::new(&folder.store, Does::Finishes);
    let (b, mut seen_b) = Probe::new(&other, Does::Finishes);
    let first = Worker::start(folder.store.clone(), vec![a], options("a", 4));
    let second = Worker::start(other, vec![b], options("b", 4));
    let mut performed = HashMap::new();
    while performed.len() < 60 {
        let seen = tokio::select! {
            seen = next(&mut seen_a) => seen,
            seen = next(&mut seen_b) => seen,
        };
        if let Seen::Performed { job, .. } = seen {
            *performed.entry(job).or_insert(0) += 1;
        }
    }
    first.shutdown().await;
    second.shutdown().await;
    assert!(performed.values().all(|times| *times == 1), "{performed:?}");
    assert_eq!(
        folder.store.jobs().counts().await.unwrap(),
        QueueCounts::default()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_more_jobs_run_at_once_than_the_worker_may() {
    let folder = folder().await;
    for _ in 0..12 {
        folder.store.jobs().enqueue(job(1)).await.unwrap();
    }
    let (probe, mut seen) = Probe::new(&folder.store, Does::Finishes);
    let worker = Worker::start(folder.store.clone(), vec![probe.clone()], options("w", 3));
    for _ in 0..12 {
        next(&mut seen).await;
    }
    worker.shutdown().await;
    assert!(probe.most_at_once.load(Ordering::SeqCst) <= 3);
}

#[tokio::test]
async fn a_queued_job_wakes_an_idle_worker_at_once() {
    let folder = folder().await;
    let (probe, mut seen) = Probe::new(&folder.store, Does::Finishes);
    let patient = work::WorkerOptions {
        poll: Duration::from_secs(3600),
        ..options("w", 1)
    };
    let worker = Worker::start(folder.store.clone(), vec![probe], patient);
    // Whether the job comes before or after the worker's first look: either way it is not slept over.
    folder.store.jobs().enqueue(job(1)).await.unwrap();
    assert!(matches!(next(&mut seen).await, Seen::Performed { .. }));
    worker.shutdown().await;
}

#[tokio::test]
async fn what_cannot_be_kept_for_want_of_room_ends_at_once_and_says_so() {
    let folder = folder().await;
    folder.store.jobs().enqueue(job(3)).await.unwrap();
    let (probe, mut seen) = Probe::new(&folder.store, Does::FindsNoRoom);
    let worker = Worker::start(folder.store.clone(), vec![probe], options("w", 1));
    assert!(matches!(next(&mut seen).await, Seen::Performed { .. }));
    let end = next(&mut seen).await;
    assert!(
        matches!(&end, Seen::GaveUp(reason) if reason.contains("data folder is full: make room")),
        "{end:?}"
    );
    worker.shutdown().await;
}

#[tokio::test]
async fn a_store_that_fails_is_tried_again_and_then_told_as_the_reason() {
    let folder = folder().await;
    folder.store.jobs().enqueue(job(2)).await.unwrap();
    let (probe, mut seen) = Probe::new(&folder.store, Does::CannotKeep);
    let worker = Worker::start(folder.store.clone(), vec![probe], options("w", 1));
    let is_told = |reason: &str| reason.contains("could not write a stored file: ");
    assert!(matches!(next(&mut seen).await, Seen::Performed { .. }));
    let again = next(&mut seen).await;
    assert!(
        matches!(&again, Seen::Retried(reason) if is_told(reason)),
        "{again:?}"
    );
    assert!(matches!(next(&mut seen).await, Seen::Performed { .. }));
    let end = next(&mut seen).await;
    assert!(
        matches!(&end, Seen::GaveUp(reason) if is_told(reason)),
        "{end:?}"
    );
    worker.shutdown().await;
}

#[tokio::test]
async fn urgent_jobs_go_first_and_future_ones_wait() {
    let folder = folder().await;
    let jobs = folder.store.jobs();
    let later = NewJob {
        run_at: Time::now().plus(Duration::from_secs(3600)),
        priority: 9,
        ..job(1)
    };
    jobs.enqueue(later).await.unwrap();
    let normal = jobs.enqueue(job(1)).await.unwrap();
    let urgent = jobs
        .enqueue(NewJob {
            priority: 5,
            ..job(1)
        })
        .await
        .unwrap();
    let mut order = Vec::new();
    while let Some(claimed) = jobs.claim("q", "w", LEASE).await.unwrap() {
        order.push(claimed.fence.job());
    }
    assert_eq!(order, [urgent, normal]);
}

#[tokio::test]
async fn a_job_that_was_put_back_keeps_its_place() {
    let folder = folder().await;
    let jobs = folder.store.jobs();
    let first = jobs.enqueue(job(3)).await.unwrap();
    let claimed = jobs.claim("q", "w", LEASE).await.unwrap().unwrap();
    let others = [
        jobs.enqueue(job(1)).await.unwrap(),
        jobs.enqueue(job(1)).await.unwrap(),
    ];
    jobs.retry_at(claimed.fence, Time::now(), "its browser died")
        .await
        .unwrap();
    let mut order = Vec::new();
    while let Some(claimed) = jobs.claim("q", "w", LEASE).await.unwrap() {
        order.push(claimed.fence.job());
    }
    assert_eq!(order, [first, others[0], others[1]]);
}

#[tokio::test]
async fn a_job_with_a_key_that_is_taken_is_not_queued_twice() {
    let folder = folder().await;
    let keyed = || NewJob {
        dedupe_key: Some("nightly".to_owned()),
        ..job(1)
    };
    let first = folder.store.jobs().enqueue(keyed()).await.unwrap();
    let second = folder.store.jobs().enqueue(keyed()).await.unwrap();
    assert_eq!(first, second);
    assert_eq!(folder.store.jobs().counts().await.unwrap().queued, 1);
}

#[tokio::test]
async fn a_failing_job_is_tried_again_later_and_given_up_with_its_reason() {
    let folder = folder().await;
    folder.store.jobs().enqueue(job(3)).await.unwrap();
    let (probe, mut seen) = Probe::new(&folder.store, Does::Fails);
    let worker = Worker::start(folder.store.clone(), vec![probe], options("w", 1));
    let mut attempts = Vec::new();
    loop {
        match next(&mut seen).await {
            Seen::Performed { attempt, .. } => attempts.push(attempt),
            Seen::Retried(reason) => assert_eq!(reason, "no browser"),
            Seen::GaveUp(reason) => break assert_eq!(reason, "no browser"),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(attempts, [1, 2, 3]);
    worker.shutdown().await;
}

#[tokio::test]
async fn the_backoff_is_in_the_row_and_survives_the_worker() {
    let folder = folder().await;
    folder.store.jobs().enqueue(job(3)).await.unwrap();
    let claimed = folder
        .store
        .jobs()
        .claim("q", "w", LEASE)
        .await
        .unwrap()
        .unwrap();
    let at = Time::now().plus(Duration::from_secs(300));
    folder
        .store
        .jobs()
        .retry_at(claimed.fence, at, "no browser")
        .await
        .unwrap();
    let after_restart = Store::open(folder.dir.path()).await.unwrap();
    assert!(
        after_restart
            .jobs()
            .claim("q", "w", LEASE)
            .await
            .unwrap()
            .is_none()
    );
    assert_eq!(after_restart.jobs().next_due("q").await.unwrap(), Some(at));
}

#[tokio::test]
async fn a_lost_lease_fences_its_old_holder_off() {
    let folder = folder().await;
    folder.store.jobs().enqueue(job(3)).await.unwrap();
    let jobs = folder.store.jobs();
    let old = jobs
        .claim("q", "old", Duration::ZERO)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(jobs.reap(|_| Duration::ZERO).await.unwrap().len(), 1);
    let new = jobs.claim("q", "new", LEASE).await.unwrap().unwrap();
    assert_eq!(
        (new.attempt, new.last_error.as_deref()),
        (2, Some("worker lost"))
    );
    assert!(matches!(
        jobs.heartbeat(old.fence, LEASE).await,
        Err(StoreError::LeaseLost)
    ));
    let late = jobs.finish(old.fence, store::JobState::Done, None).await;
    assert!(matches!(late, Err(StoreError::LeaseLost)));
    jobs.heartbeat(new.fence, LEASE).await.unwrap();
    jobs.finish(new.fence, store::JobState::Done, None)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_worker_that_lost_its_lease_stops_and_writes_nothing() {
    let folder = folder().await;
    let id = folder.store.jobs().enqueue(job(3)).await.unwrap();
    let (probe, mut seen) = Probe::new(&folder.store, Does::WaitsToBeStopped);
    let worker = Worker::start(folder.store.clone(), vec![probe], options("w", 1));
    assert!(matches!(next(&mut seen).await, Seen::Performed { .. }));
    // Somebody else decides that this worker is dead.
    let lost = folder
        .store
        .jobs()
        .reap_worker("w", |_| Duration::from_secs(3600))
        .await
        .unwrap();
    assert_eq!(lost[0].id, id);
    assert_eq!(next(&mut seen).await, Seen::Stopped(StopReason::LeaseLost));
    worker.shutdown().await;
    assert_eq!(
        folder.store.jobs().counts().await.unwrap(),
        QueueCounts {
            queued: 1,
            running: 0
        }
    );
}

#[tokio::test]
async fn a_dead_workers_job_is_taken_up_by_another_one() {
    let folder = folder().await;
    let id = folder.store.jobs().enqueue(job(3)).await.unwrap();
    // Claimed and never heard of again.
    folder
        .store
        .jobs()
        .claim("q", "dead", Duration::from_millis(300))
        .await
        .unwrap()
        .unwrap();
    let (probe, mut seen) = Probe::new(&folder.store, Does::Finishes);
    let worker = Worker::start(folder.store.clone(), vec![probe], options("alive", 1));
    assert_eq!(next(&mut seen).await, Seen::Lost(id));
    assert_eq!(
        next(&mut seen).await,
        Seen::Performed {
            job: id,
            attempt: 2
        }
    );
    worker.shutdown().await;
}

#[tokio::test]
async fn a_job_whose_workers_all_died_is_given_up_with_the_reason() {
    let folder = folder().await;
    folder.store.jobs().enqueue(job(1)).await.unwrap();
    folder
        .store
        .jobs()
        .claim("q", "dead", Duration::from_millis(10))
        .await
        .unwrap()
        .unwrap();
    let (probe, mut seen) = Probe::new(&folder.store, Does::Finishes);
    let worker = Worker::start(folder.store.clone(), vec![probe], options("alive", 1));
    assert!(matches!(next(&mut seen).await, Seen::Lost(_)));
    assert_eq!(
        next(&mut seen).await,
        Seen::GaveUp("worker lost".to_owned())
    );
    worker.shutdown().await;
}

#[tokio::test]
async fn a_long_job_keeps_its_lease_while_its_worker_beats() {
    let folder = folder().await;
    folder.store.jobs().enqueue(job(3)).await.unwrap();
    let gate = Arc::new(Notify::new());
    let (probe, mut seen) = Probe::new(&folder.store, Does::Finishes);
    let mut probe = Arc::into_inner(probe).unwrap();
    probe.gate = Some(gate.clone());
    let options = options("w", 1);
    let past_the_lease = options.times.lease * 2;
    let worker = Worker::start(folder.store.clone(), vec![Arc::new(probe)], options);
    assert!(matches!(next(&mut seen).await, Seen::Performed { .. }));
    let nothing = tokio::time::timeout(past_the_lease, seen.recv()).await;
    assert!(nothing.is_err(), "{nothing:?}");
    gate.notify_one();
    worker.shutdown().await;
    assert_eq!(
        folder.store.jobs().counts().await.unwrap(),
        QueueCounts::default()
    );
}

#[tokio::test]
async fn cancelling_reaches_a_job_in_this_process_at_once_and_in_another_with_its_heartbeat() {
    let folder = folder().await;
    let (probe, mut seen) = Probe::new(&folder.store, Does::WaitsToBeStopped);
    let worker = Worker::start(folder.store.clone(), vec![probe], options("w", 1));
    let other = Store::open(folder.dir.path()).await.unwrap();
    for local in [true, false] {
        let id = folder.store.jobs().enqueue(job(3)).await.unwrap();
        assert!(matches!(next(&mut seen).await, Seen::Performed { .. }));
        if local {
            worker.running().cancel(id);
        } else {
            assert!(
                !other.jobs().cancel(id).await.unwrap(),
                "it runs, so it is not cancelled at once"
            );
        }
        assert_eq!(next(&mut seen).await, Seen::Stopped(StopReason::Cancelled));
    }
    worker.shutdown().await;
    assert_eq!(
        folder.store.jobs().counts().await.unwrap(),
        QueueCounts::default()
    );
}

#[tokio::test]
async fn a_worker_that_shuts_down_gives_its_jobs_back() {
    let folder = folder().await;
    folder.store.jobs().enqueue(job(3)).await.unwrap();
    let (probe, mut seen) = Probe::new(&folder.store, Does::WaitsToBeStopped);
    let worker = Worker::start(folder.store.clone(), vec![probe], options("w", 1));
    assert!(matches!(next(&mut seen).await, Seen::Performed { .. }));
    worker.shutdown().await;
    assert_eq!(
        next(&mut seen).await,
        Seen::Stopped(StopReason::ShuttingDown)
    );
    assert_eq!(
        folder.store.jobs().counts().await.unwrap(),
        QueueCounts {
            queued: 1,
            running: 0
        }
    );
}

#[tokio::test]
async fn a_job_of_an_unknown_kind_is_given_up_and_said_so() {
    let folder = folder().await;
    folder
        .store
        .jobs()
        .enqueue(NewJob {
            kind: "film".to_owned(),
            ..job(3)
        })
        .await
        .unwrap();
    let (probe, mut seen) = Probe::new(&folder.store, Does::Finishes);
    let worker = Worker::start(folder.store.clone(), vec![probe], options("w", 1));
    folder.store.jobs().enqueue(job(1)).await.unwrap();
    assert!(
        matches!(next(&mut seen).await, Seen::Performed { .. }),
        "the next job is not held up"
    );
    worker.shutdown().await;
    assert_eq!(
        folder.store.jobs().counts().await.unwrap(),
        QueueCounts::default()
    );
}

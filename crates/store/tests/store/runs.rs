use std::time::Duration;

use crate::support::{folder, recording, run};
use serde_json::Value;
use store::{
    JobState, NewRun, PlannedStep, RunEnd, RunOptions, RunStatus, Runs, StepDetail, StepDone,
    StepStatus, Store, StoreError, Subject, Time,
};

const LEASE: Duration = Duration::from_secs(15);

fn plan() -> Vec<PlannedStep> {
    ["Open", "Click", "Check"]
        .iter()
        .map(|title| PlannedStep {
            step_id: title.to_lowercase(),
            kind: "click".to_owned(),
            title: (*title).to_owned(),
        })
        .collect()
}

fn done(index: u32, status: StepStatus) -> StepDone {
    let detail = StepDetail {
        retries: 1,
        ..StepDetail::default()
    };
    StepDone {
        index,
        status,
        started_at: Time::now(),
        duration_ms: 12,
        detail,
        screenshot: None,
        url: None,
    }
}

async fn kinds(store: &Store, id: ids::RunId) -> Vec<String> {
    let log = store
        .events()
        .after(Subject::Run, id.uuid(), 0, None, 100)
        .await
        .unwrap();
    log.into_iter().map(|event| event.kind).collect()
}

#[tokio::test]
async fn values_of_variables_lie_nowhere_in_clear_and_are_there_for_the_run_and_the_next_one() {
    let folder = folder().await;
    let recording = recording(&folder.store, "r").await;
    let options = RunOptions {
        variables: [("PASSWORD".to_owned(), "hunter2-in-clear".to_owned())].into(),
        ..RunOptions::default()
    };
    let new = NewRun {
        recording: recording.id,
        user: None,
        options: options.clone(),
        start_at: Time::now(),
        queue: "runs".to_owned(),
        max_attempts: 3,
        schedule: None,
    };
    let runs = folder.store.runs();
    let run = runs.create(new.clone()).await.unwrap();
    assert!(run.options.variables.is_empty());
    // Asked for again, alone and with others.
    let next = NewRun {
        options: run.options.clone(),
        ..new.clone()
    };
    let next = runs.create(next).await.unwrap();
    let both = vec![options.clone(), next.options.clone()];
    let both = runs.create_all(new, both).await.unwrap();
    for run in [run, next].iter().chain(&both) {
        assert_eq!(runs.values(&run.options).unwrap(), options.variables);
    }
    let mut seen = 0;
    for entry in std::fs::read_dir(folder.dir.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            let has = |text: &[u8]| bytes.windows(text.len()).any(|part| part == text);
            assert!(!has(b"hunter2-in-clear"), "{}", path.display());
            seen += usize::from(has(b"sealed"));
        }
    }
    assert!(seen > 0, "the options were not looked at");
}

#[tokio::test]
async fn a_run_its_job_and_its_first_event_appear_together() {
    let folder = folder().await;
    let recording = recording(&folder.store, "r").await;
    let run = run(&folder.store, recording.id).await;
    let job = folder
        .store
        .jobs()
        .claim("runs", "w", LEASE)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(Runs::id_in_job(&job.kind, &job.payload), Some(run.id));
    assert_eq!(kinds(&folder.store, run.id).await, ["run.queued"]);
}

#[tokio::test]
async fn finished_steps_are_there_while_the_run_still_goes_on() {
    let folder = folder().await;
    let recording = recording(&folder.store, "r").await;
    let run = run(&folder.store, recording.id).await;
    let job = folder
        .store
        .jobs()
        .claim("runs", "w", LEASE)
        .await
        .unwrap()
        .unwrap();
    let runs = folder.store.runs();
    assert_eq!(runs.begin(job.fence, run.id, &plan()).await.unwrap(), 1);
    runs.start_step(job.fence, run.id, 0, "Open").await.unwrap();
    runs.finish_step(job.fence, run.id, done(0, StepStatus::Passed))
        .await
        .unwrap();
    runs.start_step(job.fence, run.id, 1, "Click")
        .await
        .unwrap();

    let now = runs.get(run.id).await.unwrap();
    assert_eq!(
        (now.status, now.steps_total, now.steps_passed),
        (RunStatus::Running, 3, 1)
    );
    let steps = runs.steps(run.id).await.unwrap();
    let status: Vec<_> = steps.iter().map(|step| step.status).collect();
    assert_eq!(
        status,
        [StepStatus::Passed, StepStatus::Running, StepStatus::Pending]
    );
    assert_eq!(steps[0].detail.retries, 1);

    let end = RunEnd {
        status: RunStatus::Failed,
        error: None,
    };
    runs.finish(job.fence, run.id, end, None).await.unwrap();
    let steps = runs.steps(run.id).await.unwrap();
    let status: Vec<_> = steps.iter().map(|step| step.status).collect();
    assert_eq!(
        status,
        [StepStatus::Passed, StepStatus::Skipped, StepStatus::Skipped],
        "nothing unperformed passed"
    );
    assert_eq!(runs.get(run.id).await.unwrap().steps_skipped, 2);
    assert_eq!(
        kinds(&folder.store, run.id).await,
        [
            "run.queued",
            "run.started",
            "step.started",
            "step.finished",
            "step.started",
            "run.finished"
        ]
    );
}

#[tokio::test]
async fn a_worker_that_lost_its_lease_cannot_write_the_run_any_more() {
    let folder = folder().await;
    let recording = recording(&folder.store, "r").await;
    let run = run(&folder.store, recording.id).await;
    let slow = folder
        .store
        .jobs()
        .claim("runs", "slow", Duration::ZERO)
        .await
        .unwrap()
        .unwrap();
    let runs = folder.store.runs();
    runs.begin(slow.fence, run.id, &plan()).await.unwrap();
    runs.finish_step(slow.fence, run.id, done(0, StepStatus::Passed))
        .await
        .unwrap();

    let lost = folder.store.jobs().reap(|_| Duration::ZERO).await.unwrap();
    assert_eq!(lost.len(), 1);
    runs.worker_lost(run.id, lost[0].id).await.unwrap();
    assert_eq!(runs.get(run.id).await.unwrap().status, RunStatus::Queued);
    let quick = folder
        .store
        .jobs()
        .claim("runs", "quick", LEASE)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(quick.attempt, 2);
    assert_eq!(runs.begin(quick.fence, run.id, &plan()).await.unwrap(), 2);

    let late = runs
        .finish_step(slow.fence, run.id, done(1, StepStatus::Passed))
        .await;
    assert!(matches!(late, Err(StoreError::LeaseLost)), "{late:?}");
    let late = runs
        .finish(
            slow.fence,
            run.id,
            RunEnd {
                status: RunStatus::Passed,
                error: None,
            },
            None,
        )
        .await;
    assert!(matches!(late, Err(StoreError::LeaseLost)), "{late:?}");
    let now = runs.get(run.id).await.unwrap();
    assert_eq!(
        (now.status, now.steps_passed, now.attempt),
        (RunStatus::Running, 0, 2)
    );
    let log = folder
        .store
        .events()
        .after(Subject::Run, run.id.uuid(), 0, Some("step.finished"), 9)
        .await
        .unwrap();
    assert_eq!(log.len(), 1, "what the first attempt did is in the log");
}

#[tokio::test]
async fn a_run_that_is_given_back_keeps_its_finished_steps_until_it_is_begun_again() {
    let folder = folder().await;
    let recording = recording(&folder.store, "r").await;
    let run = run(&folder.store, recording.id).await;
    let (runs, jobs) = (folder.store.runs(), folder.store.jobs());
    let first = jobs.claim("runs", "first", LEASE).await.unwrap().unwrap();
    runs.begin(first.fence, run.id, &plan()).await.unwrap();
    for index in [0, 1] {
        runs.start_step(first.fence, run.id, index, "Step")
            .await
            .unwrap();
        if index == 0 {
            runs.finish_step(first.fence, run.id, done(0, StepStatus::Passed))
                .await
                .unwrap();
        }
    }
    runs.give_back(first.fence, run.id, "the worker was stopped")
        .await
        .unwrap();

    let waiting = runs.get(run.id).await.unwrap();
    assert_eq!(
        (waiting.status, waiting.attempt, waiting.steps_passed),
        (RunStatus::Queued, 1, 1)
    );
    let status = async || -> Vec<StepStatus> {
        let steps = runs.steps(run.id).await.unwrap();
        steps.iter().map(|step| step.status).collect()
    };
    assert_eq!(
        status().await,
        [StepStatus::Passed, StepStatus::Pending, StepStatus::Pending],
        "a step that was broken off does not go on"
    );
    let log = folder
        .store
        .events()
        .after(Subject::Run, run.id.uuid(), 0, Some("run.requeued"), 9)
        .await
        .unwrap();
    assert_eq!(
        log[0].payload,
        serde_json::json!({ "reason": "the worker was stopped", "attempt": 1 })
    );

    let second = jobs.claim("runs", "second", LEASE).await.unwrap().unwrap();
    assert_eq!(second.attempt, 1, "the job's own attempt is forgiven");
    assert_eq!(runs.begin(second.fence, run.id, &plan()).await.unwrap(), 2);
    assert_eq!(status().await, [StepStatus::Pending; 3]);
}

#[tokio::test]
async fn a_waiting_run_is_cancelled_at_once_and_a_finished_one_stays_as_it_is() {
    let folder = folder().await;
    let recording = recording(&folder.store, "r").await;
    let run = run(&folder.store, recording.id).await;
    let runs = folder.store.runs();
    assert_eq!(
        runs.cancel(run.id).await.unwrap().status,
        RunStatus::Cancelled
    );
    assert!(
        folder
            .store
            .jobs()
            .claim("runs", "w", LEASE)
            .await
            .unwrap()
            .is_none()
    );
    assert_eq!(
        runs.cancel(run.id).await.unwrap().status,
        RunStatus::Cancelled
    );
    assert_eq!(
        kinds(&folder.store, run.id).await,
        ["run.queued", "run.finished"]
    );
}

#[tokio::test]
async fn a_running_run_is_deleted_only_when_it_is_over() {
    let folder = folder().await;
    let recording = recording(&folder.store, "r").await;
    let run = run(&folder.store, recording.id).await;
    let runs = folder.store.runs();
    assert!(!runs.delete(run.id).await.unwrap());
    runs.cancel(run.id).await.unwrap();
    assert!(runs.delete(run.id).await.unwrap());
    assert!(matches!(
        runs.get(run.id).await,
        Err(StoreError::NotFound { .. })
    ));
}

#[tokio::test]
async fn a_plan_of_ten_thousand_steps_is_kept_whole() {
    let folder = folder().await;
    let recording = recording(&folder.store, "r").await;
    let run = run(&folder.store, recording.id).await;
    let job = folder
        .store
        .jobs()
        .claim("runs", "w", LEASE)
        .await
        .unwrap()
        .unwrap();
    let step = PlannedStep {
        step_id: "s".to_owned(),
        kind: "click".to_owned(),
        title: "Click".to_owned(),
    };
    folder
        .store
        .runs()
        .begin(job.fence, run.id, &vec![step; 10_000])
        .await
        .unwrap();
    let steps = folder.store.runs().steps(run.id).await.unwrap();
    assert_eq!(steps.len(), 10_000);
    assert!(
        steps
            .iter()
            .enumerate()
            .all(|(index, step)| step.index as usize == index)
    );
}

#[tokio::test]
async fn a_job_that_is_no_run_names_no_run() {
    assert_eq!(Runs::id_in_job("film", &Value::Null), None);
    assert_eq!(
        Runs::id_in_job("run", &serde_json::json!({ "runId": "x" })),
        None
    );
    assert_eq!(JobState::Dead.as_str(), "dead");
}

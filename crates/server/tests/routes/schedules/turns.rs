use std::time::Duration;

use ids::ScheduleId;
use serde_json::{Value, json};
use store::{ScheduleChange, Time};

use super::{hourly, path, with_recording};
use crate::support::{Owner, Server};

/// The schedule's moment came three hours ago.
async fn make_due(server: &Server, schedule: &Value) {
    let past = Time::now().minus(Duration::from_secs(3 * 3600));
    let change = ScheduleChange {
        next_at: Some(Some(past)),
        ..ScheduleChange::default()
    };
    server
        .store
        .schedules()
        .change(id(schedule), change)
        .await
        .unwrap();
}

fn id(schedule: &Value) -> ScheduleId {
    schedule["id"].as_str().unwrap().parse().unwrap()
}

async fn runs(owner: &Owner) -> Value {
    owner.get("/api/v1/runs").await.json()["pagination"]["total"].clone()
}

#[tokio::test]
async fn a_run_begins_when_its_moment_comes_and_only_one_for_all_that_passed() {
    let (server, owner, recording) = with_recording().await;
    let scheduler = server::start_scheduler(server.app.clone());
    let schedule = hourly(&owner, &recording).await;
    make_due(&server, &schedule).await;
    let started = server.scheduled(id(&schedule), "schedule.started").await;
    let told = owner.get(&path(&schedule)).await.data();
    assert_eq!(told["lastRun"]["id"], started["runId"]);
    assert_eq!(
        told["next"], schedule["next"],
        "it goes on with what is to come"
    );
    let run = format!("/api/v1/runs/{}", started["runId"].as_str().unwrap());
    let run = owner.get(&run).await.data();
    assert_eq!(
        (&run["scheduleId"], &run["status"]),
        (&schedule["id"], &json!("queued"))
    );
    assert_eq!(runs(&owner).await, 1);
    scheduler.shutdown().await;
}

#[tokio::test]
async fn a_moment_passes_while_the_last_run_goes_on_and_the_schedule_says_so() {
    let (server, owner, recording) = with_recording().await;
    let schedule = hourly(&owner, &recording).await;
    let path = path(&schedule);
    let run = owner
        .post(&format!("{path}/run-now"), json!({}))
        .await
        .data();
    make_due(&server, &schedule).await;
    let scheduler = server::start_scheduler(server.app.clone());
    server.scheduled(id(&schedule), "schedule.skipped").await;
    let told = owner.get(&path).await.data();
    assert_eq!(
        told["lastSkippedReason"],
        "The run before it had not ended."
    );
    assert!(told["lastSkippedAt"].is_string(), "{told}");
    assert_eq!(
        (&told["next"], runs(&owner).await),
        (&schedule["next"], json!(1))
    );
    // It ends: the next moment is not left out.
    owner
        .post(
            &format!("/api/v1/runs/{}/cancel", run["id"].as_str().unwrap()),
            json!({}),
        )
        .await;
    make_due(&server, &schedule).await;
    server
        .scheduled_again(id(&schedule), "schedule.started", 2)
        .await;
    let told = owner.get(&path).await.data();
    assert_eq!(
        (&told["lastSkippedAt"], runs(&owner).await),
        (&Value::Null, json!(2))
    );
    scheduler.shutdown().await;
}

#[tokio::test]
async fn a_schedule_whose_recording_is_gone_is_paused_and_says_why() {
    let (server, owner, recording) = with_recording().await;
    let schedule = hourly(&owner, &recording).await;
    let path = path(&schedule);
    owner
        .delete(&format!("/api/v1/recordings/{recording}"))
        .await;
    make_due(&server, &schedule).await;
    let scheduler = server::start_scheduler(server.app.clone());
    server.scheduled(id(&schedule), "schedule.disabled").await;
    let told = owner.get(&path).await.data();
    assert_eq!(
        (
            &told["enabled"],
            &told["disabledReason"],
            &told["recordingName"],
            &told["next"]
        ),
        (
            &json!(false),
            &json!("Its recording was deleted."),
            &Value::Null,
            &json!([])
        )
    );
    let on = || owner.patch(&path, json!({ "enabled": true }));
    assert_eq!(on().await.code(), "not_found");
    owner
        .post(
            &format!("/api/v1/recordings/{recording}/restore"),
            json!({}),
        )
        .await;
    let back = on().await.data();
    assert_eq!(
        (&back["enabled"], &back["disabledReason"]),
        (&json!(true), &Value::Null)
    );
    assert_eq!(runs(&owner).await, 0);
    scheduler.shutdown().await;
}

#[tokio::test]
async fn a_recording_that_cannot_be_performed_any_more_is_left_out_with_the_reason() {
    let (server, owner, recording) = with_recording().await;
    let schedule = hourly(&owner, &recording).await;
    let mut document = crate::support::greeting("https://a.example/", "x");
    document["actions"][1]["type"] = json!("teleport");
    let wanted = json!({ "revision": 1, "document": document });
    let saved = owner
        .put(&format!("/api/v1/recordings/{recording}"), wanted)
        .await;
    assert_eq!(saved.status, 200, "{}", saved.text());
    make_due(&server, &schedule).await;
    let scheduler = server::start_scheduler(server.app.clone());
    let skipped = server.scheduled(id(&schedule), "schedule.skipped").await;
    assert!(
        skipped["reason"].as_str().unwrap().contains("teleport"),
        "{skipped}"
    );
    assert_eq!(owner.get(&path(&schedule)).await.data()["enabled"], true);
    scheduler.shutdown().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_servers_on_one_database_begin_each_run_once() {
    const MANY: usize = 20;
    let (server, owner, recording) = with_recording().await;
    let mut schedules = Vec::new();
    for _ in 0..MANY {
        let schedule = hourly(&owner, &recording).await;
        make_due(&server, &schedule).await;
        schedules.push(schedule);
    }
    let neighbour = server.neighbour().await;
    let both = [server.app.clone(), neighbour].map(server::start_scheduler);
    for schedule in &schedules {
        server.scheduled(id(schedule), "schedule.started").await;
    }
    for scheduler in both {
        scheduler.shutdown().await;
    }
    assert_eq!(runs(&owner).await, MANY);
    for schedule in &schedules {
        assert_eq!(
            owner.get(&path(schedule)).await.data()["lastSkippedAt"],
            Value::Null
        );
    }
}

use serde_json::json;

use super::{SCHEDULES, hourly, path, with_recording};

#[tokio::test]
async fn a_schedule_is_renamed_paused_put_in_force_and_given_other_moments_and_runs() {
    let (_server, owner, recording) = with_recording().await;
    let schedule = hourly(&owner, &recording).await;
    let path = path(&schedule);
    let change = |wanted| owner.patch(&path, wanted);
    let renamed = change(json!({ "name": " Nightly " })).await.data();
    assert_eq!(
        (&renamed["name"], &renamed["next"]),
        (&json!("Nightly"), &schedule["next"])
    );
    let paused = change(json!({ "enabled": false })).await.data();
    assert_eq!(
        (&paused["enabled"], &paused["next"]),
        (&json!(false), &json!([]))
    );
    // Other moments do not put it in force.
    let other = change(json!({ "cron": "30 6 * * *", "timeZone": "Asia/Tokyo" }))
        .await
        .data();
    assert_eq!(
        (&other["cron"], &other["next"]),
        (&json!("30 6 * * *"), &json!([]))
    );
    let again = change(json!({ "enabled": true })).await.data();
    let first = again["next"][0].as_str().unwrap();
    assert!(first.ends_with("T21:30:00.000Z"), "{first}");
    let run = json!({ "recordingId": recording, "browser": "webkit", "variables": { "A": "b" } });
    let changed = change(json!({ "run": run })).await.data();
    assert_eq!(
        (
            &changed["run"]["browsers"],
            &changed["run"]["variables"],
            &changed["cron"]
        ),
        (&json!(["webkit"]), &json!(["A"]), &json!("30 6 * * *"))
    );
    for (wanted, code) in [
        (json!({ "cron": "x" }), "invalid_schedule"),
        (json!({ "timeZone": "x" }), "invalid_schedule"),
        (json!({ "name": "" }), "invalid_name"),
        (
            json!({ "run": { "recordingId": recording, "browser": "netscape" } }),
            "unsupported_browser",
        ),
        (json!({ "nextAt": 1 }), "invalid_body"),
    ] {
        assert_eq!(change(wanted).await.code(), code);
    }
    assert_eq!(owner.get(&path).await.data()["run"], changed["run"]);
}

#[tokio::test]
async fn a_deleted_schedule_is_gone_until_it_is_brought_back() {
    let (_server, owner, recording) = with_recording().await;
    let schedule = hourly(&owner, &recording).await;
    let path = path(&schedule);
    assert_eq!(owner.delete(&path).await.data(), schedule);
    assert_eq!(owner.get(SCHEDULES).await.data(), json!([]));
    assert_eq!(owner.get(&path).await.status, 404);
    assert_eq!(owner.patch(&path, json!({})).await.status, 404);
    let run_now = owner.post(&format!("{path}/run-now"), json!({})).await;
    assert_eq!(run_now.status, 404);
    let back = owner
        .post(&format!("{path}/restore"), json!({}))
        .await
        .data();
    assert_eq!(back["next"].as_array().unwrap().len(), 5);
    assert_eq!(owner.get(SCHEDULES).await.data(), json!([back]));
}

#[tokio::test]
async fn a_run_is_begun_now_and_counted_among_those_of_the_schedule() {
    let (_server, owner, recording) = with_recording().await;
    let schedule = hourly(&owner, &recording).await;
    let path = path(&schedule);
    owner.patch(&path, json!({ "enabled": false })).await;
    let other = json!({ "recordingId": recording });
    owner.post("/api/v1/runs", other).await;
    let run = owner
        .post(&format!("{path}/run-now"), json!({}))
        .await
        .data();
    assert_eq!(run["scheduleId"], schedule["id"]);
    let told = owner.get(&path).await.data();
    assert_eq!(
        (
            &told["lastRun"]["id"],
            &told["lastRun"]["status"],
            &told["next"]
        ),
        (&run["id"], &json!("queued"), &json!([]))
    );
    let id = schedule["id"].as_str().unwrap();
    let of = owner.get(&format!("/api/v1/runs?scheduleId={id}")).await;
    assert_eq!(
        (
            of.data()[0]["id"].clone(),
            of.json()["pagination"]["total"].clone()
        ),
        (run["id"].clone(), json!(1))
    );
}

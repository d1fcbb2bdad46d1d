use serde_json::json;

use crate::support::{Server, greeting, kept};

#[tokio::test]
async fn a_run_is_queued_with_its_options_and_its_variables_stay_inside() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let id = kept(&owner, &greeting("https://a.example/", "x")).await;
    let wanted = json!({ "recordingId": id, "timingMode": "instant", "variables": { "PASSWORD": "hunter2" } });
    let answer = owner.post("/api/v1/runs", wanted).await;
    assert_eq!(answer.status, 201);
    let run = answer.data();
    assert_eq!(
        (&run["status"], &run["timingMode"], &run["stepsTotal"]),
        (&json!("queued"), &json!("instant"), &json!(3))
    );
    let path = format!("/api/v1/runs/{}", run["id"].as_str().unwrap());
    for path in [
        path.clone(),
        format!("{path}/events"),
        "/api/v1/runs".to_owned(),
    ] {
        assert!(!owner.get(&path).await.text().contains("hunter2"), "{path}");
    }
    assert_eq!(
        owner.get(&format!("/api/v1/recordings/{id}")).await.data()["lastRun"]["id"],
        run["id"]
    );
    assert_eq!(
        owner.get("/api/v1/health").await.data()["queue"]["queued"],
        1
    );
}

#[tokio::test]
async fn options_that_make_no_sense_are_refused_with_a_sentence() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let id = kept(&owner, &greeting("https://a.example/", "x")).await;
    for (field, value, status, code) in [
        ("browser", json!("netscape"), 422, "unsupported_browser"),
        ("speed", json!(0), 422, "invalid_options"),
        ("speed", json!(-1.5), 422, "invalid_options"),
        ("timeout", json!(0), 422, "invalid_options"),
        ("runTimeout", json!(86_400_001), 422, "invalid_options"),
        ("baseUrl", json!("file:///etc"), 422, "invalid_options"),
        ("timingMode", json!("warp"), 400, "invalid_body"),
        ("timeout", json!(-1), 400, "invalid_body"),
        ("surprise", json!(1), 400, "invalid_body"),
    ] {
        let mut wanted = json!({ "recordingId": id });
        wanted[field] = value;
        let answer = owner.post("/api/v1/runs", wanted).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (status, code),
            "{field}"
        );
    }
    assert_eq!(
        owner.get("/api/v1/runs").await.json()["pagination"]["total"],
        0
    );
}

#[tokio::test]
async fn a_recording_with_an_unknown_step_is_kept_but_not_performed() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let mut document = greeting("https://a.example/", "x");
    document["actions"][1]["type"] = json!("teleport");
    let id = kept(&owner, &document).await;
    let answer = owner
        .post("/api/v1/runs", json!({ "recordingId": id }))
        .await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (422, "invalid_recording")
    );
    assert!(
        answer.json()["error"]["message"]
            .as_str()
            .unwrap()
            .contains("teleport"),
        "{}",
        answer.text()
    );
}

#[tokio::test]
async fn a_run_may_wait_for_its_moment() {
    let server = Server::with_workers(1).await;
    let owner = server.owner().await;
    let id = kept(&owner, &greeting("https://a.example/", "x")).await;
    let wanted = json!({ "recordingId": id, "startAt": "2100-01-01T00:00:00Z" });
    let run = owner.post("/api/v1/runs", wanted).await.data();
    assert_eq!(
        server
            .store
            .jobs()
            .next_due("runs")
            .await
            .unwrap()
            .unwrap()
            .to_string(),
        "2100-01-01T00:00:00.000Z"
    );
    assert_eq!(run["status"], "queued");
    server.stop().await;
}

use serde_json::json;

use crate::support::{Server, Site, greeting};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_old_session_paths_do_what_the_new_ones_do() {
    let (server, site) = (Server::start().await, Site::start().await);
    let owner = server.owner().await;
    let wanted = json!({ "url": site.url, "viewport": { "w": 800, "h": 600 }, "record": true });
    let started = owner.post("/api/sessions", wanted).await;
    assert_eq!(started.status, 201, "{}", started.text());
    let id = started.data()["session_id"].as_str().unwrap().to_owned();
    assert_eq!(started.data()["socket_url"], format!("/ws/sessions/{id}"));
    server.arrived(&id).await;
    let status = owner
        .get(&format!("/api/sessions/{id}/status"))
        .await
        .data();
    assert_eq!(
        (
            &status["status"],
            &status["viewport_w"],
            &status["viewport_h"]
        ),
        (&json!("live"), &json!(800), &json!(600))
    );
    let picture = owner
        .post(&format!("/api/sessions/{id}/screenshot"), json!({}))
        .await;
    assert_eq!(
        (picture.status, &picture.data()["contentType"]),
        (201, &json!("image/png"))
    );
    assert_eq!(
        owner
            .post(&format!("/api/sessions/{id}/stop"), json!({}))
            .await
            .data()["status"],
        "completed"
    );
    assert_eq!(
        owner.get(&format!("/api/v1/sessions/{id}")).await.data()["status"],
        "stopped"
    );
    server.stop().await;
}

#[tokio::test]
async fn a_process_is_saved_and_run_at_once_or_at_a_moment() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let saved = owner
        .post("/api/processes", greeting("https://a.example/", "x"))
        .await;
    assert_eq!((saved.status, &saved.data()["steps"]), (201, &json!(3)));
    let id = saved.data()["process_id"].as_str().unwrap().to_owned();
    let path = format!("/api/processes/{id}/run");
    let now = owner.post(&path, json!({})).await;
    assert_eq!(
        (now.status, &now.data()["status"]),
        (201, &json!("queued")),
        "{}",
        now.text()
    );
    let later = owner
        .post(&path, json!({ "schedule": "2100-01-01T00:00:00Z" }))
        .await;
    assert_eq!(later.status, 201);
    let repeated = owner.post(&path, json!({ "schedule": "0 3 * * *" })).await;
    assert_eq!(repeated.status, 201, "{}", repeated.text());
    let repeated = repeated.data();
    assert_eq!(
        (&repeated["status"], &repeated["run_id"]),
        (&json!("scheduled"), &json!(null))
    );
    let schedule = repeated["schedule_id"].as_str().unwrap();
    let schedule = owner.get(&format!("/api/v1/schedules/{schedule}")).await;
    assert_eq!(
        (&schedule.data()["cron"], &schedule.data()["next"][0]),
        (&json!("0 3 * * *"), &repeated["next_run_at"])
    );
    let refused = owner
        .post(&path, json!({ "schedule": "every full moon" }))
        .await;
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (422, "invalid_schedule")
    );
    let run = now.data()["run_id"].as_str().unwrap().to_owned();
    assert_eq!(
        owner
            .get(&format!("/api/runs/{run}/artifacts"))
            .await
            .data(),
        json!([])
    );
    assert_eq!(
        owner.get(&format!("/api/v1/recordings/{id}")).await.data()["name"],
        "Greeting"
    );
}

#[tokio::test]
async fn the_old_paths_ask_to_sign_in_too() {
    let server = Server::start().await;
    let id = "0192f0c1-2345-7000-8000-000000000000";
    for path in [
        "/api/errors".to_owned(),
        format!("/api/runs/{id}/artifacts"),
        format!("/api/sessions/{id}/status"),
    ] {
        assert_eq!(
            server.anonymous().get(&path).await.code(),
            "unauthenticated",
            "{path}"
        );
    }
    for path in [
        "/api/sessions".to_owned(),
        "/api/processes".to_owned(),
        format!("/api/processes/{id}/run"),
    ] {
        assert_eq!(
            server.anonymous().post(&path, json!({})).await.code(),
            "unauthenticated",
            "{path}"
        );
    }
}

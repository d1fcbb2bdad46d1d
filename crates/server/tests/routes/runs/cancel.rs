use serde_json::json;

use crate::support::{Server, Site, greeting, kept};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_is_cancelled_in_the_middle_of_a_step() {
    let (server, site) = (Server::with_workers(1).await, Site::start().await);
    let owner = server.owner().await;
    let mut document = greeting(&site.url, "hello Ada");
    let wait = json!({ "id": "act_004", "type": "wait", "timestamp": 6, "url": site.url, "waitFor": "duration", "value": 25_000 });
    document["actions"].as_array_mut().unwrap().insert(2, wait);
    let id = kept(&owner, &document).await;
    let run = owner
        .post(
            "/api/v1/runs",
            json!({ "recordingId": id, "timingMode": "instant" }),
        )
        .await
        .data();
    let id: ids::RunId = run["id"].as_str().unwrap().parse().unwrap();
    let mut events = server
        .store
        .events()
        .follow(store::Subject::Run, id.uuid(), 0);
    loop {
        let event = events.next().await.unwrap();
        assert_ne!(event.kind, "run.finished", "{}", event.payload);
        if event.kind == "step.started" && event.payload["index"] == 2 {
            break;
        }
    }
    let began = std::time::Instant::now();
    let path = format!("/api/v1/runs/{id}");
    assert_eq!(
        owner
            .post(&format!("{path}/cancel"), json!({}))
            .await
            .data()["status"],
        "running"
    );
    while events.next().await.unwrap().kind != "run.finished" {}
    assert!(began.elapsed().as_secs() < 10, "{:?}", began.elapsed());
    let run = owner.get(&path).await.data();
    assert_eq!(
        (&run["status"], &run["stepsPassed"]),
        (&json!("cancelled"), &json!(2)),
        "{run}"
    );
    assert_eq!(
        owner.get(&format!("/api/v1/errors?run={id}")).await.json()["pagination"]["total"],
        0
    );
    let again = owner
        .post(&format!("{path}/cancel"), json!({}))
        .await
        .data();
    assert_eq!(
        again["status"], "cancelled",
        "cancelling a finished run changes nothing"
    );
    server.stop().await;
}

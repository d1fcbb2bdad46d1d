use serde_json::json;

use crate::support::{Server, greeting, kept};

#[tokio::test]
async fn a_run_is_deleted_when_it_is_over_and_can_be_asked_for_again() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let id = kept(&owner, &greeting("https://a.example/", "x")).await;
    let wanted = json!({ "recordingId": id, "speed": 3.0 });
    let run = owner.post("/api/v1/runs", wanted).await.data();
    let path = format!("/api/v1/runs/{}", run["id"].as_str().unwrap());
    let early = owner.delete(&path).await;
    assert_eq!(
        (early.status, early.code().as_str()),
        (409, "run_not_finished")
    );
    assert_eq!(
        owner
            .post(&format!("{path}/cancel"), json!({}))
            .await
            .data()["status"],
        "cancelled"
    );

    let again = owner.post(&format!("{path}/retry"), json!({})).await;
    assert_eq!(
        (again.status, &again.data()["status"]),
        (201, &json!("queued"))
    );
    assert_ne!(again.data()["id"], run["id"]);

    assert_eq!(owner.delete(&path).await.status, 200);
    assert_eq!(owner.get(&path).await.code(), "not_found");
    let cancelled = owner.get("/api/v1/runs?status=cancelled").await.json();
    assert_eq!(cancelled["pagination"]["total"], 0);
    let of_recording = owner
        .get(&format!("/api/v1/runs?recordingId={id}"))
        .await
        .json();
    assert_eq!(of_recording["pagination"]["total"], 1);
}

use serde_json::json;

use crate::support::{Server, greeting, kept};

#[tokio::test]
async fn a_deleted_recording_is_gone_from_everywhere_and_comes_back_whole() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let id = kept(&owner, &greeting("https://a.example/", "x")).await;
    let path = format!("/api/v1/recordings/{id}");
    assert_eq!(owner.delete(&path).await.status, 200);
    assert_eq!(owner.get(&path).await.code(), "not_found");
    assert_eq!(owner.delete(&path).await.code(), "not_found");
    assert_eq!(
        owner
            .post("/api/v1/runs", json!({ "recordingId": id }))
            .await
            .code(),
        "not_found"
    );
    assert_eq!(
        owner.get("/api/v1/recordings").await.json()["pagination"]["total"],
        0
    );
    assert_eq!(
        owner.get("/api/v1/recordings?deleted=true").await.data()[0]["id"],
        json!(id)
    );

    assert_eq!(
        owner
            .post(&format!("{path}/restore"), json!({}))
            .await
            .data()["id"],
        json!(id)
    );
    assert_eq!(
        owner.get(&path).await.data()["document"]["actions"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
}

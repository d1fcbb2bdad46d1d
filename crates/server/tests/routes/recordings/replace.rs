use serde_json::json;

use crate::support::{Server, greeting, kept};

#[tokio::test]
async fn of_two_editors_the_second_is_told_and_loses_nothing() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let id = kept(&owner, &greeting("https://a.example/", "hello Ada")).await;
    let path = format!("/api/v1/recordings/{id}");
    let mut document = owner.get(&path).await.data()["document"].clone();
    document["actions"][0]["value"] = json!("Grace");
    let saved = owner
        .put(&path, json!({ "document": document, "revision": 1 }))
        .await
        .data();
    assert_eq!(
        (
            &saved["revision"],
            &saved["document"]["actions"][0]["value"]
        ),
        (&json!(2), &json!("Grace"))
    );

    let stale = owner
        .put(&path, json!({ "document": document, "revision": 1 }))
        .await;
    assert_eq!(
        (stale.status, stale.code().as_str()),
        (409, "stale_revision")
    );
    assert_eq!(stale.json()["error"]["details"]["revision"], 2);
    assert_eq!(
        owner.get(&path).await.data()["document"]["actions"][0]["value"],
        "Grace"
    );
}

#[tokio::test]
async fn a_name_in_the_document_and_a_rename_are_the_same_name() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let id = kept(&owner, &greeting("https://a.example/", "x")).await;
    let path = format!("/api/v1/recordings/{id}");
    assert_eq!(
        owner
            .patch(&path, json!({ "name": "By hand" }))
            .await
            .data()["name"],
        "By hand"
    );
    let mut document = owner.get(&path).await.data()["document"].clone();
    assert_eq!(document["testName"], "By hand");
    document["testName"] = json!("In the document");
    let saved = owner
        .put(&path, json!({ "document": document, "revision": 1 }))
        .await
        .data();
    assert_eq!(saved["name"], "In the document");
    for name in ["", "   ", "x".repeat(201).as_str()] {
        let answer = owner.patch(&path, json!({ "name": name })).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (422, "invalid_name")
        );
    }
}

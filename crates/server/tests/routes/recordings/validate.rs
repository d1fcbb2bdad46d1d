use serde_json::json;

use crate::support::{Server, greeting};

#[tokio::test]
async fn a_document_is_judged_without_being_kept() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let good = owner
        .post(
            "/api/v1/recordings/validate",
            greeting("https://a.example/", "x"),
        )
        .await
        .data();
    assert_eq!(
        (&good["valid"], &good["errors"]),
        (&json!(true), &json!([]))
    );

    let mut document = greeting("https://a.example/", "x");
    document["actions"][1]["type"] = json!("teleport");
    let bad = owner
        .post("/api/v1/recordings/validate", document)
        .await
        .data();
    assert_eq!(bad["valid"], false);
    assert!(
        bad["errors"][0]["path"]
            .as_str()
            .unwrap()
            .starts_with("actions[1]"),
        "{bad}"
    );

    let nothing = owner
        .post("/api/v1/recordings/validate", json!(7))
        .await
        .data();
    assert_eq!(nothing["valid"], false);
    assert_eq!(
        owner.get("/api/v1/recordings").await.json()["pagination"]["total"],
        0
    );
}

use serde_json::json;

use crate::support::{Server, greeting, kept};

#[tokio::test]
async fn recordings_are_found_by_name_and_cut_into_pages() {
    let server = Server::start().await;
    let owner = server.owner().await;
    for name in ["Checkout", "Search", "check in"] {
        let mut document = greeting("https://a.example/", "x");
        document["testName"] = json!(name);
        kept(&owner, &document).await;
    }
    let found = owner
        .get("/api/v1/recordings?q=check&limit=1&page=2")
        .await
        .json();
    assert_eq!(
        found["pagination"],
        json!({ "page": 2, "limit": 1, "total": 2 })
    );
    assert_eq!(found["data"][0]["name"], "Checkout", "last changed first");
    let odd = owner
        .get("/api/v1/recordings?page=0&limit=100000&unknown=1")
        .await
        .json();
    assert_eq!(
        odd["pagination"],
        json!({ "page": 1, "limit": 200, "total": 3 })
    );
}

#[tokio::test]
async fn recordings_tell_their_tags_and_are_found_by_one() {
    let server = Server::start().await;
    let owner = server.owner().await;
    for (name, tags) in [
        ("Checkout", json!(["smoke", "shop"])),
        ("Search", json!("shop, slow")),
        ("About", json!(null)),
    ] {
        let mut document = greeting("https://a.example/", "x");
        document["testName"] = json!(name);
        document["tags"] = tags;
        kept(&owner, &document).await;
    }
    let names = |answer: &serde_json::Value| -> Vec<String> {
        let items = answer["data"].as_array().unwrap().iter();
        items
            .map(|item| item["name"].as_str().unwrap().to_owned())
            .collect()
    };
    let shop = owner.get("/api/v1/recordings?tag=shop").await.json();
    assert_eq!(names(&shop), ["Search", "Checkout"]);
    assert_eq!(shop["data"][0]["tags"], json!(["shop", "slow"]));
    assert_eq!(shop["pagination"]["total"], 2);
    let both = owner
        .get("/api/v1/recordings?tag=shop&q=check")
        .await
        .json();
    assert_eq!(names(&both), ["Checkout"]);
    let all = owner.get("/api/v1/recordings").await.json();
    assert_eq!(all["data"][0]["tags"], json!([]));
}

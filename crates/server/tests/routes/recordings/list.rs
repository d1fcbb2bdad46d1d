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

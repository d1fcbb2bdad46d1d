use serde_json::json;

use crate::support::{Server, Shelf};

#[tokio::test]
async fn anybody_may_ask_how_the_server_is() {
    let server = Server::start().await;
    let health = server.anonymous().get("/api/v1/health").await.data();
    assert_eq!(health["status"], "ok", "{health}");
    assert_eq!(health["browser"]["available"], true);
    assert_eq!(health["queue"], json!({ "queued": 0, "running": 0 }));
}

#[tokio::test]
async fn health_tells_whether_outputs_have_somewhere_to_go() {
    let shelf = Shelf::start().await;
    let untold = Server::start().await;
    let health = untold.anonymous().get("/api/v1/health").await.data();
    assert!(health.get("storage").is_none(), "{health}");

    for (delivery, answers, status) in [
        (shelf.delivery(), true, "ok"),
        (shelf.delivery_to_a_file(), false, "degraded"),
    ] {
        let server = Server::delivering(0, Some(delivery)).await;
        let health = server.anonymous().get("/api/v1/health").await.data();
        let expected = json!({
            "answers": answers, "stored": 0, "notStored": 0, "verified": 0, "notVerified": 0
        });
        assert_eq!(health["storage"], expected);
        assert_eq!(health["status"], status, "{health}");
    }
}

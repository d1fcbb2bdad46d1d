use crate::support::Server;

#[tokio::test]
async fn anybody_may_ask_how_the_server_is() {
    let server = Server::start().await;
    let health = server.anonymous().get("/api/v1/health").await.data();
    assert_eq!(health["status"], "ok", "{health}");
    assert_eq!(health["browser"]["available"], true);
    assert_eq!(
        health["queue"],
        serde_json::json!({ "queued": 0, "running": 0 })
    );
}

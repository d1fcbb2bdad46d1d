use serde_json::json;

use crate::support::Server;

#[tokio::test]
async fn signing_out_ends_the_sign_in_at_once_and_takes_the_cookie_back() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let answer = owner.post("/api/v1/auth/logout", json!({})).await;
    assert_eq!(answer.status, 200);
    assert!(
        answer.headers["set-cookie"]
            .to_str()
            .unwrap()
            .contains("Max-Age=0")
    );
    assert_eq!(owner.get("/api/v1/runs").await.status, 401);
}

#[tokio::test]
async fn signing_out_without_having_signed_in_is_fine() {
    let server = Server::start().await;
    assert_eq!(
        server
            .anonymous()
            .post("/api/v1/auth/logout", json!({}))
            .await
            .status,
        200
    );
}

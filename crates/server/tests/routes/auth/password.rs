use serde_json::json;

use crate::support::Server;

#[tokio::test]
async fn a_password_is_set_and_other_sign_ins_end() {
    let server = Server::start().await;
    let (here, elsewhere) = (server.owner().await, server.owner().await);
    let answer = here
        .post(
            "/api/v1/auth/password",
            json!({ "password": "correct horse" }),
        )
        .await;
    assert_eq!(answer.data()["user"]["hasPassword"], true);
    assert!(
        !here.get("/api/v1/auth/me").await.data()["user"].is_null(),
        "this sign-in goes on"
    );
    assert!(elsewhere.get("/api/v1/auth/me").await.data()["user"].is_null());
}

#[tokio::test]
async fn short_and_endless_passwords_are_refused() {
    let server = Server::start().await;
    let owner = server.owner().await;
    for password in ["short".to_owned(), "x".repeat(257)] {
        let answer = owner
            .post("/api/v1/auth/password", json!({ "password": password }))
            .await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (422, "invalid_password")
        );
    }
}

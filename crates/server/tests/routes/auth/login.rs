use serde_json::json;

use crate::support::Server;

#[tokio::test]
async fn the_right_name_and_password_sign_in_and_everything_else_does_not() {
    let server = Server::start().await;
    let owner = server.owner().await;
    owner
        .post(
            "/api/v1/auth/password",
            json!({ "password": "correct horse" }),
        )
        .await;
    for (name, password) in [
        ("owner", "wrong horse"),
        ("nobody", "correct horse"),
        ("", ""),
    ] {
        let answer = server
            .anonymous()
            .post(
                "/api/v1/auth/login",
                json!({ "name": name, "password": password }),
            )
            .await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (401, "wrong_credentials"),
            "{name}"
        );
    }
    let right = json!({ "name": "owner", "password": "correct horse" });
    let answer = server.anonymous().post("/api/v1/auth/login", right).await;
    assert_eq!(answer.status, 200);
    let me = server
        .anonymous()
        .with("cookie", &answer.cookie().unwrap())
        .get("/api/v1/auth/me")
        .await
        .data();
    assert_eq!(me["user"]["name"], "owner");
}

#[tokio::test]
async fn an_owner_without_a_password_cannot_sign_in_with_an_empty_one() {
    let server = Server::start().await;
    server.owner().await;
    let answer = server
        .anonymous()
        .post(
            "/api/v1/auth/login",
            json!({ "name": "owner", "password": "" }),
        )
        .await;
    assert_eq!(answer.status, 401);
}

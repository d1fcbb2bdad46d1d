use std::time::Duration;

use serde_json::json;

use crate::support::Server;

async fn token(server: &Server, lasts: Duration) -> String {
    let link = server::issue_link(&server.store, "http://127.0.0.1:7777/", lasts)
        .await
        .unwrap();
    assert!(
        link.starts_with("http://127.0.0.1:7777/welcome?token="),
        "{link}"
    );
    link.rsplit_once('=').unwrap().1.to_owned()
}

#[tokio::test]
async fn the_first_link_makes_the_owner_and_signs_in() {
    let server = Server::start().await;
    let before = server.anonymous().get("/api/v1/auth/me").await.data();
    assert_eq!(before, json!({ "user": null, "setupRequired": true }));
    let owner = server.owner().await;
    let me = owner.get("/api/v1/auth/me").await.data();
    assert_eq!(
        (&me["user"]["name"], &me["setupRequired"]),
        (&json!("owner"), &json!(false))
    );
}

#[tokio::test]
async fn the_cookie_cannot_be_read_by_scripts_nor_sent_by_other_sites() {
    let server = Server::start().await;
    let token = token(&server, Duration::from_secs(60)).await;
    let answer = server
        .anonymous()
        .post("/api/v1/auth/claim", json!({ "token": token }))
        .await;
    let cookie = answer.headers["set-cookie"].to_str().unwrap();
    for part in [
        "proscenium_session=",
        "HttpOnly",
        "SameSite=Strict",
        "Path=/",
    ] {
        assert!(cookie.contains(part), "{cookie}");
    }
}

#[tokio::test]
async fn a_link_works_once() {
    let server = Server::start().await;
    let token = token(&server, Duration::from_secs(60)).await;
    let claim = json!({ "token": token });
    assert_eq!(
        server
            .anonymous()
            .post("/api/v1/auth/claim", claim.clone())
            .await
            .status,
        200
    );
    let again = server.anonymous().post("/api/v1/auth/claim", claim).await;
    assert_eq!(
        (again.status, again.code().as_str()),
        (401, "invalid_token")
    );
}

#[tokio::test]
async fn links_that_are_too_old_or_made_up_are_refused() {
    let server = Server::start().await;
    let old = token(&server, Duration::ZERO).await;
    for token in [old.as_str(), "psl_made_up", "", "' OR 1=1 --"] {
        let answer = server
            .anonymous()
            .post("/api/v1/auth/claim", json!({ "token": token }))
            .await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (401, "invalid_token"),
            "{token}"
        );
    }
}

#[tokio::test]
async fn a_second_link_signs_the_same_owner_in() {
    let server = Server::start().await;
    let (first, second) = (server.owner().await, server.owner().await);
    let id = |answer: serde_json::Value| answer["user"]["id"].clone();
    assert_eq!(
        id(first.get("/api/v1/auth/me").await.data()),
        id(second.get("/api/v1/auth/me").await.data())
    );
}

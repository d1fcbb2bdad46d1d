use serde_json::json;

use crate::support::{Server, Site};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_opens_a_page_answers_scripts_and_ends() {
    let (server, site) = (Server::start().await, Site::start().await);
    let owner = server.owner().await;
    let wanted = json!({ "url": site.url, "preset": "phone", "name": "On a phone" });
    let session = server.session(&owner, wanted).await;
    assert_eq!(
        (&session["status"], &session["viewport"]["width"]),
        (&json!("live"), &json!(390))
    );
    assert_eq!(
        (&session["name"], &session["viewport"]["touch"]),
        (&json!("On a phone"), &json!(true))
    );
    let path = format!("/api/v1/sessions/{}", session["id"].as_str().unwrap());
    let title = json!({ "expression": "new Promise(done => { const look = () => document.title === 'Greeter' ? done(document.title) : setTimeout(look, 20); look() })" });
    assert_eq!(
        owner.post(&format!("{path}/evaluate"), title).await.data()["value"],
        "Greeter"
    );
    let throws = owner
        .post(
            &format!("{path}/evaluate"),
            json!({ "expression": "nothing.here" }),
        )
        .await;
    assert_eq!(
        (throws.status, throws.code().as_str()),
        (422, "evaluation_failed")
    );
    let nothing = owner.post(&format!("{path}/recording"), json!({})).await;
    assert_eq!(
        (nothing.status, nothing.code().as_str()),
        (409, "nothing_recorded")
    );

    assert_eq!(
        owner.get("/api/v1/sessions?status=live").await.json()["pagination"]["total"],
        1
    );
    let stopped = owner.post(&format!("{path}/stop"), json!({})).await.data();
    assert_eq!(
        (&stopped["status"], &stopped["endReason"]),
        (&json!("stopped"), &json!("stopped by a person"))
    );
    let late = owner
        .post(&format!("{path}/evaluate"), json!({ "expression": "1" }))
        .await;
    assert_eq!((late.status, late.code().as_str()), (409, "session_ended"));
    assert_eq!(
        owner.post(&format!("{path}/stop"), json!({})).await.data()["status"],
        "stopped"
    );
    server.stop().await;
}

#[tokio::test]
async fn addresses_and_options_that_make_no_sense_are_refused_before_a_browser_starts() {
    let server = Server::start().await;
    let owner = server.owner().await;
    for (body, status, code) in [
        (json!({ "url": "file:///etc/passwd" }), 422, "invalid_url"),
        (json!({ "url": "javascript:alert(1)" }), 422, "invalid_url"),
        (json!({ "url": "chrome://settings" }), 422, "invalid_url"),
        (json!({ "url": "" }), 422, "invalid_url"),
        (
            json!({ "url": "a.example", "frameRate": 0 }),
            422,
            "invalid_options",
        ),
        (
            json!({ "url": "a.example", "quality": 101 }),
            422,
            "invalid_options",
        ),
        (
            json!({ "url": "a.example", "viewport": { "width": 1, "height": 90_000 } }),
            422,
            "invalid_viewport",
        ),
        (
            json!({ "url": "a.example", "preset": "watch" }),
            400,
            "invalid_body",
        ),
        (json!({}), 400, "invalid_body"),
    ] {
        let answer = owner.post("/api/v1/sessions", body.clone()).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (status, code),
            "{body}"
        );
    }
    assert_eq!(
        owner.get("/api/v1/sessions").await.json()["pagination"]["total"],
        0
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_more_sessions_live_at_once_than_allowed() {
    let (server, site) = (Server::start().await, Site::start().await);
    let owner = server.owner().await;
    for _ in 0..2 {
        assert_eq!(
            owner
                .post("/api/v1/sessions", json!({ "url": site.url }))
                .await
                .status,
            201
        );
    }
    let third = owner
        .post("/api/v1/sessions", json!({ "url": site.url }))
        .await;
    assert_eq!(
        (third.status, third.code().as_str()),
        (429, "too_many_sessions")
    );
    server.stop().await;
}

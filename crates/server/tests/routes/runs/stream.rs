use axum::body::Body;
use futures_util::StreamExt;
use http::Method;
use serde_json::json;

use crate::support::{Server, greeting, kept};

#[tokio::test]
async fn a_stream_resumes_after_the_last_event_that_was_seen_and_goes_on_live() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let id = kept(&owner, &greeting("https://a.example/", "x")).await;
    let run = owner
        .post("/api/v1/runs", json!({ "recordingId": id }))
        .await
        .data();
    let path = format!("/api/v1/runs/{}", run["id"].as_str().unwrap());
    let stream = format!("{path}/events/stream");

    let seen_one = owner.with("last-event-id", "1");
    let response = seen_one
        .open(Method::GET, &stream, None, Body::empty())
        .await;
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let reading = tokio::spawn(async move {
        let mut text = String::new();
        let mut body = response.into_body().into_data_stream();
        while let Some(chunk) = body.next().await {
            text.push_str(&String::from_utf8_lossy(&chunk.unwrap()));
        }
        text
    });
    owner.post(&format!("{path}/cancel"), json!({})).await;
    let text = reading.await.unwrap();
    assert!(
        !text.contains("run.queued") && text.contains("event: run.finished"),
        "{text}"
    );
    assert!(text.contains("id: 2"), "{text}");

    let done = owner.with("last-event-id", "2").get(&stream).await;
    assert_eq!(done.status, 204, "a browser stops asking");
    let odd = owner
        .with("last-event-id", "-5; DROP")
        .get(&stream)
        .await
        .text();
    assert!(
        odd.contains("run.queued"),
        "a number that makes no sense begins at the start: {odd}"
    );
}

//! The first source system's stream.

use base64::Engine as _;
use serde_json::json;

use crate::support::{Heard, Studio};

#[tokio::test]
async fn pictures_come_as_json_and_events_are_performed_by_name() {
    let studio = Studio::show(
        "<input id=name><button id=go onclick='document.title=document.getElementById(`name`).value'>go</button>
         <div style='height:3000px'></div>",
    )
    .await;
    let path = format!("/ws/sessions/{}?interval=50", studio.session.id());
    let mut client = studio.connect(&path).await;
    client.acks = false;
    let frame = client.hear("frame").await;
    let jpeg = base64::engine::general_purpose::STANDARD
        .decode(frame["data"].as_str().unwrap())
        .unwrap();
    assert!(jpeg.starts_with(&[0xFF, 0xD8]));
    assert!(frame["timestamp"].as_u64().unwrap() > 1_600_000_000_000);
    let event = |event: serde_json::Value| json!({"type": "event", "event": event});
    client
        .say(event(
            json!({"action": "type", "selector": "#name", "text": "Ada"}),
        ))
        .await;
    studio
        .holds("document.getElementById('name').value === 'Ada'")
        .await;
    client
        .say(event(json!({"action": "click", "selector": "#go"})))
        .await;
    studio.holds("document.title === 'Ada'").await;
    client
        .say(event(json!({"action": "scroll", "dy": 200})))
        .await;
    studio.holds("scrollY === 200").await;
    client
        .say(event(json!({"action": "js", "code": "6 * 7"})))
        .await;
    assert_eq!(client.hear("result").await["value"], 42);
    client
        .say(event(json!({"action": "click", "selector": "#nothing"})))
        .await;
    assert!(
        client.hear("error").await["error"]["message"]
            .as_str()
            .unwrap()
            .contains("#nothing")
    );
    let session = studio.session.clone();
    tokio::spawn(async move { session.stop("enough").await });
    while !matches!(client.next().await, Heard::Closed(_)) {}
    studio.stop().await;
}

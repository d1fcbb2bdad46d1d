use serde_json::{Value, json};
use store::Subject;

use crate::support::{Server, Site};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_page_gets_wrong_is_kept_with_what_it_looked_like() {
    let (server, site) = (Server::start().await, Site::start().await);
    let owner = server.owner().await;
    let session = owner
        .post(
            "/api/v1/sessions",
            json!({ "url": format!("{}broken", site.url) }),
        )
        .await
        .data();
    let id: ids::SessionId = session["id"].as_str().unwrap().parse().unwrap();
    // The log says when both errors are kept; the evidence follows.
    let mut events = server.store.events().follow(Subject::Session, id.uuid(), 0);
    let mut kinds = Vec::new();
    while !["exception", "network", "console"]
        .iter()
        .all(|kind| kinds.iter().any(|seen: &Value| seen == kind))
    {
        let event = events.next().await.unwrap();
        if event.kind == "error" {
            kinds.push(event.payload["kind"].clone());
        }
    }
    owner
        .post(&format!("/api/v1/sessions/{id}/stop"), json!({}))
        .await;
    let _dir = server.stop().await;
    let errors = owner
        .get(&format!("/api/v1/errors?session={id}"))
        .await
        .data();
    let exception = errors
        .as_array()
        .unwrap()
        .iter()
        .find(|error| error["kind"] == "exception")
        .unwrap();
    assert!(
        exception["message"].as_str().unwrap().contains("boom"),
        "{exception}"
    );
    assert!(
        exception["stack"].as_str().unwrap().contains("/broken"),
        "{exception}"
    );
    let network = errors
        .as_array()
        .unwrap()
        .iter()
        .find(|error| error["kind"] == "network")
        .unwrap();
    assert_eq!(network["severity"], "warning", "{network}");
    let of_session = owner.get(&format!("/api/v1/sessions/{id}")).await.data();
    assert_eq!(of_session["errors"], errors.as_array().unwrap().len());
    let console = owner
        .get(&format!("/api/v1/sessions/{id}/events?kind=console"))
        .await
        .data();
    assert_eq!(console[0]["payload"]["text"], "something looks wrong");
    let stream = owner
        .get(&format!("/api/v1/sessions/{id}/events/stream"))
        .await
        .text();
    assert!(
        stream.trim_end().ends_with('}') && stream.contains("event: session.ended"),
        "{stream}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn addresses_of_this_network_are_refused_and_the_log_says_so() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let session = owner
        .post(
            "/api/v1/sessions",
            json!({ "url": "http://169.254.169.254/latest/meta-data" }),
        )
        .await
        .data();
    let id: ids::SessionId = session["id"].as_str().unwrap().parse().unwrap();
    let mut events = server.store.events().follow(Subject::Session, id.uuid(), 0);
    let denied = loop {
        let event = events.next().await.unwrap();
        if event.kind == "egress.denied" {
            break event.payload;
        }
    };
    assert_eq!(denied["host"], "169.254.169.254", "{denied}");
    server.stop().await;
}

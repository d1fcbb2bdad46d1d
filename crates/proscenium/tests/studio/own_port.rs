use serde_json::{Value, json};

use crate::support::{Owner, Place, site, site_of};

const REASON: &str = "pages may not talk to the Proscenium server itself";

/// A recording of one step that opens `url`.
fn opening(url: &str) -> Value {
    let selectors =
        json!([{ "strategy": "css", "value": "body", "priority": 1, "confidence": 90 }]);
    json!({
        "testName": "Opening", "url": url,
        "actions": [{ "type": "checkpoint", "timestamp": 0, "url": url, "checkType": "elementVisible", "selectors": selectors }],
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sessions_page_cannot_reach_the_server_although_its_address_is_allowed() {
    let place = Place::new();
    let mut server = place.start("serve", &["--port", "0", "--workers", "0"]);
    let owner = Owner::of(&mut server);
    let health = format!("{}/api/v1/health", owner.url);
    let by_name = health.replace("127.0.0.1", "localhost");
    let start = |url: &str| {
        let session = owner.post("/sessions", &json!({ "url": url }));
        format!("/sessions/{}", session["id"].as_str().unwrap())
    };
    let denied = |session: &str| {
        let path = format!("{session}/events?kind=egress.denied");
        let denied = owner.until(&path, |denied| denied != &json!([]));
        assert_eq!(denied[0]["payload"]["reason"], REASON, "{denied:#}");
    };
    for url in [&health, &by_name] {
        denied(&start(url));
    }
    // Neither can what a page asks for.
    let asking =
        format!("<!doctype html><script>fetch('{health}', {{ mode: 'no-cors' }})</script>");
    denied(&start(&site_of(asking)));
    assert!(server.stop().success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_runs_page_cannot_reach_the_server_whichever_process_performs_it() {
    for embedded in ["1", "0"] {
        let place = Place::new();
        // The worker is there first: it learns of the server's port when the run begins.
        let worker = (embedded == "0").then(|| place.start("worker", &["--workers", "1"]));
        let mut server = place.start("serve", &["--port", "0", "--workers", embedded]);
        let owner = Owner::of(&mut server);
        let run = owner.run(&opening(&format!("{}/api/v1/health", owner.url)));
        let ended = owner.until(&run, |run| !run["finishedAt"].is_null());
        assert_eq!(ended["status"], "failed", "{ended:#}");
        let message = ended["error"]["message"].as_str().unwrap();
        assert!(
            message.contains(REASON) && !message.contains("--allow-host"),
            "{message}"
        );
        // Other ports of the same address are reached: it is allowed.
        let run = owner.run(&opening(&site()));
        let ended = owner.until(&run, |run| !run["finishedAt"].is_null());
        assert_eq!(ended["status"], "passed", "{ended:#}");
        assert!(worker.is_none_or(|worker| worker.stop().success()));
        assert!(server.stop().success());
    }
}

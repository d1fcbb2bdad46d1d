use serde_json::{Value, json};

use crate::support::{Owner, Server, Site, greeting, kept};

/// The run as it ended, and its events.
pub(super) async fn performed(owner: &Owner, recording: &str, options: Value) -> (Value, String) {
    let mut wanted = json!({ "recordingId": recording, "timingMode": "instant" });
    wanted
        .as_object_mut()
        .unwrap()
        .extend(options.as_object().unwrap().clone());
    let run = owner.post("/api/v1/runs", wanted).await.data();
    let path = format!("/api/v1/runs/{}", run["id"].as_str().unwrap());
    // The stream ends with the run.
    let events = owner.get(&format!("{path}/events/stream")).await.text();
    (owner.get(&path).await.data(), events)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_recording_is_performed_and_every_step_has_its_result_and_picture() {
    let (server, site) = (Server::with_workers(1).await, Site::start().await);
    let owner = server.owner().await;
    let id = kept(&owner, &greeting(&site.url, "hello Ada")).await;
    let (run, events) = performed(&owner, &id, json!({})).await;
    assert_eq!(run["status"], "passed", "{run}");
    assert_eq!(
        (&run["stepsPassed"], &run["attempt"]),
        (&json!(3), &json!(1))
    );
    let steps = run["steps"].as_array().unwrap();
    assert!(
        steps
            .iter()
            .all(|step| step["status"] == "passed" && step["durationMs"].is_u64()),
        "{run}"
    );
    assert_eq!(
        (&steps[2]["expected"], &steps[2]["actual"]),
        (&json!("hello Ada"), &json!("hello Ada"))
    );
    let picture = owner
        .get(steps[1]["screenshot"]["url"].as_str().unwrap())
        .await;
    assert_eq!(picture.headers["content-type"], "image/jpeg");
    let order: Vec<_> = events
        .lines()
        .filter_map(|line| line.strip_prefix("event: "))
        .collect();
    assert_eq!(order.first(), Some(&"run.queued"));
    assert_eq!(order.last(), Some(&"run.finished"));
    assert_eq!(
        order
            .iter()
            .filter(|kind| **kind == "step.finished")
            .count(),
        3
    );

    let path = format!("/api/v1/runs/{}/artifacts", run["id"].as_str().unwrap());
    let artifacts = owner.get(&path).await.data();
    let har = artifacts
        .as_array()
        .unwrap()
        .iter()
        .find(|artifact| artifact["kind"] == "har")
        .unwrap();
    assert!(
        har["name"]
            .as_str()
            .unwrap()
            .contains(run["id"].as_str().unwrap()),
        "{har}"
    );
    let har = owner.get(har["url"].as_str().unwrap()).await.json();
    assert_eq!(har["log"]["version"], "1.2");
    assert_eq!(har["log"]["entries"][0]["request"]["url"], site.url);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_that_fails_says_where_and_why_with_everything_that_was_there() {
    let (server, site) = (Server::with_workers(1).await, Site::start().await);
    let owner = server.owner().await;
    let id = kept(&owner, &greeting(&site.url, "hello Grace")).await;
    let (run, _) = performed(&owner, &id, json!({ "timeout": 800 })).await;
    assert_eq!(
        (&run["status"], &run["error"]["step"]),
        (&json!("failed"), &json!(2)),
        "{run}"
    );
    let failed = &run["steps"][2];
    assert_eq!(
        (&failed["status"], &failed["actual"]),
        (&json!("failed"), &json!("hello Ada"))
    );
    assert_eq!(failed["error"]["code"], "check-failed");

    let id = run["id"].as_str().unwrap();
    let errors = owner.get(&format!("/api/v1/errors?run={id}")).await.data();
    let error = owner
        .get(&format!(
            "/api/v1/errors/{}",
            errors[0]["id"].as_str().unwrap()
        ))
        .await
        .data();
    assert_eq!(
        (&error["kind"], &error["stepIndex"]),
        (&json!("step"), &json!(2)),
        "{error}"
    );
    for (part, kind) in [
        ("screenshot", "image/png"),
        ("dom", "text/html; charset=utf-8"),
    ] {
        let file = owner
            .get(error["evidence"][part]["url"].as_str().unwrap())
            .await;
        assert_eq!(file.headers["content-type"], kind, "{part}");
        assert!(
            file.headers["content-security-policy"]
                .to_str()
                .unwrap()
                .starts_with("sandbox;")
        );
    }
    let dom = owner
        .get(error["evidence"]["dom"]["url"].as_str().unwrap())
        .await
        .text();
    assert!(dom.contains("hello Ada"), "{dom}");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_reached_is_a_failed_run_that_names_the_reason() {
    let server = Server::with_workers(1).await;
    let owner = server.owner().await;
    let free = std::net::TcpListener::bind(("127.0.0.1", 0))
        .unwrap()
        .local_addr()
        .unwrap();
    for (url, reason) in [
        ("http://no-such-host.invalid/".to_owned(), "no address"),
        (format!("http://{free}/"), "nothing listens on"),
        (
            "http://10.255.255.1/".to_owned(),
            "--allow-host 10.255.255.1",
        ),
    ] {
        let id = kept(&owner, &greeting(&url, "x")).await;
        let (run, _) = performed(&owner, &id, json!({ "timeout": 500 })).await;
        assert_eq!(
            (&run["status"], &run["stepsPassed"]),
            (&json!("failed"), &json!(0)),
            "{run}"
        );
        assert!(
            run["error"]["message"].as_str().unwrap().contains(reason),
            "{run}"
        );
        let errors = owner
            .get(&format!(
                "/api/v1/errors?run={}",
                run["id"].as_str().unwrap()
            ))
            .await
            .data();
        assert!(
            errors[0]["message"].as_str().unwrap().contains(reason),
            "{errors}"
        );
    }
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_banner_over_an_element_is_closed_when_the_run_asks_for_it_and_the_step_says_so() {
    let (server, site) = (Server::with_workers(1).await, Site::start().await);
    let owner = server.owner().await;
    let mut document = greeting(&site.url, "hello Ada");
    let banner = json!({
        "id": "act_banner", "type": "javascript",
        "expression": "document.body.insertAdjacentHTML('beforeend', `<div style='position:fixed;inset:0'>We use cookies \
            <button onclick='this.parentNode.remove()'>Reject all</button></div>`)",
    });
    document["actions"]
        .as_array_mut()
        .unwrap()
        .insert(1, banner);
    document["actions"][2]["timeout"] = json!(4_000);
    let id = kept(&owner, &document).await;

    let (run, _) = performed(&owner, &id, json!({ "dismissOverlays": true })).await;
    assert_eq!(run["status"], "passed", "{run}");
    let waits = run["steps"][2]["waits"].to_string();
    assert!(waits.contains("by button \\\"Reject all\\\""), "{waits}");

    let (run, _) = performed(&owner, &id, json!({})).await;
    assert_eq!(run["error"]["code"], "covered", "{run}");
    let detail = run["steps"][2]["error"]["detail"].to_string();
    assert!(detail.contains("it can be closed by button"), "{detail}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_healed_run_says_which_step_took_what_and_does_not_when_healing_is_off() {
    let (server, site) = (Server::with_workers(1).await, Site::start().await);
    let owner = server.owner().await;
    let mut document = greeting(&site.url, "hello Ada");
    let step = &mut document["actions"][1];
    step["selectors"] = json!([{ "strategy": "role", "value": "button[name=\"Greet now\"]" }]);
    step["text"] = json!("Greet now");
    step["timeout"] = json!(1_500);
    step["fingerprint"] = json!({
        "kind": "press", "role": "button", "name": "Greet now", "tag": "button", "type": "submit",
        "attributes": { "id": "btn-greet" }, "near": { "heading": "Greeter" }, "others": [],
    });
    let id = kept(&owner, &document).await;

    let (run, events) = performed(&owner, &id, json!({})).await;
    assert_eq!(
        (&run["status"], &run["healed"], &run["stepsHealed"]),
        (&json!("passed"), &json!(true), &json!(1)),
        "{run}"
    );
    let healed = &run["steps"][1]["healed"];
    assert_eq!(healed["before"]["strategy"], "role");
    assert_eq!(healed["after"]["description"], "button “Greet”");
    assert_eq!(
        healed["after"]["selectors"][0]["value"],
        "button[name=\"Greet\"]"
    );
    assert_eq!(run["steps"][0].get("healed"), None);
    assert!(events.contains("\"stepsHealed\":1"), "{events}");

    let (run, _) = performed(&owner, &id, json!({ "heal": false })).await;
    assert_eq!(
        (&run["status"], &run["healed"], &run["stepsHealed"]),
        (&json!("failed"), &json!(false), &json!(0)),
        "{run}"
    );
}

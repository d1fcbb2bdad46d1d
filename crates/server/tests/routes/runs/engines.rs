use serde_json::{Value, json};

use crate::support::{Server, Site, greeting, kept};

fn engines(run: &Value) -> Vec<(String, String)> {
    let runs = run["group"]["runs"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    runs.iter()
        .map(|run| (text(&run["browser"]), text(&run["status"])))
        .collect()
}

#[tokio::test]
async fn a_run_on_several_engines_is_one_run_with_a_result_for_each() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let id = kept(&owner, &greeting("https://a.example/", "x")).await;
    let wanted = json!({ "recordingId": id, "browsers": ["firefox", "chromium", "webkit"] });
    let answer = owner.post("/api/v1/runs", wanted).await;
    assert_eq!(answer.status, 201);
    let run = answer.data();
    let waiting = |name: &str| (name.to_owned(), "queued".to_owned());
    assert_eq!(
        engines(&run),
        ["firefox", "chromium", "webkit"].map(waiting)
    );
    assert_eq!(
        (&run["group"]["id"], &run["group"]["status"]),
        (&run["id"], &json!("queued"))
    );
    assert_eq!(
        owner.get("/api/v1/health").await.data()["queue"]["queued"],
        3
    );

    // One row stands for all of them, whichever of them is asked for.
    let listed = owner.get("/api/v1/runs").await.json();
    assert_eq!(listed["pagination"]["total"], 1, "{listed}");
    assert_eq!(engines(&listed["data"][0]).len(), 3);
    let last = run["group"]["runs"][2]["id"].as_str().unwrap();
    let one = owner.get(&format!("/api/v1/runs/{last}")).await.data();
    assert_eq!(one["browser"], "webkit");
    assert_eq!(one["group"]["id"], run["id"]);
    assert_eq!(
        owner.get(&format!("/api/v1/recordings/{id}")).await.data()["lastRun"]["id"],
        run["id"]
    );

    // What is done to one is done to all.
    let path = format!("/api/v1/runs/{last}");
    assert_eq!(owner.delete(&path).await.code(), "run_not_finished");
    let cancelled = owner
        .post(&format!("{path}/cancel"), json!({}))
        .await
        .data();
    assert_eq!(cancelled["group"]["status"], "cancelled");
    assert!(
        engines(&cancelled)
            .iter()
            .all(|(_, status)| status == "cancelled"),
        "{cancelled}"
    );
    let again = owner.post(&format!("{path}/retry"), json!({})).await.data();
    assert_eq!(
        engines(&again),
        ["firefox", "chromium", "webkit"].map(waiting)
    );
    assert_ne!(again["group"]["id"], run["group"]["id"]);
    owner.delete(&path).await.data();
    let listed = owner.get("/api/v1/runs").await.json();
    assert_eq!(listed["pagination"]["total"], 1, "{listed}");
    server.stop().await;
}

#[tokio::test]
async fn browsers_that_make_no_sense_are_refused() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let id = kept(&owner, &greeting("https://a.example/", "x")).await;
    for (browser, browsers, code) in [
        (
            json!(null),
            json!(["chromium", "netscape"]),
            "unsupported_browser",
        ),
        (
            json!(null),
            json!(["chromium", "chromium"]),
            "invalid_options",
        ),
        (json!("firefox"), json!(["chromium"]), "invalid_options"),
    ] {
        let wanted = json!({ "recordingId": id, "browser": browser, "browsers": browsers });
        let answer = owner.post("/api/v1/runs", wanted).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (422, code),
            "{browsers}"
        );
    }
    let one = json!({ "recordingId": id, "browsers": ["firefox"] });
    let one = owner.post("/api/v1/runs", one).await.data();
    assert_eq!(
        (&one["browser"], one.get("group")),
        (&json!("firefox"), None)
    );
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failure_on_one_engine_fails_the_run_and_is_found_by_its_status() {
    let (server, site) = (Server::with_workers(2).await, Site::start().await);
    let owner = server.owner().await;
    // Chromium shows a phone, Firefox does not: there the run fails and says why.
    let mut document = greeting(&site.url, "hello Ada");
    document["isMobile"] = json!(true);
    document["hasTouch"] = json!(true);
    let id = kept(&owner, &document).await;
    let wanted =
        json!({ "recordingId": id, "browsers": ["chromium", "firefox"], "timingMode": "instant" });
    let run = owner.post("/api/v1/runs", wanted).await.data();
    for one in run["group"]["runs"].as_array().unwrap() {
        let id: ids::RunId = one["id"].as_str().unwrap().parse().unwrap();
        let mut events = server
            .store
            .events()
            .follow(store::Subject::Run, id.uuid(), 0);
        while events.next().await.unwrap().kind != "run.finished" {}
    }
    let path = format!("/api/v1/runs/{}", run["id"].as_str().unwrap());
    let run = owner.get(&path).await.data();
    assert_eq!(run["status"], "passed", "{run}");
    assert_eq!(run["group"]["status"], "failed", "{run}");
    let error = &run["group"]["runs"][1]["error"];
    assert_eq!(error["code"], "unsupported", "{run}");
    assert!(
        error["message"].as_str().unwrap().contains("phone"),
        "{run}"
    );
    for (status, count) in [("failed", 1), ("passed", 1), ("cancelled", 0)] {
        let listed = owner
            .get(&format!("/api/v1/runs?status={status}"))
            .await
            .json();
        assert_eq!(listed["pagination"]["total"], count, "{status}");
    }
    server.stop().await;
}

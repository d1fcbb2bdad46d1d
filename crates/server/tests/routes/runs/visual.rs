use serde_json::{Value, json};

use crate::support::{Owner, Server, Site, kept};

/// Types a name and looks at the page.
fn document(site: &str, name: &str) -> Value {
    json!({
        "testName": "Looks", "url": site, "viewport": { "width": 640, "height": 480 },
        "actions": [
            { "id": "type", "type": "input", "value": name, "selectors": [{ "strategy": "id", "value": "name" }] },
            { "id": "see", "type": "checkpoint", "checkType": "visual", "timeout": 1_500 },
        ],
    })
}

async fn performed(owner: &Owner, recording: &str) -> Value {
    let wanted = json!({ "recordingId": recording, "timingMode": "instant" });
    let run = owner.post("/api/v1/runs", wanted).await.data();
    let path = format!("/api/v1/runs/{}", run["id"].as_str().unwrap());
    // The stream ends with the run.
    owner.get(&format!("{path}/events/stream")).await;
    owner.get(&path).await.data()
}

fn baseline(run: &Value) -> String {
    format!(
        "/api/v1/runs/{}/steps/1/baseline",
        run["id"].as_str().unwrap()
    )
}

async fn save(owner: &Owner, id: &str, document: Value) {
    let path = format!("/api/v1/recordings/{id}");
    let revision = owner.get(&path).await.data()["revision"].clone();
    let wanted = json!({ "document": document, "revision": revision });
    let answer = owner.put(&path, wanted).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_picture_is_approved_compared_with_and_taken_back() {
    let (server, site) = (Server::with_workers(1).await, Site::start().await);
    let owner = server.owner().await;
    let id = kept(&owner, &document(&site.url, "Ada")).await;

    let first = performed(&owner, &id).await;
    let visual = &first["steps"][1]["visual"];
    assert_eq!(first["error"]["code"], "no-baseline", "{first}");
    assert_eq!(
        (&visual["verdict"], &visual["screen"]),
        (&json!("no-baseline"), &json!("640x480"))
    );
    assert!(visual["expected"].is_null() && visual["difference"].is_null());
    let picture = owner.get(visual["actual"]["url"].as_str().unwrap()).await;
    assert_eq!(picture.headers["content-type"], "image/png");

    let nobody = server.anonymous();
    assert_eq!(nobody.post(&baseline(&first), json!({})).await.status, 401);
    for _ in 0..2 {
        let approved = owner.post(&baseline(&first), json!({})).await.data();
        assert_eq!(approved["steps"][1]["visual"]["approved"], true);
    }
    let second = performed(&owner, &id).await;
    assert_eq!(second["status"], "passed", "{second}");
    assert_eq!(second["steps"][1]["visual"]["share"], 0.0);
    assert_eq!(
        owner.post(&baseline(&second), json!({})).await.code(),
        "not_found"
    );

    save(&owner, &id, document(&site.url, "Somebody else")).await;
    let third = performed(&owner, &id).await;
    let visual = &third["steps"][1]["visual"];
    assert_eq!(third["error"]["code"], "check-failed", "{third}");
    assert!(visual["differingPixels"].as_u64().unwrap() > 50, "{visual}");
    for word in ["expected", "actual", "difference"] {
        let url = visual[word]["url"].as_str().unwrap();
        assert_eq!(owner.get(url).await.headers["content-type"], "image/png");
    }
    owner.post(&baseline(&third), json!({})).await.data();
    assert_eq!(performed(&owner, &id).await["status"], "passed");

    // Undoing brings back the picture that was approved before.
    let undone = owner.delete(&baseline(&third)).await.data();
    assert_eq!(undone["steps"][1]["visual"]["approved"], false);
    assert_eq!(owner.delete(&baseline(&third)).await.code(), "not_found");
    assert_eq!(
        performed(&owner, &id).await["error"]["code"],
        "check-failed"
    );
    save(&owner, &id, document(&site.url, "Ada")).await;
    assert_eq!(performed(&owner, &id).await["status"], "passed");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_picture_of_an_included_recording_is_approved_where_it_is_included() {
    let (server, site) = (Server::with_workers(1).await, Site::start().await);
    let owner = server.owner().await;
    let looks =
        json!({ "id": "see", "type": "checkpoint", "checkType": "visual", "timeout": 1_500 });
    let inner = json!({ "testName": "Inner", "url": site.url, "actions": [looks] });
    let inner = kept(&owner, &inner).await;
    let mut outer = document(&site.url, "Ada");
    outer["actions"][1] = json!({ "id": "part", "type": "include", "recording": inner });
    let outer = kept(&owner, &outer).await;

    let first = performed(&owner, &outer).await;
    assert_eq!(first["error"]["code"], "no-baseline", "{first}");
    let approved = owner.post(&baseline(&first), json!({})).await.data();
    assert_eq!(approved["steps"][1]["visual"]["approved"], true);
    let second = performed(&owner, &outer).await;
    assert_eq!(second["status"], "passed", "{second}");
    // The recording by itself is another place, with a baseline of its own.
    let alone = performed(&owner, &inner).await;
    assert_eq!(alone["error"]["code"], "no-baseline", "{alone}");
    server.stop().await;
}

#[tokio::test]
async fn what_is_no_picture_is_not_approved() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let id = kept(&owner, &document("https://a.example/", "x")).await;
    let run = owner
        .post("/api/v1/runs", json!({ "recordingId": id }))
        .await
        .data();
    // The run is queued: its step has no row yet.
    assert_eq!(
        owner.post(&baseline(&run), json!({})).await.code(),
        "not_found"
    );
    let nonsense = baseline(&run).replace("/steps/1/", "/steps/one/");
    assert_eq!(owner.post(&nonsense, json!({})).await.code(), "bad_request");
    server.stop().await;
}

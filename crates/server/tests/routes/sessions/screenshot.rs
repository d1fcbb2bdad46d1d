use serde_json::json;

use crate::support::{Server, Site};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_screenshot_is_kept_once_under_the_sessions_name() {
    let (server, site) = (Server::start().await, Site::start().await);
    let owner = server.owner().await;
    let session = server.session(&owner, json!({ "url": site.url })).await;
    let id = session["id"].as_str().unwrap();
    let path = format!("/api/v1/sessions/{id}");
    for (full_page, kind) in [(false, "screenshot"), (true, "fullPage")] {
        let taken = owner
            .post(
                &format!("{path}/screenshot"),
                json!({ "fullPage": full_page }),
            )
            .await;
        assert_eq!((taken.status, &taken.data()["kind"]), (201, &json!(kind)));
        assert!(
            taken.data()["name"]
                .as_str()
                .unwrap()
                .starts_with(&format!("session-{id}_")),
            "{}",
            taken.text()
        );
        let bytes = owner.get(taken.data()["url"].as_str().unwrap()).await;
        assert_eq!(bytes.headers["content-type"], "image/png");
    }
    let odd = owner
        .post(&format!("{path}/screenshot"), json!({ "fullPage": "yes" }))
        .await;
    assert_eq!((odd.status, odd.code().as_str()), (400, "invalid_body"));

    let thumbnail = owner.get(&format!("{path}/thumbnail")).await;
    assert_eq!(thumbnail.headers["content-type"], "image/jpeg");
    let store = server.store.clone();
    let _dir = server.stop().await;
    let kept = store
        .artifacts()
        .of_owner(store::Owner::Session(id.parse().unwrap()))
        .await
        .unwrap();
    let asked = kept
        .iter()
        .filter(|artifact| artifact.name.ends_with("_screenshot.png"))
        .count();
    assert_eq!(asked, 2, "handler and journal keep one file for each");
    assert_eq!(
        owner.get(&format!("{path}/thumbnail")).await.headers["content-type"],
        "image/jpeg",
        "it stays"
    );
}

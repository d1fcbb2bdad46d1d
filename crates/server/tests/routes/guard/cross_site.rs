use serde_json::json;

use crate::support::Server;

#[tokio::test]
async fn what_another_site_makes_the_browser_send_is_refused() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let body = || json!({ "recordingId": "0192f0c1-2345-7000-8000-000000000000" });
    for (name, value) in [
        ("origin", "http://evil.example"),
        ("sec-fetch-site", "cross-site"),
    ] {
        let answer = owner.with(name, value).post("/api/v1/runs", body()).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (403, "cross_site"),
            "{name}"
        );
    }
    let own_page = owner
        .with("origin", "http://localhost:7777")
        .with("sec-fetch-site", "same-origin");
    assert_eq!(
        own_page.post("/api/v1/runs", body()).await.status,
        404,
        "the request itself is looked at"
    );
    assert_eq!(
        owner.post("/api/v1/runs", body()).await.status,
        404,
        "programs send no such headers"
    );
}

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

#[tokio::test]
async fn a_browser_extension_is_heard_with_a_token_of_its_own_and_not_with_the_cookie() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let token = server::issue_token(&server.store).await.unwrap();
    let body = || json!({ "recordingId": "0192f0c1-2345-7000-8000-000000000000" });
    let ask = async |origin: &str, token: Option<&str>, fetch_site: Option<&str>| {
        let mut asking = owner.with("origin", origin);
        if let Some(token) = token {
            asking = asking.with("authorization", &format!("Bearer {token}"));
        }
        if let Some(site) = fetch_site {
            asking = asking.with("sec-fetch-site", site);
        }
        let answer = asking.post("/api/v1/runs", body()).await;
        (answer.status, answer.code())
    };
    let extension = "chrome-extension://abcdefghijklmnop";
    let refused = (403, "cross_site".to_owned());
    // The request itself is looked at, and what it names is not there.
    let heard = (404, "not_found".to_owned());
    for fetch_site in [None, Some("none"), Some("cross-site")] {
        assert_eq!(ask(extension, Some(&token), fetch_site).await, heard);
    }
    assert_eq!(ask("moz-extension://1-2", Some(&token), None).await, heard);
    assert_eq!(ask(extension, None, None).await, refused, "by the cookie");
    assert_eq!(
        ask("http://evil.example", Some(&token), None).await,
        refused
    );
    assert_eq!(
        ask("null", Some(&token), Some("cross-site")).await,
        refused,
        "a sandboxed page"
    );
    // The cookie beside a wrong token does not help.
    let unknown = (401, "unauthenticated".to_owned());
    assert_eq!(ask(extension, Some("pss_made_up"), None).await, unknown);
}

use axum::body::Body;
use http::Method;
use serde_json::json;

use crate::support::Server;

#[tokio::test]
async fn every_refusal_has_the_envelope_a_sentence_and_a_request_id() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let send =
        |method: Method, path: &'static str, kind: Option<&'static str>, body: &'static str| {
            let owner = owner.clone();
            async move { owner.send(method, path, kind, Body::from(body)).await }
        };
    let json = Some("application/json");
    for (answer, status, code) in [
        (
            send(Method::GET, "/api/v1/nothing", None, "").await,
            404,
            "not_found",
        ),
        (
            send(Method::GET, "/api/nothing", None, "").await,
            404,
            "not_found",
        ),
        (
            send(Method::DELETE, "/api/v1/health", None, "").await,
            405,
            "method_not_allowed",
        ),
        (
            send(Method::GET, "/api/v1/runs/xyz", None, "").await,
            400,
            "invalid_id",
        ),
        (
            send(Method::GET, "/api/v1/runs/..%2F..%2Fetc", None, "").await,
            400,
            "invalid_id",
        ),
        (
            send(Method::GET, "/api/v1/runs?page=first", None, "").await,
            400,
            "invalid_query",
        ),
        (
            send(Method::GET, "/api/v1/runs?status=odd", None, "").await,
            400,
            "invalid_query",
        ),
        (
            send(Method::POST, "/api/v1/runs", None, "{}").await,
            415,
            "unsupported_media_type",
        ),
        (
            send(Method::POST, "/api/v1/runs", json, "{").await,
            400,
            "invalid_body",
        ),
        (
            send(Method::POST, "/api/v1/runs", json, "{} {}").await,
            400,
            "invalid_body",
        ),
        (
            send(Method::POST, "/api/v1/runs", json, "{\"recordingId\":7}").await,
            400,
            "invalid_body",
        ),
        (
            send(Method::POST, "/nothing", json, "{}").await,
            404,
            "not_found",
        ),
    ] {
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (status, code),
            "{}",
            answer.text()
        );
    }
}

#[tokio::test]
async fn a_wrong_field_is_named_by_its_path() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let body = json!({ "url": "https://a.example", "viewport": { "width": "wide", "height": 1 } });
    let answer = owner.post("/api/v1/sessions", body).await;
    assert!(
        answer.json()["error"]["message"]
            .as_str()
            .unwrap()
            .starts_with("viewport.width:"),
        "{}",
        answer.text()
    );
}

#[tokio::test]
async fn bodies_and_nesting_have_limits() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let large = format!("{{\"name\":\"{}\"}}", "x".repeat(2 * 1024 * 1024));
    let answer = owner
        .send(
            Method::POST,
            "/api/v1/auth/login",
            Some("application/json"),
            Body::from(large),
        )
        .await;
    assert_eq!((answer.status, answer.code().as_str()), (413, "too_large"));
    let deep = "[".repeat(100_000);
    let answer = owner
        .send(
            Method::POST,
            "/api/v1/auth/login",
            Some("application/json"),
            Body::from(deep),
        )
        .await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (400, "invalid_body")
    );
}

#[tokio::test]
async fn answers_carry_the_headers_that_keep_browsers_careful() {
    let server = Server::start().await;
    let answer = server.anonymous().get("/api/v1/health").await;
    let policy = answer.headers["content-security-policy"].to_str().unwrap();
    assert!(
        policy.contains("script-src 'self';") && policy.contains("frame-ancestors 'none'"),
        "{policy}"
    );
    assert_eq!(answer.headers["x-content-type-options"], "nosniff");
    assert_eq!(answer.headers["cache-control"], "no-store");
}

#[tokio::test]
async fn a_page_of_the_interface_is_served_for_any_path_that_a_person_may_open() {
    let server = Server::start().await;
    let person = server.anonymous().with("accept", "text/html");
    for path in ["/", "/sessions/abc", "/welcome?token=x"] {
        let answer = person.get(path).await;
        // Without a built interface the page says how to build it.
        assert!(
            matches!(answer.status, 200 | 503),
            "{path}: {}",
            answer.status
        );
        assert!(answer.text().contains("Proscenium"), "{path}");
    }
    assert_eq!(
        person.get("/assets/none.js").await.status,
        404,
        "a missing script is no page"
    );
    assert_eq!(
        person.get("/../../etc/passwd").await.status,
        server
            .anonymous()
            .with("accept", "text/html")
            .get("/x")
            .await
            .status
    );
}

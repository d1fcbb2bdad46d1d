use axum::body::Body;
use http::Method;
use serde_json::json;

use crate::support::{Server, Site};

fn form(name: &str, content: &str) -> Body {
    Body::from(format!(
        "--b\r\ncontent-disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n{content}\r\n--b--\r\n"
    ))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_are_taken_under_a_harmless_name() {
    let (server, site) = (Server::start().await, Site::start().await);
    let owner = server.owner().await;
    let session = server.session(&owner, json!({ "url": site.url })).await;
    let path = format!(
        "/api/v1/sessions/{}/uploads",
        session["id"].as_str().unwrap()
    );
    let kind = Some("multipart/form-data; boundary=b");
    let taken = owner
        .send(Method::POST, &path, kind, form("../../evil.sh", "hello"))
        .await;
    assert_eq!(taken.status, 201, "{}", taken.text());
    assert_eq!(
        (&taken.data()[0]["name"], &taken.data()[0]["size"]),
        (&json!("evil.sh"), &json!(5))
    );

    let empty = owner
        .send(Method::POST, &path, kind, Body::from("--b--\r\n"))
        .await;
    assert_eq!((empty.status, empty.code().as_str()), (400, "bad_request"));
    let cut = owner
        .send(
            Method::POST,
            &path,
            kind,
            Body::from(
                "--b\r\ncontent-disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\nhel",
            ),
        )
        .await;
    assert_eq!(
        (cut.status, cut.code().as_str()),
        (400, "bad_request"),
        "{}",
        cut.text()
    );
    let json = owner.post(&path, json!({})).await;
    assert_eq!((json.status, json.code().as_str()), (400, "bad_request"));
    server.stop().await;
}

use axum::body::Body;
use http::Method;
use serde_json::json;

use crate::support::{Server, greeting};

#[tokio::test]
async fn a_document_is_kept_with_everything_in_it_that_nobody_here_knows() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let mut document = greeting("https://a.example/", "hello Ada");
    document["vendor"] = json!({ "anything": [1, 2, { "deep": true }] });
    document["actions"][0]["later"] = json!("field");
    let kept = owner.post("/api/v1/recordings", document.clone()).await;
    assert_eq!(kept.status, 201);
    let summary = kept.data();
    assert_eq!(
        (&summary["name"], &summary["steps"], &summary["revision"]),
        (&json!("Greeting"), &json!(3), &json!(1))
    );
    let detail = owner
        .get(&format!(
            "/api/v1/recordings/{}",
            summary["id"].as_str().unwrap()
        ))
        .await
        .data();
    assert_eq!(detail["document"]["vendor"], document["vendor"]);
    assert_eq!(detail["document"]["actions"][0]["later"], "field");
}

#[tokio::test]
async fn yaml_is_read_too() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let yaml = "testName: From YAML\nurl: https://a.example/\nactions: []\n";
    for kind in [Some("application/yaml"), None] {
        let answer = owner
            .send(Method::POST, "/api/v1/recordings", kind, Body::from(yaml))
            .await;
        assert_eq!(
            (answer.status, &answer.data()["name"]),
            (201, &json!("From YAML")),
            "{kind:?}"
        );
    }
}

#[tokio::test]
async fn what_is_no_recording_is_refused_with_every_problem_and_its_place() {
    let server = Server::start().await;
    let owner = server.owner().await;
    for (body, place) in [
        (
            r#"{"testName":"x","url":"https://a.example","actions":3}"#,
            "actions",
        ),
        (
            r#"{"testName":"x","url":"https://a.example","actions":[{"type":"click"},7]}"#,
            "actions[1]",
        ),
        ("[]", ""),
        ("{", ""),
        ("", ""),
        ("\u{0}\u{1}", ""),
        ("- just\n- a list\n", ""),
    ] {
        let answer = owner
            .send(
                Method::POST,
                "/api/v1/recordings",
                Some("application/json"),
                Body::from(body),
            )
            .await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (422, "invalid_recording"),
            "{body}"
        );
        let problems = answer.json()["error"]["details"]["problems"].clone();
        let places: Vec<_> = problems
            .as_array()
            .unwrap()
            .iter()
            .map(|problem| problem["path"].as_str().unwrap())
            .collect();
        assert!(
            places.iter().any(|found| found.starts_with(place)),
            "{body}: {places:?}"
        );
    }
    assert_eq!(
        owner.get("/api/v1/recordings").await.json()["pagination"]["total"],
        0,
        "nothing was kept"
    );
}

#[tokio::test]
async fn oversized_and_endless_documents_are_refused_without_being_kept() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let send = |text: String| {
        owner.send(
            Method::POST,
            "/api/v1/recordings",
            Some("application/json"),
            Body::from(text),
        )
    };
    let twelve = send(format!(
        r#"{{"url":"https://a.example","x":"{}"}}"#,
        "x".repeat(12 * 1024 * 1024)
    ))
    .await;
    assert_eq!((twelve.status, twelve.code().as_str()), (413, "too_large"));
    let ten = send(format!(
        r#"{{"url":"https://a.example","x":"{}"}}"#,
        "x".repeat(10 * 1024 * 1024)
    ))
    .await;
    assert_eq!(
        (ten.status, ten.code().as_str()),
        (422, "invalid_recording")
    );
    let step = r#"{"id":"a","type":"click","timestamp":1},"#;
    let many = send(format!(
        r#"{{"url":"https://a.example","actions":[{}7]}}"#,
        step.repeat(10_001)
    ))
    .await;
    assert_eq!(
        (many.status, many.code().as_str()),
        (422, "invalid_recording")
    );
    let deep = send(format!(
        r#"{{"url":"https://a.example","x":{}{}}}"#,
        "[".repeat(5000),
        "]".repeat(5000)
    ))
    .await;
    assert_eq!(
        (deep.status, deep.code().as_str()),
        (422, "invalid_recording")
    );
}

#[tokio::test]
async fn hostile_names_are_only_names() {
    let server = Server::start().await;
    let owner = server.owner().await;
    for name in [
        "<script>alert(1)</script>",
        "'; DROP TABLE recordings; --",
        "../../etc/passwd",
        "a\r\nX-Evil: 1",
        "\u{202e}txt.exe",
    ] {
        let mut document = greeting("https://a.example/", "x");
        document["testName"] = json!(name);
        let kept = owner.post("/api/v1/recordings", document).await.data();
        assert_eq!(kept["name"], json!(name.trim()));
        let id = kept["id"].as_str().unwrap();
        let file = owner
            .get(&format!("/api/v1/recordings/{id}/document.json"))
            .await;
        let disposition = file.headers["content-disposition"].to_str().unwrap();
        assert!(
            disposition.is_ascii() && !disposition.contains("..") && !disposition.contains('<'),
            "{disposition}"
        );
        assert!(!file.headers.contains_key("x-evil"));
    }
}

use bytes::Bytes;
use ids::RunId;
use serde_json::json;
use store::{Artifact, ArtifactKind, NewArtifact, Owner as Of};

use crate::support::Server;

async fn kept(server: &Server, kind: ArtifactKind, label: &str, bytes: &'static [u8]) -> Artifact {
    let new = NewArtifact {
        kind,
        owner: Of::Run(RunId::new()),
        step_index: None,
        is_error: false,
        label: label.to_owned(),
        blob: server
            .store
            .blobs()
            .put(Bytes::from_static(bytes))
            .await
            .unwrap(),
    };
    server.store.artifacts().create(new).await.unwrap()
}

#[tokio::test]
async fn a_file_is_given_whole_in_part_and_not_at_all_when_it_is_known() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let artifact = kept(
        &server,
        ArtifactKind::Download,
        "numbers.txt",
        b"0123456789",
    )
    .await;
    let about = owner
        .get(&format!("/api/v1/artifacts/{}", artifact.id))
        .await
        .data();
    assert_eq!(
        (&about["size"], &about["contentType"]),
        (&json!(10), &json!("text/plain; charset=utf-8"))
    );
    let path = about["url"].as_str().unwrap();

    let whole = owner.get(path).await;
    assert_eq!((whole.status, whole.text().as_str()), (200, "0123456789"));
    assert!(
        whole.headers["content-disposition"]
            .to_str()
            .unwrap()
            .starts_with("attachment;")
    );
    let part = owner.with("range", "bytes=2-4").get(path).await;
    assert_eq!((part.status, part.text().as_str()), (206, "234"));
    assert_eq!(part.headers["content-range"], "bytes 2-4/10");
    let outside = owner.with("range", "bytes=10-").get(path).await;
    assert_eq!(
        (outside.status, outside.code().as_str()),
        (416, "bad_range")
    );
    assert_eq!(outside.headers["content-range"], "bytes */10");
    let etag = whole.headers["etag"].to_str().unwrap();
    let known = owner.with("if-none-match", etag).get(path).await;
    assert_eq!((known.status, known.body.len()), (304, 0));
    let changed = owner
        .with("range", "bytes=2-4")
        .with("if-range", "\"other\"")
        .get(path)
        .await;
    assert_eq!((changed.status, changed.body.len()), (200, 10));
}

#[tokio::test]
async fn a_page_that_was_stored_runs_nothing_in_the_servers_name() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let artifact = kept(
        &server,
        ArtifactKind::Dom,
        "dom",
        b"<!doctype html><script>alert(1)</script>",
    )
    .await;
    let answer = owner
        .get(&format!("/api/v1/artifacts/{}/content", artifact.id))
        .await;
    assert_eq!(answer.headers["content-type"], "text/html; charset=utf-8");
    let policy = answer.headers["content-security-policy"].to_str().unwrap();
    assert!(
        policy.starts_with("sandbox;") && !policy.contains("allow-scripts"),
        "{policy}"
    );
    assert_eq!(answer.headers["x-content-type-options"], "nosniff");
}

#[tokio::test]
async fn files_are_for_signed_in_people_only() {
    let server = Server::start().await;
    let artifact = kept(&server, ArtifactKind::Screenshot, "x", b"\x89PNG\r\n\x1a\n").await;
    let answer = server
        .anonymous()
        .get(&format!("/api/v1/artifacts/{}/content", artifact.id))
        .await;
    assert_eq!(answer.status, 401);
}

use serde_json::json;

use crate::support::{Server, greeting, kept};

#[tokio::test]
async fn a_document_is_downloaded_as_json_and_as_yaml_and_both_are_read_again() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let id = kept(&owner, &greeting("https://a.example/", "hello Ada")).await;
    owner
        .patch(
            &format!("/api/v1/recordings/{id}"),
            json!({ "name": "Hello there" }),
        )
        .await;
    for (extension, kind) in [("json", "application/json"), ("yaml", "application/yaml")] {
        let file = owner
            .get(&format!("/api/v1/recordings/{id}/document.{extension}"))
            .await;
        assert_eq!(file.headers["content-type"], kind);
        let disposition = file.headers["content-disposition"].to_str().unwrap();
        assert_eq!(
            disposition,
            format!("attachment; filename=\"Hello-there.{extension}\"")
        );
        let read = recording::Recording::parse(&file.body, recording::Format::Auto).unwrap();
        assert_eq!(
            (read.test_name.as_str(), read.steps.len()),
            ("Hello there", 3)
        );
    }
}

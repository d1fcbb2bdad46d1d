use crate::support::Server;

const CHECKED_IN: &str = include_str!("../../openapi.json");

#[tokio::test]
async fn the_checked_in_document_is_the_one_that_the_code_makes() {
    assert!(
        server::openapi() == CHECKED_IN,
        "crates/server/openapi.json is not what the code makes: run `cargo xtask codegen openapi`"
    );
}

#[tokio::test]
async fn the_document_is_served() {
    let server = Server::start().await;
    let answer = server.anonymous().get("/api/v1/openapi.json").await;
    assert_eq!((answer.status, answer.text().as_str()), (200, CHECKED_IN));
}

#[tokio::test]
async fn every_documented_path_but_the_open_ones_asks_to_sign_in() {
    let server = Server::start().await;
    let document: serde_json::Value = serde_json::from_str(CHECKED_IN).unwrap();
    let mut asked = 0;
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let open = operation
                .get("security")
                .is_some_and(|security| security[0] == serde_json::json!({}));
            if open {
                continue;
            }
            let path = path.replace("{id}", "0192f0c1-2345-7000-8000-000000000000");
            let method = method.to_uppercase().parse().unwrap();
            let answer = server
                .anonymous()
                .send(
                    method,
                    &path,
                    Some("application/json"),
                    axum::body::Body::from("{}"),
                )
                .await;
            assert_eq!(
                (answer.status, answer.code().as_str()),
                (401, "unauthenticated"),
                "{path}"
            );
            asked += 1;
        }
    }
    assert!(asked > 25, "{asked}");
}

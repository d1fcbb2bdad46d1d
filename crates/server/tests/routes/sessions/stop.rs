use serde_json::json;

use crate::support::Server;

#[tokio::test]
async fn a_session_that_never_was_is_not_found_whatever_is_asked_of_it() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let path = "/api/v1/sessions/0192f0c1-2345-7000-8000-000000000000";
    for verb in ["stop", "screenshot", "recording"] {
        assert_eq!(
            owner
                .post(&format!("{path}/{verb}"), json!({}))
                .await
                .code(),
            "not_found",
            "{verb}"
        );
    }
    assert_eq!(
        owner
            .post(&format!("{path}/evaluate"), json!({ "expression": "1" }))
            .await
            .code(),
        "not_found"
    );
    for rest in ["", "/events", "/events/stream", "/thumbnail"] {
        assert_eq!(
            owner.get(&format!("{path}{rest}")).await.code(),
            "not_found",
            "{rest}"
        );
    }
}

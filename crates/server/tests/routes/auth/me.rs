use crate::support::Server;

#[tokio::test]
async fn a_cookie_that_means_nothing_is_nobody() {
    let server = Server::start().await;
    server.owner().await;
    for cookie in [
        "proscenium_session=pss_made_up",
        "proscenium_session=",
        "other=1",
        "%%%",
    ] {
        let me = server
            .anonymous()
            .with("cookie", cookie)
            .get("/api/v1/auth/me")
            .await
            .data();
        assert_eq!(
            me,
            serde_json::json!({ "user": null, "setupRequired": false }),
            "{cookie}"
        );
    }
}

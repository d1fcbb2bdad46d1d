use crate::support::Server;

#[tokio::test]
async fn a_name_that_is_not_ours_gets_no_answer_whoever_asks() {
    let server = Server::start().await;
    let owner = server.owner().await;
    for host in [
        "evil.example",
        "evil.example:7777",
        "localhost.evil.example",
    ] {
        let answer = owner.with("host", host).get("/api/v1/runs").await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (421, "unknown_host"),
            "{host}"
        );
    }
    for host in [
        "localhost:7777",
        "127.0.0.1:7777",
        "[::1]:7777",
        "192.168.7.7",
        "studio.example",
    ] {
        assert_eq!(
            owner.with("host", host).get("/api/v1/runs").await.status,
            200,
            "{host}"
        );
    }
}

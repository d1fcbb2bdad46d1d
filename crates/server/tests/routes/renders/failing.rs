use serde_json::json;

use crate::support::Server;

#[tokio::test]
async fn code_that_fails_ends_its_render_at_once_and_says_where() {
    let server = Server::with_workers(1).await;
    let owner = server.owner().await;
    for (job, code, message) in [
        (
            json!({ "type": "p5", "code": "function setup() {\n  nothing.here();\n}" }),
            "code-failed",
            "nothing is not defined",
        ),
        (
            json!({ "type": "js", "code": "for (;;) {}", "timeout": "2s" }),
            "stuck",
            "endless loop",
        ),
        (
            json!({ "type": "js", "code": "document.body.append('x')", "maxBytes": 1024, "width": 2000, "height": 2000 }),
            "too-large",
            "1024 bytes",
        ),
    ] {
        let render = owner.post("/api/v1/renders", job).await.data();
        let id = render["id"].as_str().unwrap();
        let end = server.told(id, "render.finished").await;
        assert_eq!(
            (&end["status"], &end["error"]["code"]),
            (&json!("failed"), &json!(code)),
            "{end}"
        );
        assert_eq!(end["error"]["ofTheCode"], true);
        let text = end["error"]["message"].as_str().unwrap();
        assert!(text.contains(message), "{text}");
        let render = owner.get(&format!("/api/v1/renders/{id}")).await.data();
        assert_eq!(render["attempt"], 1, "nobody tries the same code again");
    }
    server.stop().await;
}

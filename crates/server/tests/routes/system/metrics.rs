use serde_json::json;

use crate::support::Server;

/// The value of a line of the text format.
fn value(text: &str, line: &str) -> Option<f64> {
    let found = text.lines().find_map(|given| given.strip_prefix(line))?;
    found.trim().parse().ok()
}

#[tokio::test]
async fn monitoring_sees_the_queue_the_browsers_and_how_jobs_ended() {
    let server = Server::with_workers(1).await;
    let owner = server.owner().await;
    assert_eq!(server.anonymous().get("/api/v1/metrics").await.status, 401);
    for code in ["document.body.append('x')", "missing()"] {
        let job = json!({ "type": "js", "code": code, "width": 32, "height": 32 });
        let render = owner.post("/api/v1/renders", job).await.data();
        server
            .told(render["id"].as_str().unwrap(), "render.finished")
            .await;
    }
    // The attempt is counted after the render's last event is written: it is asked for until it is there.
    let attempts = "proscenium_job_attempts_total{kind=\"render\",outcome=\"ended\"}";
    let mut text = String::new();
    while value(&text, attempts) != Some(2.0) {
        let answer = owner.get("/api/v1/metrics").await;
        assert_eq!(answer.status, 200);
        assert!(
            answer.headers["content-type"]
                .to_str()
                .unwrap()
                .starts_with("text/plain")
        );
        text = answer.text();
    }
    for (line, expected) in [
        ("proscenium_renders_total{status=\"done\",code=\"\"}", 1.0),
        (
            "proscenium_renders_total{status=\"failed\",code=\"code-failed\"}",
            1.0,
        ),
        ("proscenium_render_places ", 1.0),
        ("proscenium_recorder_reports_waiting ", 0.0),
        ("proscenium_render_browsers_started_total", 1.0),
        (
            "proscenium_render_browsers_replaced_total{reason=\"crash\"}",
            0.0,
        ),
        ("proscenium_job_attempt_seconds_count{kind=\"render\"}", 2.0),
        ("proscenium_jobs{queue=\"renders\",state=\"done\"}", 2.0),
    ] {
        assert_eq!(value(&text, line), Some(expected), "{line}: {text}");
    }
    for part in ["server", "browsers"] {
        let bytes = value(&text, &format!("proscenium_memory_bytes{{of=\"{part}\"}}"));
        assert!(bytes.is_some_and(|bytes| bytes > 1e6), "{part}: {text}");
    }
    let health = owner.get("/api/v1/health").await.data();
    assert_eq!(health["renders"]["size"], 1);
    assert_eq!(health["renders"]["started"], 1);
    server.stop().await;
}

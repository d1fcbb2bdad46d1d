use serde_json::{Value, json};

use crate::redis_server::Redis;
use crate::studio::Studio;

/// The job of a sketch as the former service's producers write it.
fn sketch(hue: u32) -> Value {
    json!({
        "type": "p5",
        "code": "function setup() { createCanvas(40, 40); } function draw() { background(context.variables.hue, 80, 80); circle(20, 20, 9); }",
        "width": 40, "height": 40,
        "bucket": "art", "prefix": "user-1/session-1", "filename": "output.png",
        "context": { "hash": "0xabc", "variables": { "hue": hue }, "components": [] },
    })
}

#[tokio::test]
async fn jobs_come_back_in_the_shape_of_the_former_service() {
    let (redis, studio) = (Redis::start(), Studio::open().await);
    let rendering = studio.render();
    let intake = studio.intake(&redis).await;
    let mut producer = redis.client().await;

    producer
        .push("playwright-jobs", &sketch(10).to_string())
        .await;
    let src = format!("http://{}/art/user-1/session-1/output.png", studio.shown);
    assert_eq!(
        producer.pop("playwright-jobs:results").await,
        json!({ "success": true, "src": src, "mimeType": "image/png" })
    );

    let film = json!({
        "id": "film-7", "type": "video", "code": "function draw() { background(frameCount * 20); }",
        "duration": 300, "fps": 10, "width": 40, "height": 40,
        "bucket": "art", "prefix": "user-1", "filename": "film.mp4",
    });
    producer.push("playwright-jobs", &film.to_string()).await;
    let src = format!("http://{}/art/user-1/film.mp4", studio.shown);
    assert_eq!(
        producer.pop("playwright-jobs:result:film-7").await,
        json!({ "success": true, "src": src, "mimeType": "video/mp4" })
    );

    let parts = |output: &str, filename: &str| {
        json!({
            "type": "js", "html": "<p>Row</p>", "css": "", "javascript": "", "width": 40, "height": 40,
            "outputType": output, "bucket": "art", "prefix": "p", "filename": filename,
        })
    };
    let at = |name: &str| format!("http://{}/art/p/{name}", studio.shown);
    for (job, answer) in [
        (
            parts("both", "row.png"),
            json!({ "success": true, "src": at("row.png"), "htmlSrc": at("row.html"), "mimeType": "image/png" }),
        ),
        (
            parts("html", "alone.html"),
            json!({ "success": true, "htmlSrc": at("alone.html"), "mimeType": "text/html; charset=utf-8" }),
        ),
    ] {
        producer.push("playwright-jobs", &job.to_string()).await;
        assert_eq!(producer.pop("playwright-jobs:results").await, answer);
    }

    let failing = json!({
        "id": 8, "type": "js", "html": "", "css": "", "javascript": "nothing.here()", "width": 40, "height": 40,
        "outputType": "png", "bucket": "art", "prefix": "p", "filename": "x.png",
    });
    producer.push("playwright-jobs", &failing.to_string()).await;
    let answer = producer.pop("playwright-jobs:result:8").await;
    assert_eq!(answer["success"], false);
    assert!(
        answer["error"]
            .as_str()
            .unwrap()
            .contains("nothing is not defined"),
        "{answer}"
    );
    assert_eq!(answer.as_object().unwrap().len(), 2, "{answer}");

    assert_eq!(producer.held().await, 0, "everything is answered");
    assert_eq!(
        producer.length("playwright-jobs:dead").await,
        0,
        "what the code did is no dead letter"
    );
    intake.shutdown().await;
    rendering.stop().await;
}

#[tokio::test]
async fn each_of_many_jobs_is_answered_once() {
    let (redis, studio) = (Redis::start(), Studio::open().await);
    let rendering = studio.render();
    let (one, other) = (studio.intake(&redis).await, studio.intake(&redis).await);
    let mut producer = redis.client().await;
    // Every third is the same as another: equal jobs are answered as often as they were pushed.
    for number in 0..30 {
        let mut job = sketch(number % 10);
        job["id"] = json!(number % 20);
        // Of two pictures at one address only one can be shown there.
        job["filename"] = json!(format!("output-{}.png", number % 10));
        producer.push("playwright-jobs", &job.to_string()).await;
    }
    for number in 0..20 {
        let list = format!("playwright-jobs:result:{number}");
        for _ in 0..if number < 10 { 2 } else { 1 } {
            let answer = producer.pop(&list).await;
            assert_eq!(answer["success"], true, "{number}: {answer}");
        }
        assert_eq!(producer.length(&list).await, 0, "{number}");
    }
    assert_eq!(producer.held().await, 0);
    one.shutdown().await;
    other.shutdown().await;
    rendering.stop().await;
}

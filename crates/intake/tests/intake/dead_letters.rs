use serde_json::json;
use store::{RenderStatus, Subject};

use crate::redis_server::Redis;
use crate::studio::Studio;

#[tokio::test]
async fn what_cannot_be_read_is_kept_with_the_reason_and_answered() {
    let (redis, studio) = (Redis::start(), Studio::open().await);
    let intake = studio.intake(&redis).await;
    let mut producer = redis.client().await;
    let no_bucket = json!({ "id": "a", "type": "p5", "code": "function draw() {}" }).to_string();
    for (job, answers, reason) in [
        ("{ half a job", "playwright-jobs:results", "not JSON"),
        ("[]", "playwright-jobs:results", "a list"),
        (
            r#"{"id":"b","type":"p5","code":"x","width":-1}"#,
            "playwright-jobs:result:b",
            "width",
        ),
        (no_bucket.as_str(), "playwright-jobs:result:a", "bucket"),
    ] {
        producer.push("playwright-jobs", job).await;
        let answer = producer.pop(answers).await;
        assert_eq!(answer["success"], false, "{job}");
        let error = answer["error"].as_str().unwrap();
        assert!(error.contains(reason), "{job}: {error}");
        let letter = producer.pop("playwright-jobs:dead").await;
        assert_eq!(
            (letter["job"].as_str().unwrap(), &letter["reason"]),
            (job, &answer["error"])
        );
    }
    assert_eq!((producer.held().await, studio.renders().await), (0, 0));
    intake.shutdown().await;
}

#[tokio::test]
async fn what_the_storage_does_not_take_is_tried_again_answered_with_the_reason_and_kept() {
    let (redis, studio) = (Redis::start(), Studio::open().await);
    let unblock = studio.block("art");
    let rendering = studio.render();
    let intake = studio.intake(&redis).await;
    let mut producer = redis.client().await;
    let job = json!({
        "id": "c", "type": "js", "code": "document.body.append('x')", "width": 40, "height": 40,
        "bucket": "art", "prefix": "p", "filename": "x.png",
    });
    let job = job.to_string();
    producer.push("playwright-jobs", &job).await;
    let answer = producer.pop("playwright-jobs:result:c").await;
    assert_eq!(answer["success"], false);
    let error = answer["error"].as_str().unwrap();
    assert!(
        error.contains("p/x.png could not be stored in art"),
        "{error}"
    );
    let letter = producer.pop("playwright-jobs:dead").await;
    assert_eq!(
        (letter["job"].as_str().unwrap(), &letter["reason"]),
        (job.as_str(), &answer["error"])
    );

    let id = studio.only_render().await;
    let count = async |kind: &str| {
        let log = studio.store.events();
        let log = log.after(Subject::Render, id.uuid(), 0, None, 100).await;
        let log = log.unwrap().into_iter();
        log.filter(|event| event.kind == kind).count()
    };
    assert_eq!(count("render.requeued").await, 4, "five tries");
    assert_eq!(count("render.started").await, 1, "it was drawn once");
    let render = studio.store.renders().get(id).await.unwrap();
    assert_eq!(render.error.unwrap().code, "could-not-store");
    assert!(render.output.is_some(), "what was drawn is kept");

    unblock();
    assert!(studio.desk().deliver_again(id).await.unwrap());
    let mut events = studio.store.events().follow(Subject::Render, id.uuid(), 0);
    let mut ends = 0;
    while ends < 2 {
        ends += usize::from(events.next().await.unwrap().kind == "render.finished");
    }
    let render = studio.store.renders().get(id).await.unwrap();
    assert_eq!(render.status, RenderStatus::Done, "{render:?}");
    let src = format!("http://{}/art/p/x.png", studio.shown);
    assert_eq!(render.delivered.unwrap().src, Some(src));
    assert_eq!(count("render.started").await, 1, "it was not drawn again");
    intake.shutdown().await;
    rendering.stop().await;
}

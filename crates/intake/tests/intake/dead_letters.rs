use serde_json::json;

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

use std::time::Duration;

use intake::Intake;
use redis::AsyncCommands as _;
use serde_json::json;

use crate::redis_server::Redis;
use crate::studio::{Studio, config};

fn job(id: &str) -> String {
    json!({
        "id": id, "type": "js", "code": "document.body.append('here')", "width": 60, "height": 40,
        "bucket": "art", "prefix": "p", "filename": "here.png",
    })
    .to_string()
}

#[tokio::test]
async fn a_job_that_a_dead_worker_held_is_taken_up() {
    let (redis, studio) = (Redis::start(), Studio::open().await);
    let mut producer = redis.client().await;
    // Moved, and then the worker died: before it wrote anything down.
    let connection = &mut producer.connection;
    let _: u64 = connection
        .lpush("playwright-jobs:processing:gone", job("lost"))
        .await
        .unwrap();
    let _: u64 = connection
        .sadd("playwright-jobs:workers", "gone")
        .await
        .unwrap();

    let rendering = studio.render();
    let intake = studio.intake(&redis).await;
    let answer = producer.pop("playwright-jobs:result:lost").await;
    assert_eq!(answer["success"], true, "{answer}");
    assert_eq!(producer.held().await, 0);
    intake.shutdown().await;
    rendering.stop().await;
}

/// A worker takes the job, has it queued in the database, and dies: its tasks are gone in the middle, nothing is tidied up.
#[test]
fn a_render_that_a_dead_worker_asked_for_is_taken_over_and_not_made_twice() {
    let redis = Redis::start();
    let runtime = || tokio::runtime::Runtime::new().unwrap();
    let (survivor, victim) = (runtime(), runtime());
    let studio = survivor.block_on(Studio::open());
    let mut producer = survivor.block_on(redis.client());
    let dying: Intake = victim.block_on(async {
        Intake::start(config(&redis), studio.desk(), studio.store.clone(), 1)
            .await
            .unwrap()
    });
    survivor.block_on(async {
        producer.push("playwright-jobs", &job("twice")).await;
        while studio.renders().await == 0 {
            tokio::task::yield_now().await;
        }
    });
    victim.shutdown_timeout(Duration::ZERO);
    survivor.block_on(async {
        assert_eq!(producer.held().await, 1, "the dead worker holds it");
        let rendering = studio.render();
        let intake = studio.intake(&redis).await;
        let answer = producer.pop("playwright-jobs:result:twice").await;
        assert_eq!(answer["success"], true, "{answer}");
        assert_eq!(studio.renders().await, 1);
        assert_eq!(producer.held().await, 0);
        intake.shutdown().await;
        rendering.stop().await;
    });
    drop(dying);
}

#[tokio::test]
async fn a_worker_that_stops_leaves_its_jobs_to_others_at_once() {
    let (redis, studio) = (Redis::start(), Studio::open().await);
    let mut slow = config(&redis);
    slow.silence = Duration::from_secs(3600);
    let stopping = Intake::start(slow, studio.desk(), studio.store.clone(), 1)
        .await
        .unwrap();
    let mut producer = redis.client().await;
    producer.push("playwright-jobs", &job("left")).await;
    while studio.renders().await == 0 {
        tokio::task::yield_now().await;
    }
    stopping.shutdown().await;
    assert_eq!(producer.held().await, 1);

    let rendering = studio.render();
    let intake = studio.intake(&redis).await;
    assert_eq!(
        producer.pop("playwright-jobs:result:left").await["success"],
        true
    );
    assert_eq!(studio.renders().await, 1);
    intake.shutdown().await;
    rendering.stop().await;
}

#[tokio::test]
async fn a_redis_that_is_not_there_is_an_error_at_the_start() {
    let studio = Studio::open().await;
    let redis = Redis::start();
    let config = config(&redis);
    drop(redis);
    let error = Intake::start(config, studio.desk(), studio.store.clone(), 1)
        .await
        .unwrap_err();
    assert_eq!(error.to_string(), "Redis cannot be reached");
}

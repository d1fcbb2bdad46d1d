use serde_json::{Value, json};

use super::get::performed;
use crate::support::{Owner, Server, Site, greeting, kept};

/// The films among what the run left.
async fn films(owner: &Owner, run: &Value) -> Vec<Value> {
    let path = format!("/api/v1/runs/{}/artifacts", run["id"].as_str().unwrap());
    let artifacts = owner.get(&path).await.data();
    let films = artifacts.as_array().unwrap().iter();
    films
        .filter(|artifact| artifact["kind"] == "video")
        .cloned()
        .collect()
}

/// What ffprobe tells of the first stream of a file.
fn stream_of(bytes: &[u8]) -> Value {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    let told = std::process::Command::new("ffprobe")
        .args([
            "-v",
            "error",
            "-count_frames",
            "-show_streams",
            "-of",
            "json",
        ])
        .arg(file.path())
        .output()
        .unwrap();
    assert!(told.status.success(), "{told:?}");
    let told: Value = serde_json::from_slice(&told.stdout).unwrap();
    told["streams"][0].clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_is_filmed_when_that_is_wanted() {
    let (server, site) = (Server::with_workers(1).await, Site::start().await);
    let owner = server.owner().await;
    let id = kept(&owner, &greeting(&site.url, "hello Ada")).await;
    let (run, _) = performed(&owner, &id, json!({ "video": "always" })).await;
    assert_eq!(run["status"], "passed", "{run}");
    let kept = films(&owner, &run).await;
    assert_eq!(kept.len(), 1, "{kept:?}");
    let film = owner.get(kept[0]["url"].as_str().unwrap()).await;
    assert_eq!(film.headers["content-type"], "video/mp4");
    let stream = stream_of(&film.body);
    assert_eq!(stream["codec_name"], "h264", "{stream}");
    // As large as the page, and with what happened on it.
    assert_eq!(
        (&stream["width"], &stream["height"]),
        (&json!(1280), &json!(720))
    );
    let frames: u32 = stream["nb_read_frames"].as_str().unwrap().parse().unwrap();
    assert!(frames > 2, "{stream}");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_the_film_of_a_run_that_failed_is_kept_when_that_is_wanted_and_none_when_nobody_asks()
{
    let (server, site) = (Server::with_workers(1).await, Site::start().await);
    let owner = server.owner().await;
    let good = kept(&owner, &greeting(&site.url, "hello Ada")).await;
    let bad = kept(&owner, &greeting(&site.url, "hello Grace")).await;
    let on_failure = json!({ "video": "onFailure", "timeout": 800 });
    for (recording, options, status, count) in [
        (&good, &on_failure, "passed", 0),
        (&bad, &on_failure, "failed", 1),
        (&bad, &json!({ "timeout": 800 }), "failed", 0),
        (&good, &json!({ "video": "never" }), "passed", 0),
    ] {
        let (run, _) = performed(&owner, recording, options.clone()).await;
        assert_eq!(run["status"], status, "{run}");
        assert_eq!(films(&owner, &run).await.len(), count, "{options}");
    }
    let wanted = json!({ "recordingId": good, "video": "sometimes" });
    assert_eq!(owner.post("/api/v1/runs", wanted).await.status, 400);
    server.stop().await;
}

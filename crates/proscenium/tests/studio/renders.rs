use std::process::Command;

use serde_json::json;

use crate::support::{Owner, Place};

#[test]
fn a_film_whose_worker_is_killed_is_made_by_the_next_one() {
    let place = Place::new();
    let mut server = place.start(
        "serve",
        &["--port", "0", "--workers", "0", "--renders", "0"],
    );
    let owner = Owner::of(&mut server);
    let job = json!({
        "type": "video", "code": "function draw() { background(frameCount % 255, 80, 80); }",
        "width": 320, "height": 240, "fps": 60, "frames": 900,
    });
    let render = owner.post("/renders", &job);
    let path = format!("/renders/{}", render["id"].as_str().unwrap());
    let only_renders = ["--workers", "0", "--renders", "1"];
    let mut worker = place.start("worker", &only_renders);
    owner.until(&path, |render| render["framesDone"].as_u64() > Some(0));
    worker.kill();

    let _next = place.start("worker", &only_renders);
    let render = owner.until(&path, |render| render["finishedAt"].is_string());
    assert_eq!(
        (&render["status"], &render["attempt"]),
        (&json!("done"), &json!(2)),
        "{render:#}"
    );
    assert_eq!(render["result"]["frames"], 900);
    let events = owner.get(&format!("{path}/events?kind=render.finished"));
    assert_eq!(events.as_array().unwrap().len(), 1);
}

#[test]
fn a_worker_for_redis_without_a_place_for_outputs_says_what_is_missing() {
    let place = Place::new();
    let output = Command::new(env!("CARGO_BIN_EXE_proscenium"))
        .args(["worker", "--data-dir"])
        .arg(place.data.path())
        .env("PROSCENIUM_REDIS_URL", "redis://:hunter2@127.0.0.1:1")
        .env("TMPDIR", place.temp.path())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success(), "{said}");
    assert!(
        said.contains("PROSCENIUM_STORAGE") && !said.contains("hunter2"),
        "{said}"
    );
}

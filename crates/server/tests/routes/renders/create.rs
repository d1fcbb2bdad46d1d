use axum::body::Body;
use http::Method;
use serde_json::{Value, json};

use crate::support::Server;

/// A sketch that draws the number of its frame, with a complaint on its console.
fn sketch() -> Value {
    json!({
        "type": "p5",
        "code": "function setup() { createCanvas(64, 48); console.warn('one thing'); }
                 function draw() { background(context.variables.hue, 90, 160); circle(20 + frameCount, 20, 10); }",
        "width": 64, "height": 48, "outputType": "png",
        "bucket": "art", "prefix": "user/session", "filename": "piece.png", "colour": { "kept": true },
        "context": { "hash": "0x5eed", "variables": { "hue": 200 }, "components": [] },
    })
}

#[tokio::test]
async fn a_sketch_becomes_a_picture_and_the_result_tells_everything_of_it() {
    let server = Server::with_workers(1).await;
    let owner = server.owner().await;
    let answer = owner.post("/api/v1/renders", sketch()).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let render = answer.data();
    assert_eq!(
        (&render["name"], &render["cached"]),
        (&json!("piece.png"), &json!(false))
    );
    let id = render["id"].as_str().unwrap();
    server.told(id, "render.finished").await;

    let path = format!("/api/v1/renders/{id}");
    let render = owner.get(&path).await.data();
    assert_eq!(
        (&render["status"], &render["framesDone"], &render["attempt"]),
        (&json!("done"), &json!(1), &json!(1)),
        "{render}"
    );
    assert_eq!(
        (&render["job"]["colour"], &render["job"]["bucket"]),
        (&json!({ "kept": true }), &json!("art"))
    );
    let result = &render["result"];
    assert_eq!(
        (&result["mediaType"], &result["width"], &result["height"]),
        (&json!("image/png"), &json!(64), &json!(48))
    );
    assert_eq!(
        (&result["engine"], &result["way"], &result["seed"]),
        (&json!("chromium"), &json!("begin-frame"), &json!("0x5eed"))
    );
    assert_eq!(result["console"][0]["text"], "one thing");
    assert_eq!(result["console"][0]["kind"], "warning");

    let listed = owner.get("/api/v1/renders?status=done").await.json();
    assert_eq!(listed["pagination"]["total"], 1);
    assert!(
        listed["data"][0].get("job").is_none(),
        "a list carries no code"
    );
    let stream = owner.get(&format!("{path}/events/stream")).await.text();
    let kinds: Vec<&str> = stream
        .lines()
        .filter_map(|line| line.strip_prefix("event: "))
        .collect();
    assert_eq!(
        (kinds.first(), kinds.last()),
        (Some(&"render.queued"), Some(&"render.finished"))
    );
    assert_eq!(owner.delete(&path).await.status, 200);
    assert_eq!(owner.get(&path).await.status, 404);
    server.stop().await;
}

#[tokio::test]
async fn the_same_job_again_is_answered_from_what_was_made() {
    let server = Server::with_workers(1).await;
    let owner = server.owner().await;
    let first = owner.post("/api/v1/renders", sketch()).await.data();
    server
        .told(first["id"].as_str().unwrap(), "render.finished")
        .await;

    let mut same = sketch();
    same["filename"] = json!("other.png");
    same["timeout"] = json!("20s");
    let again = owner.post("/api/v1/renders", same).await.data();
    assert_eq!(
        (&again["status"], &again["cached"], &again["name"]),
        (&json!("done"), &json!(true), &json!("other.png")),
        "{again}"
    );
    let path = format!("/api/v1/renders/{}", first["id"].as_str().unwrap());
    let first = owner.get(&path).await.data();
    assert_eq!(again["result"], first["result"]);
    let (one, other) = (
        owner.get(first["output"].as_str().unwrap()).await,
        owner.get(again["output"].as_str().unwrap()).await,
    );
    assert_eq!(one.body, other.body);

    let mut another = sketch();
    another["context"]["variables"]["hue"] = json!(10);
    let another = owner.post("/api/v1/renders", another).await.data();
    assert_eq!(
        another["status"], "queued",
        "another value, another picture"
    );
    server.stop().await;
}

#[tokio::test]
async fn a_job_that_makes_no_sense_is_refused_with_the_field_that_is_wrong() {
    let server = Server::start().await;
    let owner = server.owner().await;
    for (job, status, code, named) in [
        (json!([1]), 422, "invalid_job", "a list"),
        (json!({ "type": "p5" }), 422, "invalid_job", "code"),
        (
            json!({ "code": "x", "width": 100_000 }),
            422,
            "invalid_job",
            "width",
        ),
        (
            json!({ "code": "x", "filename": "../up.png" }),
            422,
            "invalid_job",
            "filename",
        ),
        (
            json!({ "code": "x", "output": "png-sequence" }),
            422,
            "unsupported_job",
            "folder",
        ),
        (
            json!({ "type": "url", "url": "file:///etc/passwd" }),
            422,
            "invalid_job",
            "url",
        ),
        (
            json!({ "type": "url", "url": "https://a.example/", "output": "mp4" }),
            422,
            "invalid_job",
            "proscenium film",
        ),
    ] {
        let answer = owner.post("/api/v1/renders", job.clone()).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (status, code),
            "{job}"
        );
        assert!(answer.text().contains(named), "{job}: {}", answer.text());
    }
    let broken = owner
        .send(
            Method::POST,
            "/api/v1/renders",
            Some("application/json"),
            Body::from("{"),
        )
        .await;
    assert_eq!(
        (broken.status, broken.code().as_str()),
        (400, "invalid_body")
    );
    let anonymous = server.anonymous().post("/api/v1/renders", sketch()).await;
    assert_eq!(anonymous.status, 401);
    assert_eq!(
        owner.get("/api/v1/renders").await.json()["pagination"]["total"],
        0
    );
}

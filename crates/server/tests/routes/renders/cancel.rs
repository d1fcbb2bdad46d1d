use serde_json::json;

use crate::support::Server;

#[tokio::test]
async fn a_film_is_cancelled_in_the_middle_and_leaves_nothing() {
    let server = Server::with_workers(1).await;
    let owner = server.owner().await;
    let job = json!({
        "type": "video", "code": "function draw() { background(frameCount % 255); }",
        "width": 64, "height": 64, "fps": 60, "duration": "10m",
    });
    let render = owner.post("/api/v1/renders", job).await.data();
    let id = render["id"].as_str().unwrap();
    let path = format!("/api/v1/renders/{id}");
    let progress = server.told(id, "render.progress").await;
    assert_eq!(progress["of"], 36_000);
    let early = owner.delete(&path).await;
    assert_eq!(
        (early.status, early.code().as_str()),
        (409, "render_not_finished")
    );

    owner.post(&format!("{path}/cancel"), json!({})).await;
    server.told(id, "render.finished").await;
    let render = owner.get(&path).await.data();
    assert_eq!(render["status"], "cancelled");
    assert!(render["framesDone"].as_u64().unwrap() > 0);
    let output = owner.get(&format!("{path}/output")).await;
    assert_eq!((output.status, output.code().as_str()), (409, "no_output"));
    server.stop().await;
}

#[tokio::test]
async fn a_render_that_waits_is_cancelled_at_once() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let job = json!({ "type": "js", "code": "document.body.append('x')" });
    let render = owner.post("/api/v1/renders", job).await.data();
    let path = format!("/api/v1/renders/{}", render["id"].as_str().unwrap());
    let answer = owner.post(&format!("{path}/cancel"), json!({})).await;
    assert_eq!(answer.data()["status"], "cancelled");
    let health = owner.get("/api/v1/health").await.data();
    assert_eq!(health["queue"]["queued"], 0);
}

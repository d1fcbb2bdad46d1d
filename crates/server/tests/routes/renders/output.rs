use serde_json::json;

use crate::support::Server;

#[tokio::test]
async fn a_film_is_given_whole_and_in_parts_under_its_own_name() {
    let server = Server::with_workers(1).await;
    let owner = server.owner().await;
    let job = json!({
        "type": "video", "code": "function draw() { background(20 * frameCount, 80, 80); }",
        "width": 64, "height": 64, "fps": 10, "duration": 500, "filename": "fade.mp4",
    });
    let render = owner.post("/api/v1/renders", job).await.data();
    let id = render["id"].as_str().unwrap();
    let end = server.told(id, "render.finished").await;
    assert_eq!(end["status"], "done", "{end}");
    let render = owner.get(&format!("/api/v1/renders/{id}")).await.data();
    let path = render["output"].as_str().unwrap();

    let whole = owner.get(path).await;
    assert_eq!(whole.headers["content-type"], "video/mp4");
    assert_eq!(
        whole.headers["content-disposition"],
        "inline; filename=\"fade.mp4\""
    );
    let result = &render["result"];
    assert_eq!(
        (&result["frames"], &result["durationMs"], &result["bytes"]),
        (&json!(5), &json!(500.0), &json!(whole.body.len()))
    );
    let etag = format!("\"{}\"", result["sha256"].as_str().unwrap());
    assert_eq!(whole.headers["etag"], etag.as_str());
    let part = owner.with("range", "bytes=4-7").get(path).await;
    assert_eq!((part.status, part.text().as_str()), (206, "ftyp"));
    server.stop().await;
}

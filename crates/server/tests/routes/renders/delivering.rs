use serde_json::{Value, json};

use crate::support::{Server, Shelf};

fn film() -> Value {
    json!({
        "type": "video", "code": "function draw() { background(frameCount * 20); }", "width": 32, "height": 32,
        "frames": 3, "fps": 10, "bucket": "art", "filename": "film.mp4",
    })
}

#[tokio::test]
async fn an_output_that_did_not_arrive_is_kept_and_delivered_when_asked_without_being_drawn_again()
{
    let shelf = Shelf::start().await;
    shelf.show_wrong(true);
    let server = Server::delivering(1, Some(shelf.delivery())).await;
    let owner = server.owner().await;
    let render = owner.post("/api/v1/renders", film()).await.data();
    let id = render["id"].as_str().unwrap();
    let path = format!("/api/v1/renders/{id}");
    let ended = server.told(id, "render.finished").await;
    assert_eq!(
        (&ended["status"], &ended["error"]["code"]),
        (&json!("failed"), &json!("wrong-content")),
        "{ended}"
    );
    let failed = owner.get(&path).await.data();
    assert_eq!(failed["framesDone"], 3);
    assert_eq!(failed["result"]["frames"], 3, "{failed}");
    let kept = owner.get(failed["output"].as_str().unwrap()).await;
    assert_eq!((kept.status, &kept.body[4..8]), (200, &b"ftyp"[..]));
    let storage = owner.get("/api/v1/renders/storage").await.data();
    assert_eq!(storage["renders"], 1, "retention sees it: {storage}");

    shelf.show_wrong(false);
    let asked = owner.post(&format!("{path}/deliver"), json!({})).await;
    assert_eq!(asked.status, 200, "{}", asked.text());
    assert!(asked.data()["error"].is_null(), "{}", asked.text());
    let ended = server.told_again(id, "render.finished", 2).await;
    assert_eq!(ended["status"], "done", "{ended}");
    let src = ended["delivered"]["src"].as_str().unwrap();
    assert_eq!(
        reqwest::get(src).await.unwrap().bytes().await.unwrap(),
        kept.body
    );
    let done = owner.get(&path).await.data();
    assert_eq!(done["result"], failed["result"], "it was not drawn again");
    let begun = owner
        .get(&format!("{path}/events?kind=render.started"))
        .await;
    assert_eq!(begun.data().as_array().unwrap().len(), 1);

    // What never was drawn has nothing to deliver.
    let wrong = json!({ "type": "js", "code": "missing()", "bucket": "art" });
    let wrong = owner.post("/api/v1/renders", wrong).await.data();
    let id = wrong["id"].as_str().unwrap();
    server.told(id, "render.finished").await;
    let refused = owner
        .post(&format!("/api/v1/renders/{id}/deliver"), json!({}))
        .await;
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (409, "render_not_whole")
    );
    server.stop().await;
}

#[tokio::test]
async fn a_server_without_a_public_place_delivers_no_output() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let job = json!({ "type": "js", "code": "1" });
    let render = owner.post("/api/v1/renders", job).await.data();
    let path = format!("/api/v1/renders/{}/deliver", render["id"].as_str().unwrap());
    let refused = owner.post(&path, json!({})).await;
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (409, "nowhere_to_deliver")
    );
    server.stop().await;
}

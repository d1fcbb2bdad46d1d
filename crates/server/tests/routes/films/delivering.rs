use serde_json::{Value, json};

use super::small;
use crate::support::{Server, Shelf, Site};

async fn film(server: &Server, url: &str, more: Value) -> (String, Value) {
    let mut order = small(json!({
        "name": "A tour",
        "storyboard": { "url": url, "steps": [{ "pause": 300 }] },
    }));
    let fields = order.as_object_mut().unwrap();
    fields.extend(more.as_object().unwrap().clone());
    let owner = server.owner().await;
    let film = owner.post("/api/v1/films", order).await.data();
    let id = film["id"].as_str().unwrap().to_owned();
    let ended = server.film_told(&id, "film.finished").await;
    assert_eq!(ended["status"], "done", "{ended}");
    let path = format!("/api/v1/films/{id}");
    let film = owner.get(&path).await.data();
    (path, film)
}

async fn seen(url: &Value) -> Vec<u8> {
    let seen = reqwest::get(url.as_str().unwrap()).await.unwrap();
    assert_eq!(seen.status(), http::StatusCode::OK, "{url}");
    seen.bytes().await.unwrap().to_vec()
}

#[tokio::test]
async fn a_film_and_its_pictures_are_delivered_and_a_cut_of_it_too() {
    let (shelf, site) = (Shelf::start().await, Site::start().await);
    let server = Server::delivering(1, Some(shelf.delivery())).await;
    let (path, done) = film(&server, &site.url, json!({})).await;
    let owner = server.owner().await;
    let delivered = &done["delivered"];
    assert!(delivered["error"].is_null(), "{delivered}");
    let id = path.rsplit('/').next().unwrap();
    assert_eq!(
        delivered["video"],
        format!("{}/films/{id}/A-tour.mp4", shelf.url)
    );
    for file in ["video", "poster", "sprite", "teaser"] {
        let kept = owner.get(&format!("{path}/files/{file}")).await.body;
        assert_eq!(seen(&delivered[file]).await, kept, "{file}");
    }
    // What was typed stands in it.
    assert!(delivered["storyboard"].is_null(), "{delivered}");
    let edit = json!({ "edit": { "clips": [{ "film": id }] }, "prefix": "cuts" });
    let cut = owner.post("/api/v1/films", edit).await.data();
    let ended = server
        .film_told(cut["id"].as_str().unwrap(), "film.finished")
        .await;
    let expected = format!("{}/films/cuts/A-tour.mp4", shelf.url);
    assert_eq!(ended["delivered"]["video"], expected, "{ended}");
    server.stop().await;
}

#[tokio::test]
async fn a_film_that_is_shown_wrong_says_so_is_kept_and_is_delivered_when_asked_again() {
    let (shelf, site) = (Shelf::start().await, Site::start().await);
    shelf.show_wrong(true);
    let server = Server::delivering(1, Some(shelf.delivery())).await;
    let (path, done) = film(&server, &site.url, json!({})).await;
    let error = &done["delivered"]["error"];
    assert_eq!(
        (&error["file"], &error["code"]),
        (&json!("video"), &json!("wrong-content"))
    );
    let message = error["message"].as_str().unwrap();
    assert!(
        message.contains(&shelf.url) && message.contains("SHA-256"),
        "{message}"
    );
    assert!(done["delivered"]["video"].is_null(), "{done}");
    let owner = server.owner().await;
    let kept = owner.get(&format!("{path}/files/video")).await;
    assert_eq!((kept.status, &kept.body[4..8]), (200, &b"ftyp"[..]));

    shelf.show_wrong(false);
    let asked = owner.post(&format!("{path}/deliver"), json!({})).await;
    assert_eq!(asked.status, 200, "{}", asked.text());
    let id = path.rsplit('/').next().unwrap();
    let ended = server.film_told_again(id, "film.finished", 2).await;
    assert_eq!(ended["status"], "done", "{ended}");
    assert!(ended["delivered"]["error"].is_null(), "{ended}");
    assert_eq!(seen(&ended["delivered"]["video"]).await, kept.body);
    let film = owner.get(&path).await.data();
    assert_eq!(film["result"], done["result"], "it was not filmed again");
    server.stop().await;
}

#[tokio::test]
async fn a_place_that_makes_no_sense_is_named_before_anything_is_filmed() {
    let shelf = Shelf::start().await;
    let server = Server::delivering(0, Some(shelf.delivery())).await;
    let owner = server.owner().await;
    for (field, value) in [
        ("prefix", json!("../up")),
        ("bucket", json!("..")),
        ("bucket", json!(7)),
    ] {
        let order = json!({ "url": "https://example.test/", field: value });
        let refused = owner.post("/api/v1/films", order).await;
        assert_eq!(
            (refused.status, refused.code().as_str()),
            (422, "invalid_film")
        );
        let said = format!("{field}: ");
        assert!(refused.text().contains(&said), "{}", refused.text());
    }
    server.stop().await;
}

#[tokio::test]
async fn a_server_without_a_public_place_says_that_there_is_none() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let order = json!({ "url": "https://example.test/" });
    let film = owner.post("/api/v1/films", order).await.data();
    let path = format!("/api/v1/films/{}/deliver", film["id"].as_str().unwrap());
    let refused = owner.post(&path, json!({})).await;
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (409, "nowhere_to_deliver")
    );
    server.stop().await;
}

use serde_json::json;

use super::small;
use crate::support::{Server, Site, greeting, kept};

#[tokio::test]
async fn a_storyboard_becomes_a_film_with_its_pictures_and_tells_how_far_it_is() {
    let server = Server::with_workers(1).await;
    let owner = server.owner().await;
    let site = Site::start().await;
    let order = small(json!({
        "name": "A greeting / filmed",
        "storyboard": {
            "title": "Hello",
            "url": site.url,
            "steps": [
                { "chapter": "The name" },
                { "type": "Ada", "into": "#name" },
                { "click": "#greet" },
                { "pause": 500 },
            ],
        },
    }));
    let film = owner.post("/api/v1/films", order).await;
    assert_eq!(film.status, 201, "{}", film.text());
    let film = film.data();
    assert_eq!(film["stepsTotal"], 4);
    let id = film["id"].as_str().unwrap();
    let ended = server.film_told(id, "film.finished").await;
    assert_eq!(ended["status"], "done", "{ended}");

    let path = format!("/api/v1/films/{id}");
    let film = owner.get(&path).await.data();
    let result = &film["result"];
    assert_eq!(
        (&result["width"], &result["height"]),
        (&json!(320), &json!(240))
    );
    assert_eq!(result["chapters"][0]["title"], "The name");
    assert_eq!(result["steps"].as_array().unwrap().len(), 4);
    let seconds = result["durationMs"].as_f64().unwrap() / 1000.0;
    let frames = result["frames"].as_f64().unwrap();
    assert!((frames / 24.0 - seconds).abs() < 0.05, "{result}");

    let video = owner.get(&format!("{path}/files/video")).await;
    assert_eq!(video.status, 200);
    assert_eq!(video.headers["content-type"], "video/mp4");
    assert_eq!(&video.body[4..8], b"ftyp");
    assert_eq!(video.body.len() as u64, result["bytes"].as_u64().unwrap());
    let named = video.headers["content-disposition"].to_str().unwrap();
    assert!(named.contains("A-greeting---filmed.mp4"), "{named}");
    for (file, kind) in [
        ("files/poster", "image/jpeg"),
        ("files/sprite", "image/jpeg"),
        ("files/teaser", "image/gif"),
        ("preview", "image/jpeg"),
    ] {
        let file = owner.get(&format!("{path}/{file}")).await;
        assert_eq!(
            (file.status, &file.headers["content-type"]),
            (200, &kind.parse().unwrap())
        );
    }
    let storyboard = owner.get(&format!("{path}/files/storyboard")).await.text();
    assert!(storyboard.contains("into"), "{storyboard}");

    let events = owner.get(&format!("{path}/events")).await.data();
    let kinds: Vec<&str> = events
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds[..2], ["film.queued", "film.started"]);
    for kind in ["film.step", "film.preview", "film.finishing"] {
        assert!(kinds.contains(&kind), "{kind}: {kinds:?}");
    }
    assert_eq!(kinds.last(), Some(&"film.finished"));
    assert_eq!(result["way"], "screencast");

    let again = owner
        .post(&format!("{path}/again"), json!({ "perfect": true }))
        .await
        .data();
    let ended = server
        .film_told(again["id"].as_str().unwrap(), "film.finished")
        .await;
    let result = &ended["result"];
    assert_eq!(
        (&result["way"], &result["dropped"]),
        (&json!("begin-frame"), &json!(0)),
        "{ended}"
    );
    server.stop().await;
}

#[tokio::test]
async fn a_step_that_cannot_be_done_fails_the_film_by_its_number_and_what_led_to_it_is_kept() {
    let server = Server::with_workers(1).await;
    let owner = server.owner().await;
    let site = Site::start().await;
    let order = small(json!({
        "storyboard": { "url": site.url, "steps": [{ "pause": 50 }, { "click": "#nowhere" }] },
    }));
    let film = owner.post("/api/v1/films", order).await.data();
    let id = film["id"].as_str().unwrap();
    server.film_told(id, "film.finished").await;
    let film = owner.get(&format!("/api/v1/films/{id}")).await.data();
    assert_eq!(film["status"], "failed");
    assert_eq!(
        (&film["error"]["code"], &film["error"]["step"]),
        (&json!("step-failed"), &json!(2))
    );
    assert_eq!(film["error"]["ofTheScript"], true);
    assert!(film["files"]["storyboard"].is_string(), "{film}");
    assert!(film["result"].is_null(), "{film}");
    let video = owner.get(&format!("/api/v1/films/{id}/files/video")).await;
    assert_eq!((video.status, &video.body[4..8]), (200, &b"ftyp"[..]));
    server.stop().await;
}

#[tokio::test]
async fn an_address_that_may_not_be_reached_is_not_filmed_and_the_door_says_why() {
    let server = Server::with_workers(1).await;
    let owner = server.owner().await;
    // The tests' policy lets pages reach 127.0.0.1 and nothing else of this machine.
    let order = small(
        json!({ "storyboard": { "url": "http://127.0.0.2:8089/", "steps": [{ "pause": 50 }] } }),
    );
    let film = owner.post("/api/v1/films", order).await.data();
    let id = film["id"].as_str().unwrap();
    let ended = server.film_told(id, "film.finished").await;
    assert_eq!(ended["status"], "failed");
    let message = ended["error"]["message"].as_str().unwrap();
    assert!(message.contains("--allow-host 127.0.0.2"), "{message}");
    server.stop().await;
}

#[tokio::test]
async fn a_film_is_cancelled_in_the_middle_and_leaves_nothing() {
    let server = Server::with_workers(1).await;
    let owner = server.owner().await;
    let site = Site::start().await;
    let order = small(json!({ "storyboard": { "url": site.url, "steps": [{ "pause": "5m" }] } }));
    let film = owner.post("/api/v1/films", order).await.data();
    let id = film["id"].as_str().unwrap();
    server.film_told(id, "film.preview").await;
    let path = format!("/api/v1/films/{id}");
    let preview = owner.get(&format!("{path}/preview")).await;
    assert_eq!(&preview.body[..2], [0xff, 0xd8]);
    owner.post(&format!("{path}/cancel"), json!({})).await;
    let ended = server.film_told(id, "film.finished").await;
    assert_eq!(ended["status"], "cancelled");
    assert_eq!(owner.get(&format!("{path}/preview")).await.status, 409);
    server.stop().await;
}

#[tokio::test]
async fn a_film_is_cut_and_joined_with_another_one_and_its_chapters_go_with_it() {
    let server = Server::with_workers(1).await;
    let owner = server.owner().await;
    let site = Site::start().await;
    let order = small(json!({
        "storyboard": { "url": site.url, "steps": [
            { "chapter": "Before" }, { "pause": 900 }, { "chapter": "After" }, { "pause": 900 },
        ] },
    }));
    let film = owner.post("/api/v1/films", order).await.data();
    let id = film["id"].as_str().unwrap();
    let first = server.film_told(id, "film.finished").await["result"].clone();
    let edit = json!({ "edit": {
        "title": "Shorter",
        "clips": [
            { "film": id, "chapter": "After" },
            { "film": id, "to": 500, "transition": { "kind": "wipe", "duration": 200 } },
        ],
        "overlays": [{ "text": "<b>New</b>", "place": "top-left", "to": 400 }],
    } });
    let asked = owner.post("/api/v1/films", edit).await;
    assert_eq!(asked.status, 201, "{}", asked.text());
    let asked = asked.data();
    assert_eq!(
        (&asked["name"], &asked["stepsTotal"]),
        (&json!("Shorter"), &json!(2))
    );
    assert_eq!(asked["setup"]["width"], 320);
    let edited = asked["id"].as_str().unwrap();
    let ended = server.film_told(edited, "film.finished").await;
    assert_eq!(ended["status"], "done", "{ended}");
    let result = &ended["result"];
    assert_eq!(result["way"], "edit");
    let after = first["chapters"][1]["startMs"].as_f64().unwrap();
    let expected = first["durationMs"].as_f64().unwrap() - after + 500.0 - 200.0;
    let found = result["durationMs"].as_f64().unwrap();
    assert!(
        (found - expected).abs() < 90.0,
        "{found} in place of {expected}"
    );
    assert_eq!(result["chapters"][0]["title"], "After");
    let path = format!("/api/v1/films/{edited}");
    let kept = owner.get(&path).await.data();
    assert_eq!(kept["order"]["edit"]["overlays"][0]["text"], "<b>New</b>");
    let video = owner.get(&format!("{path}/files/video")).await;
    assert_eq!((&video.body[4..8], video.status), (&b"ftyp"[..], 200));
    assert_eq!(owner.get(&format!("{path}/files/poster")).await.status, 200);

    // It can be made again otherwise, and not of films that are gone.
    let again = owner
        .post(&format!("{path}/again"), json!({ "format": "webm" }))
        .await
        .data();
    let ended = server
        .film_told(again["id"].as_str().unwrap(), "film.finished")
        .await;
    assert_eq!(ended["result"]["codec"], "vp9", "{ended}");
    owner.delete(&format!("/api/v1/films/{id}")).await;
    let gone = owner.post(&format!("{path}/again"), json!({})).await;
    assert_eq!(gone.status, 422, "{}", gone.text());
    server.stop().await;
}

#[tokio::test]
async fn a_recording_is_performed_by_the_player_with_its_checks() {
    let server = Server::with_workers(1).await;
    let owner = server.owner().await;
    let site = Site::start().await;
    let id = kept(&owner, &greeting(&site.url, "hello Ada")).await;
    let order = small(json!({ "recordingId": id, "captions": true }));
    let film = owner.post("/api/v1/films", order).await;
    assert_eq!(film.status, 201, "{}", film.text());
    let film = film.data();
    assert_eq!(film["stepsTotal"], 3);
    let id = film["id"].as_str().unwrap();
    let ended = server.film_told(id, "film.finished").await;
    assert_eq!(ended["status"], "done", "{ended}");
    let path = format!("/api/v1/films/{id}");
    let film = owner.get(&path).await.data();
    let steps = film["result"]["steps"].as_array().unwrap();
    assert_eq!(steps.len(), 3, "{film}");
    assert!(steps[2]["what"].as_str().unwrap().contains("hello Ada"));
    // What was done can be changed by hand, also where the player did it.
    let storyboard = owner.get(&format!("{path}/files/storyboard")).await;
    assert!(storyboard.text().contains("greet"), "{}", storyboard.text());
    server.stop().await;
}

//! The screen recorder's eight endpoints, asked as its clients ask.

use serde_json::{Value, json};

use crate::support::{Server, Site};

/// What the documents show runs.
const EXAMPLE: &str = include_str!("../../../../../examples/screen-recording.film.json");

const ROOT: &str = "/api/v1/screen-recordings";

#[tokio::test]
async fn a_recording_is_asked_for_watched_downloaded_made_again_and_deleted() {
    let server = Server::with_workers(1).await;
    let owner = server.owner().await;
    let site = Site::start().await;
    let mut body: Value = serde_json::from_str(EXAMPLE).unwrap();
    body["url"] = format!("{}landing.html", site.url).into();
    // A pixel for each of the page is filmed sooner.
    body["recording_config"]["resolution"] = "640x360".into();
    let accepted = owner.post(&format!("{ROOT}/record"), body).await;
    assert_eq!(accepted.status, 202, "{}", accepted.text());
    let recording = accepted.json();
    let id = recording["id"].as_str().unwrap().to_owned();
    assert_eq!(recording["demo_site_id"], 1);
    assert_eq!(recording["resolution"], "640x360");
    assert_eq!(recording["frame_rate"], 24.0);
    server.film_told(&id, "film.finished").await;

    let detail = owner.get(&format!("{ROOT}/{id}")).await.json();
    assert_eq!(detail["status"], "completed", "{detail}");
    assert!(detail["duration_seconds"].as_f64().unwrap() > 0.0);
    assert_eq!(detail["progress"], json!(null));
    let film = owner.get(detail["video_file_path"].as_str().unwrap()).await;
    assert_eq!(
        film.body.len() as u64,
        detail["file_size_bytes"].as_u64().unwrap()
    );
    let saved = film.headers["content-disposition"].to_str().unwrap();
    assert!(saved.starts_with("attachment"), "{saved}");
    let metrics = owner.get("/api/v1/metrics").await.text();
    for line in [
        r#"proscenium_film_pictures_per_second_count{way="screencast"} 1"#,
        r#"proscenium_film_pictures_per_second_bucket{way="screencast",le="60"}"#,
        r#"proscenium_film_pictures_total{what="dropped"}"#,
    ] {
        assert!(metrics.contains(line), "{line}: {metrics}");
    }
    let poster = owner.get(&format!("{ROOT}/{id}/preview")).await;
    assert_eq!(&poster.body[..2], [0xff, 0xd8]);

    for path in [
        "",
        "/",
        "/demo/1",
        "/?status=completed&lead_id=7&page=1&page_size=5",
    ] {
        let list = owner.get(&format!("{ROOT}{path}")).await.json();
        assert_eq!(
            (&list["total"], &list["recordings"][0]["id"]),
            (&json!(1), &json!(id)),
            "{path}"
        );
    }
    assert_eq!(
        owner.get(&format!("{ROOT}/demo/2")).await.json()["total"],
        0
    );

    let change = json!({ "recording_config": { "resolution": "1280x720" } });
    let again = owner.post(&format!("{ROOT}/{id}/regenerate"), change).await;
    assert_eq!(again.status, 202, "{}", again.text());
    let again = again.json();
    assert_eq!(again["resolution"], "1280x720");
    let other = again["id"].as_str().unwrap();
    assert_ne!(other, id);
    server.film_told(other, "film.started").await;
    let under_way = owner.get(&format!("{ROOT}/{other}")).await.json();
    let progress = &under_way["progress"];
    assert_eq!(progress["steps_total"], 3, "{under_way}");
    assert!(progress["percent"].is_number(), "{under_way}");

    for id in [&*id, other] {
        let deleted = owner.delete(&format!("{ROOT}/{id}")).await;
        assert_eq!(deleted.status, 200, "{}", deleted.text());
        assert!(deleted.json()["message"].as_str().unwrap().contains(id));
        assert_eq!(owner.get(&format!("{ROOT}/{id}")).await.status, 404);
    }
    // Brought back, it says that it was cancelled.
    server.film_told(other, "film.finished").await;
    let film = format!("/api/v1/films/{other}");
    owner.post(&format!("{film}/restore"), json!({})).await;
    assert_eq!(owner.get(&film).await.data()["status"], "cancelled");
    server.stop().await;
}

#[tokio::test]
async fn every_setting_means_something_and_those_that_are_not_sent_again_stay() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let body: Value = serde_json::from_str(EXAMPLE).unwrap();
    let film = async |recording: &Value| {
        let id = recording["id"].as_str().unwrap();
        owner.get(&format!("/api/v1/films/{id}")).await.data()
    };
    let asked = owner.post(&format!("{ROOT}/record"), body).await.json();
    assert_eq!(asked["progress"]["percent"], 0.0, "{asked}");
    let first = film(&asked).await;
    let setup = json!({ "preset": "custom", "width": 1280, "height": 720, "scale": 2, "fps": 24.0, "kbps": 1500, "format": "mp4" });
    assert_eq!(first["setup"], setup);
    let order = &first["order"];
    let look =
        json!({ "pointer": true, "ripples": true, "highlightColor": "#ff0000", "frame": "none" });
    let pace = json!({ "scrollSpeed": 2000, "between": 100 });
    assert_eq!((&order["look"], &order["pace"]), (&look, &pace));
    assert_eq!(order["storyboard"]["highlight_clicks"], true);

    let change = json!({ "recording_config": {
        "highlight_clicks": false, "transition_duration_ms": 250, "video_format": null, "video_codec": "vp9",
        "viewport_width": 320, "viewport_height": 180,
    } });
    let path = format!("{ROOT}/{}/regenerate", asked["id"].as_str().unwrap());
    let again = owner.post(&path, change).await;
    assert_eq!(again.status, 202, "{}", again.text());
    let second = film(&again.json()).await;
    assert_eq!(second["againOf"], first["id"]);
    assert_eq!(
        (&second["setup"]["scale"], &second["setup"]["format"]),
        (&json!(4), &json!("webm"))
    );
    let order = &second["order"];
    let look =
        json!({ "pointer": true, "ripples": false, "highlightColor": "#ff0000", "frame": "none" });
    let pace = json!({ "scrollSpeed": 2000, "between": 250 });
    assert_eq!((&order["look"], &order["pace"]), (&look, &pace));
    assert_eq!(order["storyboard"]["highlight_clicks"], false);
    assert_eq!(
        order["storyboard"]["interactions"]
            .as_array()
            .unwrap()
            .len(),
        3
    );

    // What is changed by the other door stays, and what is null goes back to what is usual.
    let id = second["id"].as_str().unwrap();
    let dressed = json!({ "look": { "pointer": "dot", "frame": "none", "ripples": false } });
    let dressed = owner
        .post(&format!("/api/v1/films/{id}/again"), dressed)
        .await;
    let id = dressed.data()["id"].as_str().unwrap().to_owned();
    let change = json!({ "recording_config": {
        "viewport_width": null, "viewport_height": null, "highlight_clicks": null,
    } });
    let again = owner.post(&format!("{ROOT}/{id}/regenerate"), change).await;
    let usual = film(&again.json()).await;
    assert_eq!(usual["order"]["look"], json!({ "pointer": "dot" }));
    let setup = &usual["setup"];
    assert_eq!(
        (&setup["width"], &setup["scale"]),
        (&json!(1280), &json!(1))
    );
    assert_eq!(usual["order"]["storyboard"].get("highlight_clicks"), None);
    assert_eq!(usual["order"]["pace"], pace);

    // A film that was asked for elsewhere keeps its look too.
    let ours = json!({ "url": "https://example.test/", "preset": "low", "look": { "frame": "card", "zoom": false } });
    let ours = owner.post("/api/v1/films", ours).await.data();
    let path = format!("{ROOT}/{}/regenerate", ours["id"].as_str().unwrap());
    let change = json!({ "recording_config": { "highlight_color": "#00ff00" } });
    let again = owner.post(&path, change).await.json();
    let third = film(&again).await;
    let look = json!({ "frame": "card", "zoom": false, "highlightColor": "#00ff00" });
    assert_eq!(third["order"]["look"], look);
    assert_eq!(third["setup"]["preset"], "low");
    server.stop().await;
}

#[tokio::test]
async fn what_makes_no_sense_is_answered_with_400_and_a_film_that_waits_is_no_download() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let record = format!("{ROOT}/record");
    let with = |more: Value| {
        let mut body = json!({ "url": "https://example.test/" });
        body.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        body
    };
    for (body, said) in [
        (json!({ "demo_site_id": 1 }), "no URL"),
        (
            with(json!({ "recording_config": { "resolution": "big" } })),
            "resolution",
        ),
        (
            with(json!({ "recording_config": { "quality": "best" } })),
            "preset",
        ),
        (with(json!({ "recording_config": 7 })), "recording_config"),
        (
            with(json!({ "auto_generate_interactions": false })),
            "nothing to film",
        ),
        (
            with(json!({ "interactions": [{ "type": "jump" }] })),
            "jump",
        ),
        (
            with(json!({ "recording_config": { "highlight_color": "red" } })),
            "look.highlightColor",
        ),
        (
            with(json!({ "recording_config": { "viewport_width": 800 } })),
            "viewport_height",
        ),
        (
            with(
                json!({ "recording_config": { "resolution": "1280x720", "viewport_width": 800, "viewport_height": 450 } }),
            ),
            "does not fill a film of 1280 × 720",
        ),
        (
            with(json!({ "recording_config": { "video_codec": "av2" } })),
            "video_codec",
        ),
        (
            with(json!({ "recording_config": { "video_codec": "h264", "video_format": "webm" } })),
            "goes into mp4",
        ),
        (
            with(json!({ "recording_config": { "video_format": "avi" } })),
            "avi",
        ),
        (
            with(json!({ "recording_config": { "scroll_speed": 0 } })),
            "pace.scrollSpeed",
        ),
        (
            with(json!({ "recording_config": { "transition_duration_ms": "slow" } })),
            "pace.between",
        ),
        (
            with(json!({ "interactions": [{ "type": "click", "x": 5 }] })),
            "a place has y",
        ),
        (
            with(json!({ "duration_seconds": "long" })),
            "duration_seconds",
        ),
    ] {
        let answer = owner.post(&record, body.clone()).await;
        assert_eq!(answer.status, 400, "{body}: {}", answer.text());
        assert!(answer.text().contains(said), "{body}: {}", answer.text());
    }
    let tour = owner
        .post(&record, with(json!({ "lead_id": "anna" })))
        .await
        .json();
    assert_eq!(
        (&tour["status"], &tour["lead_id"]),
        (&json!("pending"), &json!("anna"))
    );
    let id = tour["id"].as_str().unwrap();
    let early = owner.get(&format!("{ROOT}/{id}/download")).await;
    assert_eq!(
        (early.status, early.code().as_str()),
        (400, "not_completed")
    );
    assert_eq!(owner.get(&format!("{ROOT}/?status=odd")).await.status, 422);
    server.stop().await;
}

//! The screen recorder's eight endpoints, asked as its clients ask.

use serde_json::{Value, json};

use crate::support::{Server, Site};

const ROOT: &str = "/api/v1/screen-recordings";

#[tokio::test]
async fn a_recording_is_asked_for_watched_downloaded_made_again_and_deleted() {
    let server = Server::with_workers(1).await;
    let owner = server.owner().await;
    let site = Site::start().await;
    let body = json!({
        "url": site.url, "demo_site_id": 1, "lead_id": 7,
        "recording_config": { "resolution": "320x240", "frame_rate": 24, "quality": "low", "highlight_clicks": true },
        "interactions": [
            { "type": "type", "selector": "#name", "text": "Ada", "duration_ms": 200 },
            { "type": "click", "selector": "#greet" },
        ],
        "auto_generate_interactions": false,
    });
    let accepted = owner.post(&format!("{ROOT}/record"), body).await;
    assert_eq!(accepted.status, 202, "{}", accepted.text());
    let recording = accepted.json();
    let id = recording["id"].as_str().unwrap().to_owned();
    assert_eq!(recording["demo_site_id"], 1);
    assert_eq!(recording["resolution"], "320x240");
    assert_eq!(recording["frame_rate"], 24.0);
    server.film_told(&id, "film.finished").await;

    let detail = owner.get(&format!("{ROOT}/{id}")).await.json();
    assert_eq!(detail["status"], "completed", "{detail}");
    assert!(detail["duration_seconds"].as_f64().unwrap() > 0.0);
    let film = owner.get(detail["video_file_path"].as_str().unwrap()).await;
    assert_eq!(
        film.body.len() as u64,
        detail["file_size_bytes"].as_u64().unwrap()
    );
    let saved = film.headers["content-disposition"].to_str().unwrap();
    assert!(saved.starts_with("attachment"), "{saved}");
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

    let change = json!({ "recording_config": { "resolution": "160x160" } });
    let again = owner.post(&format!("{ROOT}/{id}/regenerate"), change).await;
    assert_eq!(again.status, 202, "{}", again.text());
    assert_eq!(again.json()["resolution"], "160x160");
    assert_ne!(again.json()["id"], json!(id));

    let deleted = owner.delete(&format!("{ROOT}/{id}")).await.json();
    assert!(deleted["message"].as_str().unwrap().contains(&id));
    assert_eq!(owner.get(&format!("{ROOT}/{id}")).await.status, 404);
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

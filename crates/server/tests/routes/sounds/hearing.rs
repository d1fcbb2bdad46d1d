use serde_json::{Value, json};

use super::{SOUNDS, send, tone};
use crate::films::small;
use crate::support::{Owner, Server, Site};

async fn sent(owner: &Owner, name: &str, seconds: f64) -> String {
    let sound = send(owner, name, &tone(seconds)).await.data();
    sound["id"].as_str().unwrap().to_owned()
}

async fn made(server: &Server, owner: &Owner, order: Value) -> (String, Value) {
    let film = owner.post("/api/v1/films", order).await;
    assert_eq!(film.status, 201, "{}", film.text());
    let id = film.data()["id"].as_str().unwrap().to_owned();
    let ended = server.film_told(&id, "film.finished").await;
    assert_eq!(ended["status"], "done", "{ended}");
    (id, ended["result"].clone())
}

#[tokio::test]
async fn a_film_has_a_voice_and_music_that_were_sent_and_a_cut_has_them_too() {
    let (server, site) = (Server::with_workers(1).await, Site::start().await);
    let owner = server.owner().await;
    let voice = sent(&owner, "voice.wav", 2.5).await;
    let music = sent(&owner, "music.wav", 0.7).await;
    let order = small(json!({
        "storyboard": { "url": site.url, "steps": [{ "pause": 200 }] },
        "sound": { "voice": voice, "music": music, "musicVolume": 0.2 },
    }));
    let (id, result) = made(&server, &owner, order).await;
    assert_eq!(result["sound"], "aac");
    let lasts = result["durationMs"].as_f64().unwrap();
    assert!(lasts >= 2499.0, "as long as its voice: {lasts}");
    // What is kept to be changed names the sounds and no file of a worker.
    let path = format!("/api/v1/films/{id}");
    let storyboard = owner.get(&format!("{path}/files/storyboard")).await.text();
    assert!(storyboard.contains(&voice), "{storyboard}");
    assert!(!storyboard.contains("/tmp"), "{storyboard}");

    let silent = small(json!({ "storyboard": { "url": site.url, "steps": [{ "pause": 900 }] } }));
    let (silent, result) = made(&server, &owner, silent).await;
    assert!(result["sound"].is_null(), "{result}");
    let cut = json!({ "edit": {
        "clips": [{ "film": silent }], "sound": { "music": music },
    } });
    let (_, result) = made(&server, &owner, cut).await;
    assert_eq!(result["sound"], "aac");
    let cut = json!({ "edit": {
        "clips": [{ "film": silent }], "sound": { "music": "music.wav" },
    } });
    let refused = owner.post("/api/v1/films", cut).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("edit.sound.music: "),
        "{}",
        refused.text()
    );
    server.stop().await;
}

#[tokio::test]
async fn what_a_page_plays_is_asked_for_by_the_order_and_its_silence_is_told() {
    let (server, site) = (Server::with_workers(1).await, Site::start().await);
    let owner = server.owner().await;
    let mut order = small(json!({
        "storyboard": { "url": site.url, "steps": [{ "pause": 300 }] },
        "sound": { "page": true },
    }));
    order["perfect"] = json!(false);
    let (film, result) = made(&server, &owner, order.clone()).await;
    assert_eq!(result["sound"], "aac");
    let warnings = result["warnings"].as_array().unwrap();
    assert!(warnings.contains(&json!("silent")), "{result}");

    order["perfect"] = json!(true);
    let edit = json!({ "edit": { "clips": [{ "film": film }] }, "sound": { "page": true } });
    for order in [order, edit] {
        let refused = owner.post("/api/v1/films", order).await;
        assert_eq!(refused.status, 422, "{}", refused.text());
        assert!(
            refused.text().contains("sound.page: "),
            "{}",
            refused.text()
        );
    }
    server.stop().await;
}

#[tokio::test]
async fn a_sound_that_is_not_there_or_makes_no_sense_names_its_field() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let id = sent(&owner, "a.wav", 0.2).await;
    let gone = sent(&owner, "b.wav", 0.2).await;
    owner.delete(&format!("{SOUNDS}/{gone}")).await;
    for (sound, said) in [
        (json!({ "voice": "/etc/passwd" }), "sound.voice: "),
        (json!({ "music": gone }), "sound.music: "),
        (
            json!({ "music": id, "musicVolume": 7 }),
            "sound.musicVolume: ",
        ),
        (json!({ "muzak": id }), "muzak"),
        (json!(7), "sound: "),
    ] {
        let tour = json!({ "url": "https://example.test/", "sound": sound });
        let refused = owner.post("/api/v1/films", tour).await;
        assert_eq!(refused.status, 422, "{sound}: {}", refused.text());
        assert!(refused.text().contains(said), "{sound}: {}", refused.text());
    }
    let script = json!({ "storyboard": {
        "url": "https://example.test/", "steps": [], "sound": { "voice": "narration.mp3" },
    } });
    let refused = owner.post("/api/v1/films", script).await;
    assert!(
        refused.text().contains("storyboard.sound.voice: "),
        "{}",
        refused.text()
    );
    server.stop().await;
}

#[tokio::test]
async fn a_sound_that_goes_before_its_film_is_made_fails_the_film_by_name() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let id = sent(&owner, "a.wav", 0.2).await;
    let tour = json!({ "url": "https://example.test/", "sound": { "music": id } });
    let film = owner.post("/api/v1/films", tour).await.data();
    owner.delete(&format!("{SOUNDS}/{id}")).await;
    let film_id = film["id"].as_str().unwrap();
    let _worker = server.film_worker();
    let ended = server.film_told(film_id, "film.finished").await;
    assert_eq!(
        (&ended["status"], &ended["error"]["code"]),
        (&json!("failed"), &json!("sound-missing")),
        "{ended}"
    );
    server.stop().await;
}

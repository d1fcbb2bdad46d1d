use std::time::Duration;

use serde_json::{Value, json};
use store::Time;
use work::{Keep, Rule};

use super::small;
use crate::support::{Server, Site};

const DAY: Duration = Duration::from_secs(24 * 3600);

#[tokio::test]
async fn a_film_says_when_it_goes_stays_when_it_is_pinned_and_says_that_it_went() {
    let films = Rule {
        stay: Some(DAY * 30),
        room: Some(1 << 30),
    };
    let keep = Keep {
        films,
        ..Keep::default()
    };
    let (server, site) = (Server::keeping(1, keep).await, Site::start().await);
    let owner = server.owner().await;
    let order = small(json!({ "storyboard": { "url": site.url, "steps": [{ "pause": 300 }] } }));
    let film = owner.post("/api/v1/films", order).await.data();
    let id = film["id"].as_str().unwrap();
    let ended = server.film_told(id, "film.finished").await;
    assert_eq!(ended["status"], "done", "{ended}");
    let path = format!("/api/v1/films/{id}");
    let film = owner.get(&path).await.data();
    let time = |value: &Value| value.as_str().unwrap().parse::<Time>().unwrap();
    let kept = time(&film["expiresAt"]).since(time(&film["finishedAt"]));
    assert_eq!(kept, DAY * 30);
    let storage = owner.get("/api/v1/films/storage").await.data();
    assert_eq!(storage["films"], 1);
    assert_eq!(
        (&storage["keptMs"], &storage["mostBytes"]),
        (&json!(30_u64 * 86_400_000), &json!(1 << 30))
    );
    let bytes = storage["bytes"].as_u64().unwrap();
    assert!(
        bytes > film["result"]["bytes"].as_u64().unwrap(),
        "{storage}"
    );

    let late = Time::now().plus(DAY * 31);
    let pinned = owner.patch(&path, json!({ "pinned": true })).await.data();
    assert!(pinned["expiresAt"].is_null(), "{pinned}");
    assert_eq!(keep.enforce(&server.store, late).await.unwrap().films, 0);
    assert_eq!(owner.get(&format!("{path}/files/video")).await.status, 200);

    owner.patch(&path, json!({ "pinned": false })).await.data();
    assert_eq!(keep.enforce(&server.store, late).await.unwrap().films, 1);
    let gone = owner.get(&path).await.data();
    assert_eq!(gone["expired"]["why"], "age");
    assert!(gone["files"]["video"].is_null(), "{gone}");
    assert_eq!(gone["result"], film["result"]);
    for file in ["files/video", "files/poster", "preview"] {
        let answer = owner.get(&format!("{path}/{file}")).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (410, "film_expired"),
            "{file}"
        );
        assert!(answer.text().contains("kept so long"), "{}", answer.text());
    }
    let storyboard = owner.get(&format!("{path}/files/storyboard")).await;
    assert_eq!(storyboard.status, 200);
    let storage = owner.get("/api/v1/films/storage").await.data();
    assert_eq!(storage["bytes"], 0);
    let metrics = owner.get("/api/v1/metrics").await.text();
    assert!(
        metrics.contains("proscenium_films_expired_total{why=\"age\"}"),
        "{metrics}"
    );

    // It is not cut any more, and can be made again.
    let cut = json!({ "edit": { "clips": [{ "film": id }] } });
    let refused = owner.post("/api/v1/films", cut).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(refused.text().contains("expired at"), "{}", refused.text());
    let again = owner.post(&format!("{path}/again"), json!({})).await;
    assert_eq!(again.status, 201, "{}", again.text());
    server.stop().await;
}

#[tokio::test]
async fn only_the_owner_pins_films_and_sees_what_they_take() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let film = owner
        .post("/api/v1/films", json!({ "url": "https://example.test/" }))
        .await
        .data();
    let path = format!("/api/v1/films/{}", film["id"].as_str().unwrap());
    let nobody = server.anonymous();
    let change = json!({ "pinned": true });
    assert_eq!(nobody.patch(&path, change).await.status, 401);
    assert_eq!(nobody.get("/api/v1/films/storage").await.status, 401);
    let misspelt = owner.patch(&path, json!({ "pined": true })).await;
    assert!(
        (400..=422).contains(&misspelt.status),
        "{}",
        misspelt.text()
    );
    let storage = owner.get("/api/v1/films/storage").await.data();
    assert!(storage["keptMs"].is_null(), "{storage}");
    server.stop().await;
}

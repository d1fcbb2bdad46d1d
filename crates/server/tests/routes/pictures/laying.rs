use image::ImageFormat::Png;
use serde_json::{Value, json};

use super::{PICTURES, magenta, send};
use crate::films::small;
use crate::support::{Owner, Server, Site};

const FILMS: &str = "/api/v1/films";

async fn sent(owner: &Owner) -> String {
    let picture = send(owner, "logo.png", &magenta(Png, (40, 20))).await;
    picture.data()["id"].as_str().unwrap().to_owned()
}

/// A film of a page that is white at its edges, 320 × 240.
async fn filmed(server: &Server, owner: &Owner, site: &Site) -> String {
    let order = small(json!({ "storyboard": { "url": site.url, "steps": [{ "pause": 900 }] } }));
    let id = asked(owner, order).await;
    let ended = server.film_told(&id, "film.finished").await;
    assert_eq!(ended["status"], "done", "{ended}");
    id
}

async fn asked(owner: &Owner, order: Value) -> String {
    let film = owner.post(FILMS, order).await;
    assert_eq!(film.status, 201, "{}", film.text());
    film.data()["id"].as_str().unwrap().to_owned()
}

/// Whether the film's poster, which is one of its frames, is magenta at this place.
async fn is_magenta(owner: &Owner, film: &str, (x, y): (u32, u32)) -> bool {
    let poster = owner.get(&format!("{FILMS}/{film}/files/poster")).await;
    let poster = image::load_from_memory(&poster.body).unwrap().into_rgb8();
    let (x, y) = (x * poster.width() / 320, y * poster.height() / 240);
    let [red, green, blue] = poster.get_pixel(x, y).0;
    red > 200 && green < 80 && blue > 200
}

#[tokio::test]
async fn a_picture_is_seen_in_the_film_where_it_should_be_and_stays_when_it_is_deleted() {
    let (server, site) = (Server::with_workers(1).await, Site::start().await);
    let owner = server.owner().await;
    let (picture, film) = (sent(&owner).await, filmed(&server, &owner, &site).await);
    let laid = |picture: &str| {
        json!({ "edit": { "clips": [{ "film": film }], "overlays": [
            { "picture": picture, "place": "top-left" },
            { "picture": picture, "place": "bottom-right", "width": 80 },
        ] } })
    };
    let cut = asked(&owner, laid(&picture)).await;
    let ended = server.film_told(&cut, "film.finished").await;
    assert_eq!(ended["status"], "done", "{ended}");
    // A twentieth of the height away from the edges: twelve pixels.
    for (at, is_laid) in [
        ((32, 22), true),
        ((268, 208), true),
        ((160, 22), false),
        ((200, 208), false),
        ((32, 208), false),
    ] {
        assert_eq!(is_magenta(&owner, &cut, at).await, is_laid, "{at:?}");
    }

    owner.delete(&format!("{PICTURES}/{picture}")).await;
    assert!(is_magenta(&owner, &cut, (32, 22)).await);
    let path = format!("{FILMS}/{cut}/again");
    let gone = owner.post(&path, json!({})).await;
    assert_eq!((gone.status, gone.code().as_str()), (422, "invalid_film"));
    owner
        .post(&format!("{PICTURES}/{picture}/restore"), json!({}))
        .await;
    let again = owner.post(&path, json!({})).await;
    assert_eq!(again.status, 201, "{}", again.text());
    let again = again.data()["id"].as_str().unwrap().to_owned();
    server.film_told(&again, "film.finished").await;
    assert!(is_magenta(&owner, &again, (32, 22)).await);
    server.stop().await;
}

#[tokio::test]
async fn an_overlay_that_cannot_be_laid_names_its_field_when_it_is_ordered() {
    let (server, site) = (Server::with_workers(1).await, Site::start().await);
    let owner = server.owner().await;
    let (picture, gone) = (sent(&owner).await, sent(&owner).await);
    owner.delete(&format!("{PICTURES}/{gone}")).await;
    let film = filmed(&server, &owner, &site).await;
    for (overlay, said) in [
        (
            json!({ "picture": "/etc/passwd" }),
            "edit.overlays[1].picture: ",
        ),
        (json!({ "picture": gone }), "/api/v1/pictures"),
        (
            json!({ "picture": picture, "size": 40 }),
            "edit.overlays[1].size: ",
        ),
        (
            json!({ "picture": picture, "from": "9m" }),
            "edit.overlays[1].from: the new film ends after ",
        ),
        (
            json!({ "picture": picture, "width": 4000 }),
            "edit.overlays[1].width: it would take 4000 × ",
        ),
        (
            json!({ "text": "late", "from": "9m" }),
            "edit.overlays[1].from: the new film ends after ",
        ),
    ] {
        let order = json!({ "edit": {
            "clips": [{ "film": film, "dull": 8 }], "overlays": [{ "text": "a" }, overlay],
        } });
        let refused = owner.post(FILMS, order).await;
        assert_eq!(
            (refused.status, refused.code().as_str()),
            (422, "invalid_film"),
            "{overlay}: {}",
            refused.text()
        );
        assert!(
            refused.text().contains(said),
            "{overlay}: {}",
            refused.text()
        );
    }
    server.stop().await;
}

#[tokio::test]
async fn a_picture_that_goes_before_its_film_is_made_fails_the_film_by_name() {
    let (server, site) = (Server::with_workers(1).await, Site::start().await);
    let owner = server.owner().await;
    let (picture, film) = (sent(&owner).await, filmed(&server, &owner, &site).await);
    // The one worker has something to do meanwhile.
    let long = small(json!({ "storyboard": { "url": site.url, "steps": [{ "pause": "5m" }] } }));
    let long = asked(&owner, long).await;
    let order =
        json!({ "edit": { "clips": [{ "film": film }], "overlays": [{ "picture": picture }] } });
    let cut = asked(&owner, order).await;
    owner.delete(&format!("{PICTURES}/{picture}")).await;
    owner
        .post(&format!("{FILMS}/{long}/cancel"), json!({}))
        .await;
    let ended = server.film_told(&cut, "film.finished").await;
    assert_eq!(
        (&ended["status"], &ended["error"]["code"]),
        (&json!("failed"), &json!("picture-missing")),
        "{ended}"
    );
    server.stop().await;
}

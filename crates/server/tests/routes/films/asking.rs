use serde_json::{Value, json};

use crate::support::{Server, greeting, kept};

const FILMS: &str = "/api/v1/films";

#[tokio::test]
async fn an_order_that_makes_no_sense_names_its_field() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let steps = |step: Value| json!({ "url": "https://example.test/", "steps": [step] });
    for (order, said) in [
        (
            json!({}),
            "a film needs a url, a storyboard or a recordingId",
        ),
        (json!({ "url": "file:///etc/passwd" }), "url: "),
        (
            json!({ "url": "https://example.test/", "preset": "best" }),
            "preset: ",
        ),
        (
            json!({ "url": "https://example.test/", "fps": 1000 }),
            "fps: ",
        ),
        (
            json!({ "url": "https://example.test/", "browser": "netscape" }),
            "browser: ",
        ),
        (
            json!({ "url": "https://example.test/", "browser": "firefox", "perfect": true }),
            "only chromium draws",
        ),
        (
            json!({ "url": "https://example.test/", "width": 11 }),
            "160 to 4096",
        ),
        (
            json!({ "url": "https://example.test/", "scale": 5 }),
            "scale: ",
        ),
        (
            json!({ "url": "https://example.test/", "width": 1282, "scale": 2 }),
            "width: ",
        ),
        (
            json!({ "url": "https://example.test/", "browser": "webkit", "width": 1200, "height": 600, "scale": 3 }),
            "scale: ",
        ),
        (
            json!({ "url": "https://example.test/", "pace": { "between": "1h" } }),
            "pace.between: ",
        ),
        (
            json!({ "url": "https://example.test/", "duration": "soon" }),
            "duration: ",
        ),
        (json!({ "storyboard": { "steps": [] } }), "storyboard.url: "),
        (
            json!({ "storyboard": steps(json!({ "jump": "up" })) }),
            "storyboard.steps[0]",
        ),
        (
            json!({ "storyboard": steps(json!({ "goto": "file:///etc/passwd" })) }),
            "storyboard.steps[0].goto: ",
        ),
        (
            json!({ "storyboard": {
                "url": "https://example.test/", "steps": [], "sound": { "voice": "/etc/passwd" },
            } }),
            "storyboard.sound.voice: ",
        ),
        (
            json!({ "perfect": true, "storyboard": steps(json!({ "tab": "close" })) }),
            "storyboard.steps[0].tab: ",
        ),
        (
            json!({ "url": "https://example.test/", "look": { "highlightColor": "red" } }),
            "look.highlightColor: ",
        ),
        (
            json!({ "url": "https://example.test/", "browser": "firefox", "look": { "scheme": "dark" } }),
            "look.scheme: ",
        ),
        (
            json!({ "url": "https://example.test/", "look": { "frame": "oval" } }),
            "look.frame: ",
        ),
        (
            json!({ "url": "https://example.test/", "look": "plain" }),
            "look: ",
        ),
        (
            json!({ "url": "https://example.test/", "captions": true }),
            "captions: ",
        ),
        (
            json!({ "storyboard": steps(json!({ "pause": 1 })), "captions": true }),
            "captions: ",
        ),
        (json!({ "edit": { "clips": [] } }), "edit.clips: "),
        (
            json!({ "edit": { "clips": [{ "film": "/etc/passwd" }] } }),
            "edit.clips[0].film: ",
        ),
        (
            json!({ "edit": { "clips": [{ "film": "01890a5d-ac96-774b-bcce-b302099a8057" }] } }),
            "is no film here",
        ),
        (
            json!({ "edit": { "clips": [{ "film": "a" }], "overlays": [{ "text": "a", "place": "middle" }] } }),
            "edit.overlays[0].place: ",
        ),
    ] {
        let answer = owner.post(FILMS, order.clone()).await;
        assert_eq!(answer.status, 422, "{order}: {}", answer.text());
        assert!(answer.text().contains(said), "{order}: {}", answer.text());
    }
    assert_eq!(owner.get(FILMS).await.data(), json!([]));
    server.stop().await;
}

#[tokio::test]
async fn an_order_waits_in_the_queue_is_listed_cancelled_deleted_and_brought_back() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let order = json!({
        "url": "https://example.test/shop", "template": "hero", "preset": "low", "format": "webm",
        "demoId": "17", "campaign": { "kept": true }, "look": { "frame": "card", "season": "spring" },
    });
    let film = owner.post(FILMS, order).await.data();
    assert_eq!(
        (&film["status"], &film["name"]),
        (&json!("queued"), &json!("example.test"))
    );
    let setup = json!({ "preset": "low", "width": 1280, "height": 720, "scale": 1, "fps": 24.0, "kbps": 1500, "format": "webm" });
    assert_eq!(film["setup"], setup);
    let path = format!("{FILMS}/{}", film["id"].as_str().unwrap());
    let detail = owner.get(&path).await.data();
    assert_eq!(detail["order"]["campaign"], json!({ "kept": true }));
    assert_eq!(detail["order"]["look"]["season"], "spring");

    let listed = owner
        .get(&format!("{FILMS}?demoId=17&status=queued"))
        .await
        .data();
    assert_eq!(listed[0]["id"], film["id"]);
    assert_eq!(
        owner.get(&format!("{FILMS}?demoId=18")).await.data(),
        json!([])
    );

    assert_eq!(owner.delete(&path).await.code(), "film_not_finished");
    let cancelled = owner.post(&format!("{path}/cancel"), json!({})).await;
    assert_eq!(cancelled.data()["status"], "cancelled");
    let video = owner.get(&format!("{path}/files/video")).await;
    assert_eq!((video.status, video.code().as_str()), (409, "no_file"));
    assert_eq!(
        owner.get(&format!("{path}/files/soundtrack")).await.status,
        404
    );
    assert_eq!(owner.delete(&path).await.status, 200);
    assert_eq!(owner.get(&path).await.status, 404);
    owner.post(&format!("{path}/restore"), json!({})).await;
    assert_eq!(owner.get(&path).await.data()["status"], "cancelled");

    let again = owner
        .post(
            &format!("{path}/again"),
            json!({ "preset": "high", "fps": 25 }),
        )
        .await;
    assert_eq!(again.status, 201, "{}", again.text());
    let again = again.data();
    assert_eq!(again["againOf"], film["id"]);
    assert_eq!(again["setup"]["preset"], "custom");
    assert_eq!(
        (&again["setup"]["fps"], &again["setup"]["width"]),
        (&json!(25.0), &json!(1920))
    );
    assert_eq!(again["setup"]["format"], "webm");
    server.stop().await;
}

#[tokio::test]
async fn a_recording_is_filmed_as_it_is_now_and_says_what_is_left_out() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let id = kept(&owner, &greeting("https://example.test/", "Hello")).await;
    let film = owner.post(FILMS, json!({ "recordingId": id })).await;
    assert_eq!(film.status, 201, "{}", film.text());
    let film = film.data();
    assert_eq!(
        (&film["name"], &film["recordingId"]),
        (&json!("Greeting"), &json!(id))
    );
    let path = format!("{FILMS}/{}", film["id"].as_str().unwrap());
    let order = owner.get(&path).await.data()["order"].clone();
    assert_eq!(order["recording"]["testName"], "Greeting");
    // Checks are performed; a clock that waits has storyboards, which have none.
    assert_eq!(order["leftOut"], json!(null));
    let perfect = owner
        .post(&format!("{path}/again"), json!({ "perfect": true }))
        .await;
    assert_eq!(perfect.status, 201, "{}", perfect.text());
    let path = format!("{FILMS}/{}", perfect.data()["id"].as_str().unwrap());
    let order = owner.get(&path).await.data()["order"].clone();
    assert_eq!(order["storyboard"]["url"], "https://example.test/");
    assert_eq!(order["recording"], json!(null));
    assert_eq!(
        order["leftOut"][0],
        "step 3 (checkpoint): a film does not check"
    );
    server.stop().await;
}

#[tokio::test]
async fn nobody_but_the_owner_asks_for_films_or_sees_them() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let order = json!({ "url": "https://example.test/" });
    let film = owner.post(FILMS, order.clone()).await.data();
    let nobody = server.anonymous();
    assert_eq!(nobody.post(FILMS, order).await.status, 401);
    let path = format!("{FILMS}/{}", film["id"].as_str().unwrap());
    for path in [
        FILMS.to_owned(),
        path.clone(),
        format!("{path}/files/video"),
        format!("{path}/preview"),
        "/api/v1/screen-recordings/".to_owned(),
    ] {
        assert_eq!(nobody.get(&path).await.status, 401, "{path}");
    }
    server.stop().await;
}

//! Working in a page over the socket.

use serde_json::json;

use crate::support::Studio;

#[tokio::test]
async fn a_click_has_its_effect_and_the_frame_that_shows_it_says_so() {
    let studio = Studio::show(
        "<body style='background:white;height:100vh' onmousedown='document.body.style.background=`black`;window.hit=true'>",
    )
    .await;
    let (mut viewer, welcome) = studio.watch(json!({"t": "hello", "name": "Ada"})).await;
    assert_eq!(welcome["session"]["viewers"][0]["name"], "Ada");
    assert_eq!(welcome["session"]["control"]["viewer"], welcome["viewer"]);
    let first = viewer.see().await;
    assert!(first.key && first.jpeg.starts_with(&[0xFF, 0xD8]));
    let seq = viewer.mouse("down", (300.0, 300.0)).await;
    viewer.mouse("up", (300.0, 300.0)).await;
    let shown = loop {
        let picture = viewer.see().await;
        if picture.input_seq >= seq {
            break picture;
        }
    };
    assert!(!shown.key && shown.seq > first.seq && shown.dropped == 0);
    studio.holds("window.hit === true").await;
    viewer.say(json!({"t": "ping", "n": 7})).await;
    assert_eq!(viewer.hear("pong").await["n"], 7.0);
    viewer.say(json!({"t": "fly"})).await;
    assert_eq!(viewer.hear("error").await["code"], "bad_message");
    let beat = viewer.hear("beat").await;
    assert_eq!(beat["viewers"], 1);
    studio.stop().await;
}

#[tokio::test]
async fn a_lost_viewer_resumes_and_every_viewer_hears_the_end() {
    let studio = Studio::show("<h1>still</h1>").await;
    let (first, welcome) = studio.watch(json!({"t": "hello", "name": "Ada"})).await;
    let id = welcome["viewer"].clone();
    drop(first);
    let (mut again, welcome) = studio
        .watch(json!({"t": "hello", "resume": id, "lastSeq": 3}))
        .await;
    assert_eq!(welcome["viewer"], id);
    assert_eq!(
        welcome["session"]["control"]["viewer"], id,
        "the controls were kept"
    );
    assert!(
        again.see().await.key,
        "and the picture is there although nothing moves"
    );
    let mut quiet = studio.connect(&studio.path()).await;
    let session = studio.session.clone();
    let stopping = tokio::spawn(async move { session.stop("enough").await });
    assert_eq!(again.hear("bye").await["reason"], "enough");
    // One that never said hello is not left hanging either.
    while !matches!(quiet.next().await, crate::support::Heard::Closed(_)) {}
    stopping.await.unwrap();
    studio.stop().await;
}

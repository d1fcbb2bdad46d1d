//! A person's input reaches the page.

use browser::Engine;
use serde_json::json;
use session::protocol::Notice;

use crate::support::{Studio, engine};

#[tokio::test]
async fn typing_clicking_dragging_and_scrolling_have_their_effect_in_the_page() {
    let mut studio = Studio::show(
        "<input id=name style='position:absolute;left:50px;top:20px;width:300px'>
         <button id=b style='position:absolute;left:50px;top:60px' onclick='window.clicks=(window.clicks||0)+1'
                 ondblclick='window.twice=true' oncontextmenu='window.menu=true;return false'>go</button>
         <div id=box draggable=true style='position:absolute;left:50px;top:120px;width:60px;height:60px;background:red'
              ondragstart='event.dataTransfer.setData(`text/plain`,`x`)'></div>
         <div id=target style='position:absolute;left:300px;top:120px;width:90px;height:90px;background:green'
              ondragover='event.preventDefault()' ondrop='event.preventDefault();window.dropped=true'></div>
         <div style='height:5000px'></div>",
    )
    .await;
    studio.click("#name").await;
    studio.viewer.key("A", "KeyA", Some("A")).await;
    studio
        .viewer
        .input(json!({"t": "text", "text": "da é 日本"}))
        .await;
    studio
        .holds("document.querySelector('#name').value === 'Ada é 日本'")
        .await;
    studio
        .viewer
        .input(json!({"t": "ime", "text": "に", "start": 1, "end": 1}))
        .await;
    studio
        .viewer
        .input(json!({"t": "text", "text": "に"}))
        .await;
    studio
        .holds("document.querySelector('#name').value === 'Ada é 日本に'")
        .await;

    let at = studio.middle("#b").await;
    studio.viewer.click(at).await;
    for (kind, clicks) in [("down", 2), ("up", 2)] {
        studio
            .viewer
            .input(json!({"t": "mouse", "kind": kind, "x": at.0, "y": at.1, "clicks": clicks}))
            .await;
    }
    for kind in ["down", "up"] {
        studio
            .viewer
            .input(
                json!({"t": "mouse", "kind": kind, "x": at.0, "y": at.1, "button": 2, "clicks": 1}),
            )
            .await;
    }
    studio
        .holds("window.clicks === 2 && window.twice === true && window.menu === true")
        .await;

    let (from, to) = (studio.middle("#box").await, studio.middle("#target").await);
    studio.viewer.mouse("move", from).await;
    studio.viewer.mouse("down", from).await;
    for step in 1..=10 {
        let part = f64::from(step) / 10.0;
        studio
            .viewer
            .mouse(
                "move",
                (
                    from.0 + (to.0 - from.0) * part,
                    from.1 + (to.1 - from.1) * part,
                ),
            )
            .await;
    }
    studio.viewer.mouse("up", to).await;
    if engine() == Engine::Chromium {
        studio.holds("window.dropped === true").await;
    }

    for _ in 0..3 {
        studio
            .viewer
            .input(json!({"t": "wheel", "x": 600, "y": 400, "dx": 0, "dy": 100}))
            .await;
    }
    studio.holds("scrollY === 300").await;
    drop(studio.close().await);
}

#[tokio::test]
async fn a_frame_tells_which_input_it_shows() {
    let mut studio = Studio::show(
        "<body style='background:white;min-height:90vh' onmousedown='this.style.background=`black`'>dark room",
    )
    .await;
    let first = studio.viewer.see().await;
    assert!(first.delivery.key);
    assert_eq!(first.input_seq, 0);
    let frame = &first.delivery.frame;
    assert_eq!((frame.width, frame.height), (1280, 720));
    assert_eq!((frame.css_width, frame.css_height), (1280.0, 720.0));
    // A page that still draws has frames on their way that were taken before the input.
    let quiet =
        |notice: &Notice| matches!(notice, Notice::Beat(beat) if beat.captured == 0).then_some(());
    studio.viewer.hear(quiet).await;
    let seq = studio.viewer.mouse("down", (600.0, 300.0)).await;
    let dark = loop {
        let frame = studio.viewer.see().await;
        if frame.input_seq >= seq {
            break frame.delivery.frame;
        }
    };
    let picture = image::load_from_memory(&dark.jpeg).unwrap().to_luma8();
    assert!(
        picture.get_pixel(900, 500).0[0] < 60,
        "the frame shows the effect of the input"
    );
    drop(studio.close().await);
}

#[tokio::test]
async fn fingers_reach_a_page_on_a_phone() {
    let mut studio = Studio::show(
        "<meta name=viewport content='width=device-width'><body ontouchstart='window.touched=event.touches.length'>tap",
    )
    .await;
    studio
        .viewer
        .say(json!({"t": "viewport", "preset": "phone"}))
        .await;
    if engine() != Engine::Chromium {
        let refused = studio.viewer.hear(|notice| match notice {
            Notice::Error { code, message, .. } if code == "unsupported" => Some(message.clone()),
            _ => None,
        });
        let refused = refused.await;
        assert!(refused.contains("the screen of a phone"), "{refused}");
        assert_eq!(
            studio.session.state().viewport.preset.as_deref(),
            Some("desktop")
        );
        return drop(studio.close().await);
    }
    let state = studio
        .state(|state| state.viewport.preset.as_deref() == Some("phone"))
        .await;
    assert_eq!((state.viewport.width, state.viewport.height), (390, 844));
    studio
        .holds("innerWidth === 390 && devicePixelRatio === 3")
        .await;
    // A document learns when it is made whether there is a touch screen.
    studio
        .viewer
        .say(json!({"t": "nav", "action": "reload"}))
        .await;
    studio
        .holds("'ontouchstart' in window && document.readyState === 'complete'")
        .await;
    studio
        .viewer
        .input(json!({"t": "touch", "kind": "start", "points": [{"id": 1, "x": 100, "y": 200}]}))
        .await;
    studio
        .viewer
        .input(json!({"t": "touch", "kind": "end", "points": []}))
        .await;
    studio.holds("window.touched === 1").await;
    loop {
        let frame = studio.viewer.see().await.delivery.frame;
        if (frame.css_width, frame.css_height) == (390.0, 844.0) {
            assert_eq!((frame.width, frame.height), (390, 844));
            break;
        }
    }
    drop(studio.close().await);
}

#[tokio::test]
async fn a_stroke_keeps_its_points_while_the_page_is_busy() {
    let mut studio = Studio::show(
        "<div id=paper style='width:400px;height:300px;background:#eee'></div><script>window.points=0;
         paper.onpointermove=event=>{window.points+=event.getCoalescedEvents().length;
           for(const end=performance.now()+100;performance.now()<end;);}</script>",
    )
    .await;
    studio.viewer.mouse("move", (20.0, 20.0)).await;
    studio.viewer.mouse("down", (20.0, 20.0)).await;
    studio.holds("window.points > 0").await;
    studio.holds("(window.points = 0) === 0").await;
    for step in 1..=30 {
        studio
            .viewer
            .input(json!({
                "t": "mouse", "kind": "move", "x": 20.0 + f64::from(step) * 5.0, "y": 40.0, "buttons": 1
            }))
            .await;
    }
    studio.viewer.mouse("up", (170.0, 40.0)).await;
    studio.holds("window.points === 30").await;
    drop(studio.close().await);
}

#[tokio::test]
async fn what_is_clicked_while_a_picture_of_the_whole_page_is_taken_is_what_was_seen() {
    let mut studio = Studio::show(
        "<body style='margin:0'><button id=top style='position:fixed;inset:0 auto auto 0;width:80px;height:80px'>top</button>
         <div style='height:3000px'></div>
         <button id=low style='width:200px;height:80px' onclick='window.hits=(window.hits||0)+1'>low</button>
         <div style='height:400px'></div>",
    )
    .await;
    studio.eval("scrollTo(0, 2800)").await;
    for round in 1..=6 {
        let at = studio.middle("#low").await;
        let session = studio.session.clone();
        let clicked = async {
            for _ in 0..20 {
                studio.viewer.click(at).await;
                tokio::task::yield_now().await;
            }
            studio
                .holds(&format!("window.hits === {}", round * 20))
                .await;
        };
        let (picture, ()) = tokio::join!(session.screenshot(true), clicked);
        assert!(!picture.unwrap().is_empty());
    }
    drop(studio.close().await);
}

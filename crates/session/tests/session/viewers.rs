//! Who watches and who holds the controls.

use serde_json::json;
use session::protocol::Notice;

use crate::support::{Person, Studio};

fn error_code(notice: &Notice) -> Option<String> {
    match notice {
        Notice::Error { code, .. } => Some(code.clone()),
        _ => None,
    }
}

#[tokio::test]
async fn the_controls_are_asked_for_given_and_released() {
    let mut studio = Studio::show("<body onmousedown='window.by=(window.by||0)+1'>x").await;
    let ada = studio.viewer.link.id();
    let mut ben = Person::join(&studio.session, "Ben").await;
    let welcome = ben.hear(|notice| match notice {
        Notice::Welcome {
            viewer, session, ..
        } => Some((*viewer, session.clone())),
        _ => None,
    });
    let (id, state) = welcome.await;
    assert_eq!(state.control.viewer, Some(ada), "the first one holds them");
    assert_eq!(state.viewers.iter().filter(|viewer| viewer.me).count(), 1);

    ben.click((10.0, 10.0)).await;
    assert_eq!(ben.hear(error_code).await, "not_in_control");
    ben.say(json!({"t": "control", "action": "take"})).await;
    let asked = studio.viewer.hear(|notice| match notice {
        Notice::Notice { code, detail, .. } if code == "control_request" => detail.clone(),
        _ => None,
    });
    assert_eq!(asked.await, id.to_string());
    studio
        .viewer
        .say(json!({"t": "control", "action": "give", "to": id}))
        .await;
    studio.state(|state| state.control.viewer == Some(id)).await;
    ben.click((10.0, 10.0)).await;
    studio.holds("window.by === 1").await;
    studio.viewer.click((10.0, 10.0)).await;
    assert_eq!(studio.viewer.hear(error_code).await, "not_in_control");

    ben.say(json!({"t": "control", "action": "release"})).await;
    studio.state(|state| state.control.viewer.is_none()).await;
    studio
        .viewer
        .say(json!({"t": "control", "action": "take"}))
        .await;
    studio
        .state(|state| state.control.viewer == Some(ada))
        .await;
    assert_eq!(studio.eval("window.by").await, 1);
    drop(studio.close().await);
}

#[tokio::test]
async fn a_late_viewer_sees_at_once_what_is_there_and_a_lost_one_comes_back_to_its_place() {
    let mut studio = Studio::show("<h1>still</h1>").await;
    studio.viewer.see().await;
    let mut late = Person::join(&studio.session, "Late").await;
    let frame = late.see().await;
    assert!(
        frame.delivery.key,
        "nothing moves, and yet there is a picture"
    );
    let id = late.link.id();
    studio
        .viewer
        .say(json!({"t": "control", "action": "give", "to": id}))
        .await;
    studio.state(|state| state.control.viewer == Some(id)).await;
    drop(late);
    let state = studio.state(|state| state.viewers.len() == 1).await;
    assert_eq!(
        state.control.viewer,
        Some(id),
        "the controls are kept for a while"
    );
    let back = studio.session.join(None, Some(id)).await.unwrap();
    assert_eq!(back.id(), id);
    let state = studio.state(|state| state.viewers.len() == 2).await;
    assert_eq!(state.control.viewer, Some(id));
    assert!(state.viewers.iter().any(|viewer| viewer.name == "Late"));
    drop(studio.close().await);
}

#[tokio::test]
async fn a_viewer_that_takes_nothing_changes_nothing_for_another() {
    let mut studio = Studio::show(
        "<canvas id=c width=1200 height=600></canvas><script>let n=0;const g=c.getContext('2d');
         (function draw(){n++;g.fillStyle='hsl('+n%360+' 80% 50%)';g.fillRect(n*7%1200,n*3%600,80,80);requestAnimationFrame(draw)})()</script>",
    )
    .await;
    let stalled = studio
        .session
        .join(Some("Stalled".to_owned()), None)
        .await
        .unwrap();
    let before = studio.viewer.see().await;
    let mut last = before.seq();
    for _ in 0..40 {
        let frame = studio.viewer.see().await;
        assert!(frame.seq() > last);
        last = frame.seq();
    }
    assert_eq!(stalled.inlet().waiting(), None, "it took no frame at all");
    drop(stalled);
    drop(studio.close().await);
}

//! The page's time: it passes by frames, for whatever asks for it.

use serde_json::{Value, json};

use crate::support::{Studio, pixels};

fn page(html: &str, more: &Value) -> Value {
    let mut job = json!({ "type": "html", "html": html, "width": 400, "height": 40, "fps": 50 });
    for (name, value) in more.as_object().unwrap() {
        job[name] = value.clone();
    }
    job
}

/// The first column that is red in the middle of the picture.
fn red_from(studio: &Studio, name: &str) -> Option<u32> {
    let picture = pixels(&studio.path(name));
    (0..picture.width()).find(|&x| picture.get_pixel(x, 20).0 == [255, 0, 0, 255])
}

const MOVING: &str = "<style>body { margin: 0 } div { position: absolute; width: 40px; height: 40px; background: rgb(255, 0, 0) }
@keyframes move { to { transform: translateX(400px) } }</style><div id=box></div>";

#[tokio::test]
async fn css_and_web_animations_stand_where_the_frame_is() {
    let studio = Studio::new();
    let css = format!("{MOVING}<style>div {{ animation: move 1s linear }}</style>");
    let api = format!(
        "{MOVING}<script>box.animate([{{}}, {{ transform: 'translateX(400px)' }}], 1000)</script>"
    );
    let late = format!(
        "{MOVING}<script>setTimeout(() => box.animate([{{}}, {{ transform: 'translateX(400px)' }}], 1000), 200)</script>"
    );
    for (html, frame, x) in [
        (&css, 0, 0),
        (&css, 10, 80),
        (&css, 25, 200),
        (&api, 10, 80),
        (&late, 20, 80),
    ] {
        studio
            .render(page(html, &json!({ "frame": frame })), "a.png")
            .await;
        assert_eq!(
            red_from(&studio, "a.png"),
            Some(x),
            "frame {frame} of {html}"
        );
    }
}

#[tokio::test]
async fn what_a_page_moves_by_its_scrolling_stands_where_it_is_scrolled_to() {
    let studio = Studio::new();
    let html = format!(
        "{MOVING}<style>body {{ height: 840px }} div {{ position: fixed; top: 0; left: 0; animation: move 1s linear }}
#other {{ background: rgb(0, 0, 255); animation: move linear; animation-timeline: scroll() }}
#late {{ background: rgb(0, 255, 0); animation: move 10s linear }}
#late.scrolled {{ animation-timeline: scroll() }}
#none {{ background: rgb(0, 255, 255); animation: move 1s linear; animation-timeline: none }}</style>
<div id=none></div><div id=other></div><div id=late></div><script>
requestAnimationFrame(() => {{ scrollTo(0, 200) }});
setTimeout(() => {{ late.classList.add('scrolled'); scrollTo(0, 600) }}, 300);
</script>"
    );
    for (frame, box_at, other_at) in [(10, 80, 100), (20, 160, 300)] {
        studio
            .render(page(&html, &json!({ "frame": frame })), "a.png")
            .await;
        let picture = pixels(&studio.path("a.png"));
        let first = |colour: [u8; 3]| {
            (0..picture.width()).find(|&x| picture.get_pixel(x, 20).0[..3] == colour)
        };
        assert_eq!(first([255, 0, 0]), Some(box_at), "frame {frame}");
        assert_eq!(first([0, 255, 255]), Some(0), "frame {frame}");
        if frame == 10 {
            assert_eq!(first([0, 0, 255]), Some(other_at));
        } else {
            assert_eq!(first([0, 255, 0]), Some(other_at), "over the other");
        }
    }
}

#[tokio::test]
async fn timers_dates_and_frames_tell_one_time() {
    let studio = Studio::new();
    let script = "
const seen = { frames: [], ticks: 0, at: [] };
setInterval(() => { seen.ticks += 1; }, 10);
setTimeout(() => seen.at.push('b' + performance.now()), 15);
setTimeout(() => seen.at.push('a' + performance.now()), 5);
Promise.resolve().then(() => setTimeout(() => seen.at.push('c' + Date.now()), 30));
function frame(now) {
  seen.frames.push(now);
  if (now === 100) {
    const text = JSON.stringify([seen.frames, seen.ticks, seen.at, new Date().toISOString(), document.timeline.currentTime, new Date(2000, 0).getFullYear(), new Date() instanceof Date, typeof Date()]);
    if (text !== '[[0,20,40,60,80,100],10,[\"a5\",\"b15\",\"c1735689600030\"],\"2025-01-01T00:00:00.100Z\",100,2000,true,\"string\"]') throw new Error(text);
    document.body.innerHTML = '<div style=\"background:rgb(255,0,0);height:40px\"></div>';
  }
  requestAnimationFrame(frame);
}
requestAnimationFrame(frame);";
    let html = format!("<style>body {{ margin: 0 }}</style><script>{script}</script>");
    studio
        .render(page(&html, &json!({ "frame": 6 })), "a.png")
        .await;
    assert_eq!(red_from(&studio, "a.png"), Some(0));
}

#[tokio::test]
async fn an_animation_ends_and_says_so() {
    let studio = Studio::new();
    let html = format!(
        "{MOVING}<style>div {{ transition: left 100ms linear; left: 0 }}</style><script>
box.getBoundingClientRect(); requestAnimationFrame(() => {{ box.style.left = '200px'; }});
box.addEventListener('transitionend', () => {{ box.style.transition = 'none'; box.style.left = '300px'; }});
</script>"
    );
    studio
        .render(page(&html, &json!({ "frame": 12 })), "a.png")
        .await;
    assert_eq!(red_from(&studio, "a.png"), Some(300));
}

#[tokio::test]
async fn frames_inside_the_page_keep_the_same_time() {
    let studio = Studio::new();
    let inner = "<body style='margin:0;background:white'><script>setTimeout(() => { document.body.style.background = 'rgb(255,0,0)' }, 100)</script>";
    let html = format!(
        "<style>body {{ margin: 0 }} iframe {{ border: 0; width: 400px; height: 40px }}</style><iframe srcdoc=\"{inner}\"></iframe>"
    );
    studio
        .render(page(&html, &json!({ "frame": 4 })), "a.png")
        .await;
    assert_eq!(red_from(&studio, "a.png"), None);
    studio
        .render(page(&html, &json!({ "frame": 6 })), "b.png")
        .await;
    assert_eq!(red_from(&studio, "b.png"), Some(0));
}

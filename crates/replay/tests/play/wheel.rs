use browser::Engine;
use replay::ErrorCode;
use serde_json::json;

use crate::support::{css, engine, noting, on_page};

const MAP: &str = "<div style='height:1500px'></div><canvas id=map width=200 height=200 style='background:#def'></canvas><script>
    map.addEventListener('wheel', (event) => { event.preventDefault();
      note(`${Math.sign(event.deltaX)} ${Math.sign(event.deltaY)} ${event.ctrlKey} ${Math.round(event.offsetX / 10)}`) }, { passive: false })</script>";

#[tokio::test]
async fn the_wheel_is_turned_over_an_element_as_often_and_with_the_keys_that_were_held() {
    let steps = json!([
        { "type": "wheel", "selectors": css("#map"), "deltaX": 0, "deltaY": -300, "turns": 3 },
        { "type": "wheel", "selectors": css("#map"), "deltaX": 0, "deltaY": 120, "modifiers": ["ctrl"],
          "coordinates": { "x": 40, "y": 30 }, "coordinatesRelativeTo": "element" },
    ]);
    let run = on_page(&noting(MAP), steps).await;
    let mut seen = vec!["0 -1 false 10"; 3];
    if engine() == Engine::WebKit {
        run.fails_at(1, ErrorCode::Unsupported);
    } else {
        run.passes();
        seen.push("0 1 true 4");
    }
    assert_eq!(run.seen().await, seen);
}

#[tokio::test]
async fn a_wheel_over_nothing_or_without_end_is_refused() {
    for (step, code) in [
        (
            json!({ "type": "wheel", "selectors": css("#gone"), "deltaY": 1, "timeout": 500 }),
            ErrorCode::NotFound,
        ),
        (
            json!({ "type": "wheel", "selectors": css("#map"), "deltaY": 1, "turns": 4_000_000 }),
            ErrorCode::Unsupported,
        ),
    ] {
        on_page(&noting(MAP), json!([step])).await.fails_at(0, code);
    }
}

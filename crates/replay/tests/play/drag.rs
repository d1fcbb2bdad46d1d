use browser::Engine;
use replay::ErrorCode;
use serde_json::json;

use crate::support::{css, engine, noting, on_page};

const BOARD: &str = "<style>div{width:100px;height:60px;margin:10px;border:1px solid}</style>
    <div id=a draggable=true>A</div><div id=drop>drop</div><div id=slider style='width:300px;height:20px'></div><script>
    a.ondragstart = (e) => e.dataTransfer.setData('text/plain', 'A');
    drop.ondragover = (e) => e.preventDefault();
    drop.ondrop = (e) => { e.preventDefault(); note('dropped ' + e.dataTransfer.getData('text/plain')); };
    let from = null;
    slider.onpointerdown = (e) => { from = e.clientX; slider.setPointerCapture(e.pointerId); };
    slider.onpointerup = (e) => { if (from !== null) note('slid ' + Math.round(e.clientX - from)); from = null; };
    </script>";

#[tokio::test]
async fn an_element_is_dropped_where_it_was_dropped() {
    let steps = json!([
        { "type": "drag", "selectors": css("#a"), "target": { "selectors": css("#drop") } },
        { "type": "drag", "selectors": css("#slider"), "coordinates": { "x": 20, "y": 10 }, "coordinatesRelativeTo": "element",
          "target": { "coordinates": { "x": 120, "y": 10 }, "coordinatesRelativeTo": "element" } },
    ]);
    if engine() != Engine::Chromium {
        // HTML's own drag has no end on the other engines; a pointer's drag has.
        let run = on_page(&noting(BOARD), json!([steps[0]])).await;
        run.fails_at(0, ErrorCode::Unsupported);
        let run = on_page(&noting(BOARD), json!([steps[1]])).await;
        run.passes();
        return assert_eq!(run.seen().await, ["slid 100"]);
    }
    let run = on_page(&noting(BOARD), steps).await;
    run.passes();
    assert_eq!(run.seen().await, ["dropped A", "slid 100"]);
}

#[tokio::test]
async fn a_stroke_goes_the_way_that_it_was_drawn() {
    let html = noting(
        "<canvas id=c width=300 height=200 style='border:1px solid'></canvas><script>
        let box = null; const far = { left: 0, below: 0, seen: 0 };
        c.onpointerdown = () => { box = c.getBoundingClientRect(); };
        c.onpointermove = (e) => { if (!box) return; far.seen++;
            far.below = Math.max(far.below, Math.round(e.clientY - box.y)); far.left = Math.max(far.left, Math.round(e.clientX - box.x)); };
        c.onpointerup = (e) => { note(`${far.left} ${far.below} ${far.seen >= 3} ${Math.round(e.clientX - box.x)} ${Math.round(e.clientY - box.y)}`); box = null; };
        </script>",
    );
    // Down, to the right and back to the beginning: a straight line between its ends would go nowhere.
    let at = |x: f64, y: f64| json!({ "x": x, "y": y });
    let steps = json!([{
        "type": "drag", "selectors": css("#c"), "coordinates": at(20.0, 30.0), "coordinatesRelativeTo": "element",
        "path": [at(20.0, 80.0), at(20.0, 150.0), at(90.0, 150.0), at(160.0, 150.0), at(60.0, 50.0)],
        "target": { "selectors": css("#c"), "coordinates": at(24.0, 30.0), "coordinatesRelativeTo": "element" },
    }]);
    let run = on_page(&html, steps).await;
    run.passes();
    assert_eq!(run.seen().await, ["160 150 true 24 30"]);
    // Without its beginning nobody knows where the way goes, and a straight line would be another one.
    let steps = json!([{
        "type": "drag", "selectors": css("#c"), "path": [at(20.0, 80.0)], "target": { "coordinates": at(24.0, 30.0) },
    }]);
    let run = on_page(&html, steps).await;
    run.fails_at(0, ErrorCode::Unsupported);
    assert_eq!(run.seen().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_drag_without_its_source_or_target_is_not_performed() {
    for (source, target) in [("#gone", "#drop"), ("#a", "#gone")] {
        let steps = json!([{ "type": "drag", "selectors": css(source), "target": { "selectors": css(target) }, "timeout": 800 }]);
        let run = on_page(&noting(BOARD), steps).await;
        run.fails_at(0, ErrorCode::NotFound);
        assert_eq!(run.seen().await, Vec::<String>::new());
    }
}

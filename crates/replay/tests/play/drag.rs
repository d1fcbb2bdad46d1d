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
    if engine() == Engine::Firefox {
        // HTML's own drag has no end there; a pointer's drag has.
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
async fn a_drag_without_its_source_or_target_is_not_performed() {
    for (source, target) in [("#gone", "#drop"), ("#a", "#gone")] {
        let steps = json!([{ "type": "drag", "selectors": css(source), "target": { "selectors": css(target) }, "timeout": 800 }]);
        let run = on_page(&noting(BOARD), steps).await;
        run.fails_at(0, ErrorCode::NotFound);
        assert_eq!(run.seen().await, Vec::<String>::new());
    }
}

use replay::ErrorCode;
use serde_json::{Value, json};

use crate::support::{css, noting, plan};

const INNER: &str = "<!doctype html><title>inner</title><body style='margin:30px'><input id=i><button id=b>Pay</button><p id=out></p>
    <script>b.onclick = () => { out.textContent = 'paid ' + i.value }</script>";

fn steps(frames: &Value) -> Value {
    json!([
        { "type": "input", "selectors": css("#i"), "frames": frames, "value": "4242" },
        { "type": "click", "selectors": css("#b"), "frames": frames },
        { "type": "checkpoint", "checkType": "elementText", "selectors": css("#out"), "expectedValue": "paid 4242", "frames": frames },
    ])
}

#[tokio::test]
async fn frames_of_the_same_and_of_another_site_are_worked_in() {
    for source in ["/inner", "{other}/inner"] {
        let html = noting(&format!(
            "<div style='height:900px'>above</div><iframe id=f src='{source}' style='border:7px solid;padding:11px'></iframe>"
        ));
        let frames = json!([{ "selectors": css("#f") }]);
        plan(&[("/", &html), ("/inner", INNER)], steps(&frames))
            .await
            .run()
            .await
            .passes();
    }
}

#[tokio::test]
async fn frames_in_frames_of_other_sites_are_worked_in() {
    let html = noting("<iframe id=outer src='{other}/middle' width=500 height=400></iframe>");
    let middle = "<body style='margin:40px'><iframe name=mid src='/inner' style='transform:scale(.9)'></iframe>";
    let frames = json!([{ "selectors": css("#outer") }, { "selectors": [{ "strategy": "name", "value": "mid" }] }]);
    plan(
        &[("/", &html), ("/middle", middle), ("/inner", INNER)],
        steps(&frames),
    )
    .await
    .run()
    .await
    .passes();
}

#[tokio::test]
async fn the_frame_of_older_files_is_worked_in() {
    let html = noting("<iframe class=pay src='/inner'></iframe>");
    let step = json!([{ "type": "click", "selectors": css("#b"), "frameSelector": "iframe.pay", "frameUrl": "{site}/inner" }]);
    plan(&[("/", &html), ("/inner", INNER)], step)
        .await
        .run()
        .await
        .passes();
}

#[tokio::test]
async fn a_frame_that_comes_late_is_waited_for_and_one_that_never_comes_fails() {
    let html = noting(
        "<script>setTimeout(() => { document.body.innerHTML = '<iframe id=f src=/inner></iframe>' }, 300)</script>",
    );
    let frames = json!([{ "selectors": css("#f") }]);
    plan(&[("/", &html), ("/inner", INNER)], steps(&frames))
        .await
        .run()
        .await
        .passes();
    let missing = json!([{ "type": "click", "selectors": css("#b"), "frames": [{ "selectors": css("#nope") }], "timeout": 900 }]);
    plan(&[("/", &html), ("/inner", INNER)], missing)
        .await
        .run()
        .await
        .fails_at(0, ErrorCode::FrameNotFound);
}

#[tokio::test]
async fn a_covered_frame_is_not_clicked_through() {
    let html = noting(
        "<iframe id=f src='{other}/inner'></iframe><div style='position:fixed;inset:0;background:#0008'>veil</div>",
    );
    let step = json!([{ "type": "click", "selectors": css("#b"), "frames": [{ "selectors": css("#f") }], "timeout": 1500 }]);
    plan(&[("/", &html), ("/inner", INNER)], step)
        .await
        .run()
        .await
        .fails_at(0, ErrorCode::Covered);
}

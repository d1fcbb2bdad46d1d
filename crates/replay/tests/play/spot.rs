//! The element of a failed step is marked where the picture shows it.

use replay::{ErrorCode, ScreenshotMode, Spot, StepResult};
use serde_json::{Value, json};

use crate::support::{Run, css, plan};

const RED: &str = "<button class=x disabled style='position:absolute;left:120px;top:90px;width:200px;height:60px;border:0;\
    border-radius:0;background:#f00'></button>";

/// The step on the first of the pages, with a picture when it fails.
async fn performed(pages: &[(&str, &str)], step: Value) -> Run {
    let plan = plan(pages, json!([step])).await;
    plan.with(|options| options.screenshots = ScreenshotMode::OnFailure)
        .run()
        .await
}

fn click() -> Value {
    json!({ "type": "click", "selectors": css(".x"), "timeout": 700 })
}

/// The red part of the step's picture, in shares.
fn red_part(step: &StepResult) -> Spot {
    let picture = raster::decode_jpeg(step.screenshot.as_ref().unwrap()).unwrap();
    let channels = picture.pixels.len() / (picture.width * picture.height) as usize;
    let (mut left, mut top, mut right, mut bottom) = (u32::MAX, u32::MAX, 0, 0);
    for (at, pixel) in picture.pixels.chunks(channels).enumerate() {
        let at = u32::try_from(at).unwrap();
        let (x, y) = (at % picture.width, at / picture.width);
        if pixel[0] > 200 && pixel[1] < 90 && pixel[2] < 90 {
            (left, top) = (left.min(x), top.min(y));
            (right, bottom) = (right.max(x + 1), bottom.max(y + 1));
        }
    }
    let (width, height) = (f64::from(picture.width), f64::from(picture.height));
    Spot {
        x: f64::from(left) / width,
        y: f64::from(top) / height,
        width: f64::from(right - left) / width,
        height: f64::from(bottom - top) / height,
    }
}

fn is_red(step: &StepResult) {
    let (marked, seen) = (step.spot.unwrap(), red_part(step));
    for (marked, seen) in [
        (marked.x, seen.x),
        (marked.y, seen.y),
        (marked.width, seen.width),
        (marked.height, seen.height),
    ] {
        assert!((marked - seen).abs() < 0.006, "{:?} {seen:?}", step.spot);
    }
}

#[tokio::test]
async fn what_cannot_be_clicked_is_marked_on_its_picture() {
    let page = format!("<!doctype html><body style='margin:0'>{RED}");
    let run = performed(&[("/", &page)], click()).await;
    is_red(run.fails_at(0, ErrorCode::Disabled));
    // What is marked is in view.
    let cut = page.replace("left:120px", "left:-90px");
    let run = performed(&[("/", &cut)], click()).await;
    is_red(run.fails_at(0, ErrorCode::Disabled));
}

#[tokio::test]
async fn in_a_frame_too_and_for_a_check_that_finds_something_else() {
    let inner = format!("<!doctype html><body style='margin:0'>{RED}");
    let page = "<!doctype html><body style='margin:0'><iframe name=f src='{other}/inner' style='position:absolute;left:60px;top:150px;\
        width:600px;height:300px;border:7px solid green'></iframe>";
    let check = json!({
        "type": "checkpoint", "checkType": "elementText", "expectedValue": "Buy", "selectors": css(".x"), "timeout": 700,
        "frames": [{ "selectors": css("iframe") }],
    });
    let run = performed(&[("/", page), ("/inner", &inner)], check).await;
    is_red(run.fails_at(0, ErrorCode::CheckFailed));
}

#[tokio::test]
async fn nothing_is_marked_where_the_element_is_not_known_or_the_step_passed() {
    let two = format!("<!doctype html>{RED}{RED}");
    let run = performed(&[("/", &two)], click()).await;
    assert!(run.fails_at(0, ErrorCode::NotUnique).spot.is_none());
    let run = performed(&[("/", "<!doctype html>")], click()).await;
    assert!(run.fails_at(0, ErrorCode::NotFound).spot.is_none());
    let fine = RED.replace("disabled", "");
    let run = performed(&[("/", &fine)], click()).await;
    assert!(run.passes().steps[0].spot.is_none());
}

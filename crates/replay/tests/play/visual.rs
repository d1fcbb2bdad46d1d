use std::collections::HashMap;
use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use browser::Engine;
use bytes::Bytes;
use image::RgbaImage;
use recording::Recording;
use replay::{Approving, BaselineKey, Baselines, ErrorCode, RunStatus, StepStatus, VisualVerdict};
use serde_json::{Value, json};

use crate::support::{Plan, Run, css, engine, noting, plan};

/// What was approved, by step and screen.
#[derive(Debug, Clone, Default)]
struct Album(Arc<Mutex<HashMap<String, Bytes>>>);

impl Album {
    /// Approves the pictures that the run's failed steps left.
    fn approve(&self, run: &Run) {
        for step in &run.steps {
            if let Some(visual) = &step.visual
                && let Some(actual) = &visual.pictures.actual
            {
                let name = format!("{}.{}.{}", visual.step_id, visual.engine, visual.screen);
                self.0.lock().unwrap().insert(name, actual.clone());
            }
        }
    }
}

impl Baselines for Album {
    fn find<'a>(
        &'a self,
        key: &'a BaselineKey,
    ) -> Pin<Box<dyn Future<Output = Result<Option<Bytes>, String>> + Send + 'a>> {
        let name = format!("{}.{}.{}", key.step_id, key.engine, key.screen);
        let found = self.0.lock().unwrap().get(&name).cloned();
        Box::pin(ready(Ok(found)))
    }
}

fn looks(more: Value) -> Value {
    let mut step =
        json!({ "id": "look", "type": "checkpoint", "checkType": "visual", "timeout": 3_000 });
    let fields = step.as_object_mut().unwrap();
    fields.extend(more.as_object().unwrap().clone());
    step
}

async fn on(html: &str, steps: Value, album: &Album) -> Plan {
    let baselines = Arc::new(album.clone());
    let plan = plan(&[("/", html)], steps).await;
    plan.with(|options| options.baselines = baselines)
}

/// Performs the steps on two pages; what the first one looked like is the baseline for the second.
async fn first_then(first: &str, second: &str, steps: Value) -> Run {
    let album = Album::default();
    let run = on(first, steps.clone(), &album).await.run().await;
    assert_eq!(
        run.outcome.error.as_ref().map(|error| error.code),
        Some(ErrorCode::NoBaseline)
    );
    album.approve(&run);
    on(second, steps, &album).await.run().await
}

fn pixels(png: &Bytes) -> RgbaImage {
    image::load_from_memory(png).unwrap().into_rgba8()
}

const PAGE: &str = "<!doctype html><style>body{margin:0;font:16px sans-serif}h1{margin:0;height:60px}#box{width:120px;height:60px;background:teal}\
    #tall{height:1500px}</style><h1>Cart</h1><div id=box></div><div id=tall></div><footer>End</footer>";

#[tokio::test]
async fn a_picture_that_nobody_approved_fails_and_passes_once_it_is() {
    for (subject, size) in [
        (json!({}), Some((800, 600))),
        (json!({ "selectors": css("#box") }), Some((120, 60))),
        (json!({ "selectors": css("#tall") }), Some((800, 1500))),
        (json!({ "fullPage": true }), None),
    ] {
        let album = Album::default();
        let steps = json!([looks(subject.clone())]);
        let run = on(PAGE, steps.clone(), &album).await.run().await;
        let step = run.fails_at(0, ErrorCode::NoBaseline);
        let message = &step.error.as_ref().unwrap().message;
        assert!(message.contains("--update-baselines"), "{message}");
        let visual = step.visual.as_deref().unwrap();
        assert_eq!(visual.verdict, VisualVerdict::NoBaseline);
        let picture = pixels(visual.pictures.actual.as_ref().unwrap());
        match size {
            Some(size) => assert_eq!(picture.dimensions(), size, "{subject}"),
            None => assert!(picture.height() > 1_500 && picture.width() == 800),
        }
        album.approve(&run);
        let run = on(PAGE, steps, &album).await.run().await;
        let visual = run.passes().steps[0].visual.as_deref().unwrap();
        assert_eq!(
            (visual.verdict, visual.share),
            (VisualVerdict::Same, Some(0.0))
        );
        assert!(
            visual.pictures.actual.is_none(),
            "nothing is kept of what is as it should be"
        );
    }
}

#[tokio::test]
async fn a_difference_fails_with_its_share_and_three_pictures() {
    // Nothing to scroll: a scroll bar over the page would be left out of the share.
    let page = PAGE.replace("height:1500px", "height:100px");
    let other = page.replace("background:teal", "background:tomato");
    let run = first_then(&page, &other, json!([looks(json!({}))])).await;
    let step = run.fails_at(0, ErrorCode::CheckFailed);
    let message = &step.error.as_ref().unwrap().message;
    assert_eq!(message, "1.5 % of the pixels differ (7200), none may");
    assert_eq!(step.expected.as_deref(), Some("none may"));
    let visual = step.visual.as_deref().unwrap();
    assert_eq!(
        (visual.differing_pixels, visual.share),
        (Some(7_200), Some(0.015))
    );
    let pictures = &visual.pictures;
    let (expected, actual) = (pictures.expected.as_ref(), pictures.actual.as_ref());
    assert_ne!(pixels(expected.unwrap()), pixels(actual.unwrap()));
    let drawn = pixels(pictures.difference.as_ref().unwrap());
    let red = drawn.pixels().filter(|pixel| pixel.0 == [220, 38, 38, 255]);
    assert_eq!(red.count(), 7_200);
}

#[tokio::test]
async fn what_may_differ_is_a_matter_of_threshold_and_tolerance() {
    let tomato = PAGE.replace("background:teal", "background:tomato");
    let near = PAGE.replace("background:teal", "background:#008484");
    for (page, fields) in [
        (&tomato, json!({ "threshold": 0.02 })),
        (&near, json!({ "tolerance": 0.1 })),
    ] {
        first_then(PAGE, page, json!([looks(fields)]))
            .await
            .passes();
    }
    let strict = json!([looks(json!({ "tolerance": 0.001, "threshold": 0 }))]);
    let run = first_then(PAGE, &near, strict).await;
    run.fails_at(0, ErrorCode::CheckFailed);
}

#[tokio::test]
async fn a_digit_that_has_changed_is_noticed() {
    let page =
        |total: &str| format!("<!doctype html><p style='font:13px sans-serif'>Total {total} €</p>");
    let run = first_then(&page("15.00"), &page("16.00"), json!([looks(json!({}))])).await;
    let step = run.fails_at(0, ErrorCode::CheckFailed);
    let differing = step.visual.as_deref().unwrap().differing_pixels.unwrap();
    // So little that any share of the page worth naming would let it pass.
    assert!((1..40).contains(&differing), "{differing}");
}

const CLOCK: &str = "<!doctype html><h1>Now</h1><p>It is <b class=clock>{time}</b></p><p>and <i class=clock>0</i></p>\
    <script>setInterval(() => { for (const at of document.querySelectorAll('i.clock')) at.textContent = Math.random().toFixed(9) }, 5)</script>";

#[tokio::test]
async fn what_is_masked_may_change_all_the_time() {
    let (then, now) = (
        CLOCK.replace("{time}", "09:12:33"),
        CLOCK.replace("{time}", "9:1"),
    );
    let masks = json!({ "masks": [{ "selectors": css(".clock") }] });
    let run = first_then(&then, &now, json!([looks(masks)])).await;
    assert!(run.passes().steps[0].visual.as_deref().unwrap().is_still);
    let half = json!({ "masks": [{ "selectors": css("i.clock") }] });
    let run = first_then(&then, &now, json!([looks(half)])).await;
    run.fails_at(0, ErrorCode::CheckFailed);
}

#[tokio::test]
async fn a_page_that_never_stands_still_is_said_to_move() {
    let clock = CLOCK.replace("{time}", "9:12");
    let run = first_then(&clock, &clock, json!([looks(json!({}))])).await;
    let step = run.fails_at(0, ErrorCode::CheckFailed);
    let detail = step.error.as_ref().unwrap().detail.as_deref().unwrap();
    assert!(detail.contains("mask what moves"), "{detail}");
}

#[tokio::test]
async fn a_negated_check_passes_when_the_page_looks_different() {
    let other = PAGE.replace("background:teal", "background:tomato");
    let steps = json!([looks(json!({ "negated": true, "selectors": css("#box") }))]);
    first_then(PAGE, &other, steps.clone()).await.passes();
    let run = first_then(PAGE, PAGE, steps).await;
    let step = run.fails_at(0, ErrorCode::CheckFailed);
    let message = &step.error.as_ref().unwrap().message;
    assert_eq!(message, "0 % of the pixels differ (0), some have to");
}

#[tokio::test]
async fn after_a_soft_check_the_run_goes_on_and_fails_at_its_end() {
    let steps = json!([
        looks(json!({ "soft": true })),
        { "id": "after", "type": "click", "selectors": css("h1") },
    ]);
    let run = on(PAGE, steps, &Album::default()).await.run().await;
    run.fails_at(0, ErrorCode::NoBaseline);
    assert_eq!(run.steps[1].status, StepStatus::Passed);
    assert_eq!(run.outcome.status, RunStatus::Failed);
}

#[tokio::test]
async fn another_size_is_said_with_both_sizes() {
    let wider = PAGE.replace("width:120px", "width:140px");
    let steps = json!([looks(json!({ "selectors": css("#box") }))]);
    let run = first_then(PAGE, &wider, steps).await;
    let step = run.fails_at(0, ErrorCode::CheckFailed);
    let message = &step.error.as_ref().unwrap().message;
    assert_eq!(
        message,
        "the picture is 140 × 60 pixels, the approved one 120 × 60"
    );
    let visual = step.visual.as_deref().unwrap();
    assert_eq!(
        (visual.verdict, visual.share),
        (VisualVerdict::OtherSize, None)
    );
    assert!(visual.pictures.difference.is_none());
}

const MOVING: &str = "<style>@keyframes spin{to{rotate:360deg}}@keyframes in{from{opacity:0;translate:80px}}\
    .spin{width:80px;height:80px;background:linear-gradient(red,blue);animation:spin {turn} infinite linear}\
    .in{animation:in 400ms}</style><div class=spin></div><h2 class=in>Hello</h2><p id=late></p><input autofocus value=here>\
    <script>for (const name of ['animationstart','animationiteration','animationend','animationcancel'])\
    document.addEventListener(name, (event) => note(name + ' ' + event.animationName));\
    new MutationObserver((all) => all.forEach(({ target }) => note('changed ' + target.nodeName)))\
    .observe(document, { subtree: true, attributes: true, childList: true });</script>";

#[tokio::test]
async fn motion_is_stilled_for_the_picture_and_the_page_notices_nothing() {
    let page = |turn: &str| noting(&MOVING.replace("{turn}", turn));
    let run = first_then(&page("7s"), &page("9s"), json!([looks(json!({}))])).await;
    run.passes();
    let rates = "document.getAnimations().map((one) => [one.animationName, one.playState, one.playbackRate])";
    assert_eq!(run.value(rates).await, json!([["spin", "running", 1]]));
    assert!(
        run.value("document.getAnimations()[0].currentTime > 300")
            .await
            == true,
        "it goes on from where it was"
    );
    let mut seen = run.seen().await;
    seen.sort();
    assert_eq!(
        seen,
        [
            "animationend in",
            "animationstart in",
            "animationstart spin"
        ]
    );
}

#[tokio::test]
async fn what_comes_late_is_waited_for() {
    let late = "<!doctype html><p id=at>Loading…</p><script>const show = () => document.getElementById('at').textContent = 'Done';</script>";
    let at_once = format!("{late}<script>show()</script>");
    let later =
        format!("{late}<script>addEventListener('load', () => setTimeout(show, 2500))</script>");
    let run = first_then(
        &at_once,
        &later,
        json!([looks(json!({ "selectors": css("#at") }))]),
    )
    .await;
    assert!(run.passes().steps[0].retries > 0);
}

#[tokio::test]
async fn an_element_of_a_frame_is_pictured_with_its_masks() {
    let page = |colour: &str, time: &str| {
        format!(
            "<!doctype html><style>h1{{margin:0;height:40px}}</style><h1>Outer</h1><iframe style='margin:40px;border:7px solid' srcdoc=\"<style>body{{margin:0}}\
             #card{{margin:20px;width:90px;height:40px;background:{colour}}}</style><div id=card><b>{time}</b></div>\"></iframe>"
        )
    };
    let steps = json!([looks(json!({
        "selectors": css("#card"), "frames": [{ "selectors": css("iframe") }],
        "masks": [{ "selectors": css("b") }],
    }))]);
    let (then, now) = (page("gold", "09:00"), page("gold", "10:11"));
    let run = first_then(&then, &now, steps.clone()).await;
    let visual = run.passes().steps[0].visual.as_deref().unwrap();
    assert_eq!((visual.width, visual.height), (90, 40));
    let run = first_then(&then, &page("plum", "09:00"), steps).await;
    run.fails_at(0, ErrorCode::CheckFailed);
}

#[tokio::test]
async fn an_element_that_is_not_there_is_not_found() {
    let steps = json!([looks(json!({ "selectors": css("#gone"), "timeout": 600 }))]);
    let run = on(PAGE, steps, &Album::default()).await.run().await;
    run.fails_at(0, ErrorCode::NotFound);
}

#[tokio::test]
async fn a_run_that_approves_passes_and_gives_the_new_pictures() {
    let album = Album::default();
    let steps = json!([looks(json!({}))]);
    let approving = async |page: &str| {
        let plan = on(page, steps.clone(), &album).await;
        let plan = plan.with(|options| options.approving = Approving::Now);
        plan.run().await
    };
    let first = approving(PAGE).await;
    assert!(first.passes().steps[0].visual.as_deref().unwrap().approved);
    album.approve(&first);
    let same = approving(PAGE).await;
    assert!(!same.passes().steps[0].visual.as_deref().unwrap().approved);
    let other = approving(&PAGE.replace("Cart", "Basket")).await;
    let visual = other.passes().steps[0].visual.as_deref().unwrap();
    assert!(visual.approved && visual.pictures.actual.is_some());
    assert_eq!(visual.verdict, VisualVerdict::Different);
}

/// The same recording in two places, between which the page becomes another.
async fn included_twice(html: &str, album: &Album, inner: Value) -> Plan {
    let steps = json!([
        { "id": "before", "type": "include", "recording": "inner" },
        { "type": "javascript", "expression": "document.querySelector('#box').style.background = 'navy'" },
        { "id": "after", "type": "include", "recording": "inner" },
    ]);
    let mut plan = on(html, steps, album).await;
    let inner =
        json!({ "testName": "Inner", "url": format!("{}/", plan.site.url), "actions": inner });
    let inner = Recording::from_value(inner).unwrap();
    plan.options.recordings.insert("inner".to_owned(), inner);
    plan
}

#[tokio::test]
async fn a_check_of_an_included_recording_has_a_baseline_for_each_place_where_it_is_included() {
    let album = Album::default();
    let inner = json!([looks(json!({ "selectors": css("#box"), "timeout": 1_000 }))]);
    for at in [0, 2] {
        let run = included_twice(PAGE, &album, inner.clone())
            .await
            .run()
            .await;
        let step = run.fails_at(at, ErrorCode::NoBaseline);
        let message = &step.error.as_ref().unwrap().message;
        assert!(message.starts_with("step 1 of “Inner”"), "{message}");
        let place = if at == 0 { "before/look" } else { "after/look" };
        assert_eq!(step.visual.as_deref().unwrap().step_id, place);
        album.approve(&run);
    }
    let run = included_twice(PAGE, &album, inner.clone())
        .await
        .run()
        .await;
    assert_eq!(
        run.passes().steps[0].visual.as_deref().unwrap().verdict,
        VisualVerdict::Same
    );

    let other = PAGE.replace("background:teal", "background:tomato");
    let run = included_twice(&other, &album, inner).await.run().await;
    let step = run.fails_at(0, ErrorCode::CheckFailed);
    let visual = step.visual.as_deref().unwrap();
    assert_eq!(visual.verdict, VisualVerdict::Different);
    assert!(visual.pictures.difference.is_some());
}

#[tokio::test]
async fn of_several_checks_of_an_included_recording_the_first_that_failed_is_told_and_none_is_lost()
{
    // Firefox takes a second for a picture when it is busy.
    let patience = match engine() {
        Engine::Firefox => 3_000,
        Engine::Chromium | Engine::WebKit => 500,
    };
    let look = |id: &str| {
        let mut step =
            looks(json!({ "selectors": css("#box"), "soft": true, "timeout": patience }));
        step["id"] = json!(id);
        step
    };
    let inner = json!([look("one"), look("two")]);
    let ids = |run: &Run| {
        let step = &run.steps[0];
        let first = step.visual.as_deref().unwrap().step_id.clone();
        let more = step
            .visuals_within
            .iter()
            .map(|visual| visual.step_id.clone());
        std::iter::once(first).chain(more).collect::<Vec<_>>()
    };
    let album = Album::default();
    let run = included_twice(PAGE, &album, inner.clone())
        .await
        .run()
        .await;
    run.fails_at(0, ErrorCode::NoBaseline);
    assert_eq!(ids(&run), ["before/one", "before/two"]);
    assert!(run.steps[0].visuals_within[0].pictures.actual.is_some());

    let plan = included_twice(PAGE, &album, inner).await;
    let run = plan
        .with(|options| options.approving = Approving::Now)
        .run()
        .await;
    run.passes();
    assert_eq!(
        ids(&run),
        ["before/two", "before/one"],
        "the last one, when all are well"
    );
    assert!(run.steps[0].visuals_within[0].approved);
}

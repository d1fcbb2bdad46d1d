//! What pages, tabs and browsers do to a step that is under way: it fails with the right reason, in time and with evidence,
//! and the run after it works.

mod steps;

use std::time::{Duration, Instant};

use browser::{Browser, Engine, LoadState, Page};
use futures_util::{StreamExt as _, stream};
use replay::{ErrorCode, Outcome, PlayEvent, RunStatus, StepStatus, play};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use crate::support::{Run, Stage, css, engine, noting, on_page, plan, progress};
use steps::{Waiting, provide, recording_of, waiting};

/// What a step that has to fail by itself may take.
const SHORT_MS: u64 = 900;
/// What a step may take that something else ends.
const LONG_MS: u64 = 45_000;
/// How soon it has to be over then, on a busy machine.
const SOON: Duration = Duration::from_secs(20);
/// Runs at once, each in a context of its own; Firefox draws the page in front only.
fn at_once() -> usize {
    match engine() {
        Engine::Chromium => 4,
        Engine::WebKit => 2,
        Engine::Firefox => 1,
    }
}

/// One step on a page; `Err` tells what is wrong with its result.
async fn on(browser: &Browser, html: &str, step: &Value, timeout: u64) -> Run {
    let next = noting("<button id=b>b</button>");
    plan(
        &[("/", html), ("/next", &next)],
        recording_of(step, timeout),
    )
    .await
    .with(provide)
    .on(Stage::of(browser.clone()).await)
    .await
}

/// Each step fails on the page with one of the codes, and its evidence is there.
async fn each_fails(html: &str, cases: Vec<(Value, Vec<ErrorCode>)>) {
    let browser = &Stage::open().await.browser;
    let wrong: Vec<String> = stream::iter(cases)
        .map(async |(step, codes)| {
            let run = on(browser, html, &step, SHORT_MS).await;
            let code = code_of(&run.outcome);
            let (status, evidence) = (run.outcome.status, run.outcome.failure_evidence.is_some());
            run.context.close(&progress()).await.unwrap();
            let is_right = code.is_some_and(|code| codes.contains(&code))
                && status == RunStatus::Failed
                && evidence;
            (!is_right).then(|| format!("{step}: {code:?}, {status:?}, evidence {evidence}"))
        })
        .buffer_unordered(at_once())
        .filter_map(std::future::ready)
        .collect()
        .await;
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn what_is_missing_is_named() {
    let cases = waiting()
        .into_iter()
        .map(|Waiting { step, code }| (step, vec![code]));
    each_fails(&noting("<p>nothing"), cases.collect()).await;
}

#[tokio::test]
async fn a_frame_that_is_not_there_is_named() {
    let framed = |of: Waiting| {
        let mut step = of.step;
        let element = !step["selectors"].is_null() || step["type"] == "scroll";
        step["frames"] = json!([{ "selectors": css("#nowhere") }]);
        element.then_some((step, vec![ErrorCode::FrameNotFound]))
    };
    let cases = waiting().into_iter().filter_map(framed).collect();
    each_fails(&noting("<button id=b>b</button><iframe></iframe>"), cases).await;
}

fn pointing(code: ErrorCode) -> Vec<(Value, Vec<ErrorCode>)> {
    let points = |of: &Waiting| {
        matches!(
            of.step["type"].as_str(),
            Some("click" | "hover" | "wheel" | "drag")
        )
    };
    waiting()
        .into_iter()
        .filter(points)
        .map(|of| (of.step, vec![code]))
        .collect()
}

#[tokio::test]
async fn what_lies_over_the_whole_page_is_named() {
    let html = noting("<button id=b>b</button><div style='position:fixed;inset:0'>veil</div>");
    each_fails(&html, pointing(ErrorCode::Covered)).await;
}

#[tokio::test]
async fn what_never_stops_moving_is_named() {
    let html = noting(
        "<button id=b>b</button><script>b.animate([{ transform: 'none' }, { transform: 'translateX(90px)' }], { duration: 300, iterations: Infinity })</script>",
    );
    // A page that draws all the time may answer too late on a busy machine.
    let cases = pointing(ErrorCode::Unstable).into_iter();
    let late = cases.map(|(step, codes)| (step, [codes, vec![ErrorCode::Timeout]].concat()));
    each_fails(&html, late.collect()).await;
}

#[tokio::test]
async fn a_dialog_that_nobody_expected_is_named() {
    let html = noting("<script>setTimeout(() => alert('Surprise'), 250)</script>");
    let cases = waiting().into_iter().map(|of| match of.code {
        // It is a dialog that this one waits for.
        ErrorCode::NoDialog => (of.step, vec![ErrorCode::WrongDialog]),
        _ => (of.step, vec![ErrorCode::UnexpectedDialog]),
    });
    each_fails(&html, cases.collect()).await;
}

#[tokio::test]
async fn a_page_that_goes_on_in_the_middle_of_a_step_is_looked_at_again() {
    let html = noting("<script>setTimeout(() => { location = '/next' }, 250)</script>");
    let browser = &Stage::open().await.browser;
    for step in [
        json!({ "type": "click", "selectors": css("#b") }),
        json!({ "type": "hover", "selectors": css("#b") }),
        json!({ "type": "keypress", "selectors": css("#b"), "key": "a" }),
        json!({ "type": "checkpoint", "checkType": "elementText", "selectors": css("#b"), "expectedValue": "b" }),
        json!({ "type": "wait", "waitFor": "element", "selectors": css("#b") }),
        json!({ "type": "wait", "waitFor": "expression", "value": "document.querySelector('#b')" }),
        json!({ "type": "store", "from": "text", "variable": "N", "selectors": css("#b") }),
        json!({ "type": "scroll", "scrollX": 0, "scrollY": 0, "element": { "css": "#b" } }),
        json!({ "type": "include", "recording": "inner" }),
    ] {
        let run = on(browser, &html, &step, LONG_MS).await;
        run.passes();
        run.context.close(&progress()).await.unwrap();
    }
}

/// Begins the step and ends it from outside; tells how the run ended, or that it did not soon.
async fn ended(
    stage: Stage,
    step: &Value,
    end: impl AsyncFnOnce(&Stage),
) -> (Option<ErrorCode>, Duration) {
    let html = noting("<p>nothing");
    let plan = plan(&[("/", &html)], recording_of(step, LONG_MS))
        .await
        .with(provide);
    let recording = plan.recording();
    let (mut observer, mut events) = mpsc::channel(16);
    let playing = play(
        &plan.progress,
        &stage.context,
        &recording,
        &plan.options,
        &mut observer,
    );
    let ending = async {
        while let Some(event) = events.recv().await {
            if let PlayEvent::StepStarted { .. } = event {
                break;
            }
        }
        end(&stage).await;
        let ended = Instant::now();
        while let Some(event) = events.recv().await {
            match event {
                PlayEvent::StepFinished(step) if step.index == 0 => {
                    assert_eq!(step.status, StepStatus::Failed, "{step:?}")
                }
                PlayEvent::Finished(_) => break,
                _ => {}
            }
        }
        ended.elapsed()
    };
    let (outcome, took) = tokio::join!(playing, ending);
    assert!(outcome.failure_evidence.is_some(), "{step}");
    (code_of(&outcome), took)
}

fn code_of(outcome: &Outcome) -> Option<ErrorCode> {
    outcome.error.as_ref().map(|error| error.code)
}

fn tab_of(stage: &Stage) -> Page {
    stage.context.pages().pop().unwrap()
}

/// Every kind of step, ended from outside; each has to say `code`.
async fn each_ended(code: ErrorCode, end: impl AsyncFn(&Stage)) {
    let browser = &Stage::open().await.browser;
    let end = &end;
    // This one waits for another tab, whatever becomes of its own.
    let steps = waiting()
        .into_iter()
        .filter(|of| of.code != ErrorCode::TabNotFound);
    let wrong: Vec<String> = stream::iter(steps)
        .map(async |Waiting { step, .. }| {
            let stage = Stage::of(browser.clone()).await;
            let context = stage.context.clone();
            let (found, took) = ended(stage, &step, async |stage| end(stage).await).await;
            // A context whose only page has died may have gone with it.
            drop(context.close(&progress()).await);
            let is_right = found == Some(code) && took < SOON;
            (!is_right).then(|| format!("{step}: {found:?} after {took:?}"))
        })
        .buffer_unordered(at_once())
        .filter_map(std::future::ready)
        .collect()
        .await;
    assert!(wrong.is_empty(), "{wrong:#?}");
    // What comes after it in the same browser works.
    let run = on(
        browser,
        &noting("<button id=b>b</button>"),
        &json!({ "type": "click", "selectors": css("#b") }),
        LONG_MS,
    )
    .await;
    run.passes();
    run.context.close(&progress()).await.unwrap();
}

#[tokio::test]
async fn a_tab_that_is_closed_in_the_middle_of_a_step_fails_it() {
    each_ended(ErrorCode::PageClosed, async |stage| {
        tab_of(stage).close(&progress()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_page_that_crashes_in_the_middle_of_a_step_fails_it() {
    // Only Chromium has an address that crashes a page, and it alone; elsewhere the pages' processes are killed.
    let process = match engine() {
        Engine::Chromium => {
            return each_ended(ErrorCode::PageCrashed, async |stage| {
                let page = tab_of(stage);
                drop(
                    page.goto(&progress(), "chrome://crash", LoadState::Load)
                        .await,
                );
            })
            .await;
        }
        Engine::Firefox => "Isolated Web Co",
        Engine::WebKit => "WebKitWebProces",
    };
    for Waiting { step, .. } in waiting().into_iter().step_by(5) {
        let (found, took) = ended(Stage::alone().await, &step, async |stage| {
            let group = stage.browser.pid().to_string();
            let killed = std::process::Command::new("pkill")
                .args(["-KILL", "-g", &group, process])
                .status();
            assert!(killed.unwrap().success());
        })
        .await;
        assert_eq!(found, Some(ErrorCode::PageCrashed), "{step}");
        assert!(took < SOON, "{step}: {took:?}");
    }
}

#[tokio::test]
async fn a_browser_that_is_killed_in_the_middle_of_a_step_fails_it_and_the_next_one_works() {
    for Waiting { step, .. } in waiting().into_iter().step_by(5) {
        let (found, took) = ended(Stage::alone().await, &step, async |stage| {
            let pid = stage.browser.pid().to_string();
            let killed = std::process::Command::new("kill")
                .args(["-KILL", &pid])
                .status();
            assert!(killed.unwrap().success());
        })
        .await;
        assert_eq!(found, Some(ErrorCode::BrowserGone), "{step}");
        assert!(took < SOON, "{step}: {took:?}");
    }
    let html = noting("<button id=b onclick='note(1)'>b</button>");
    let run = on_page(&html, json!([{ "type": "click", "selectors": css("#b") }])).await;
    run.passes();
    assert_eq!(run.seen().await, ["1"]);
}

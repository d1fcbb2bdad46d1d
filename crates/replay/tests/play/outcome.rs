use std::time::{Duration, Instant};

use browser::Progress;
use replay::{ErrorCode, PlayEvent, RunStatus, ScreenshotMode, StepStatus, Timing, play};
use serde_json::json;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::support::{Stage, css, noting, on_page, plan};

#[tokio::test]
async fn a_step_of_an_unknown_type_fails() {
    on_page("x", json!([{ "type": "teleport" }]))
        .await
        .fails_at(0, ErrorCode::Unsupported);
}

#[tokio::test]
async fn a_failure_leaves_its_evidence_and_the_steps_after_it_are_skipped() {
    let html = noting(
        "<h1>Broken</h1><script>console.error('it broke'); setTimeout(() => { throw new Error('uncaught') }); fetch('/missing')</script><div style='height:3000px'>long</div>",
    );
    let steps = json!([
        { "type": "checkpoint", "checkType": "elementVisible", "selectors": css("h1") },
        { "type": "click", "selectors": css("#gone"), "timeout": 1500 },
        { "type": "click", "selectors": css("h1") },
    ]);
    let run = plan(&[("/", &html)], steps)
        .await
        .with(|options| options.screenshots = ScreenshotMode::OnFailure)
        .run()
        .await;
    let step = run.fails_at(1, ErrorCode::NotFound);
    assert!(step.screenshot.is_some());
    assert_eq!(step.error.as_ref().unwrap().tried[0].value, "#gone");
    assert!(matches!(run.steps[2].status, StepStatus::Skipped { .. }));
    assert_eq!(
        (run.outcome.passed, run.outcome.failed, run.outcome.skipped),
        (1, 1, 1)
    );

    let kept = run.outcome.failure_evidence.as_ref().unwrap();
    assert_eq!(&kept.before.as_ref().unwrap()[..3], [0xff, 0xd8, 0xff]);
    assert_eq!(&kept.after.as_ref().unwrap()[..3], [0xff, 0xd8, 0xff]);
    let png = kept.evidence.png_full_page.as_ref().unwrap();
    assert_eq!(&png[1..4], b"PNG");
    let height = u32::from_be_bytes(png[20..24].try_into().unwrap());
    assert!(height > 3000, "the whole page, not the viewport: {height}");
    assert!(
        kept.evidence
            .dom
            .as_ref()
            .unwrap()
            .contains("<h1>Broken</h1>")
    );
    let console: Vec<&str> = kept
        .evidence
        .console
        .iter()
        .map(|entry| entry.text.as_str())
        .collect();
    assert!(
        console.iter().any(|text| text.contains("it broke")),
        "{console:?}"
    );
    assert!(
        console.iter().any(|text| text.contains("uncaught")),
        "{console:?}"
    );
    assert!(
        kept.evidence
            .network_failures
            .iter()
            .any(|failure| failure.url.ends_with("/missing")),
        "{:?}",
        kept.evidence.network_failures
    );
    assert_eq!(kept.evidence.title.as_deref(), Some("Test"));
}

#[tokio::test]
async fn pictures_are_taken_of_every_step_or_of_none() {
    for (mode, wanted) in [
        (ScreenshotMode::Always, true),
        (ScreenshotMode::OnFailure, false),
        (ScreenshotMode::Never, false),
    ] {
        let steps = json!([{ "type": "click", "selectors": css("h1") }]);
        let run = plan(&[("/", "<h1>x</h1>")], steps)
            .await
            .with(|options| options.screenshots = mode)
            .run()
            .await;
        run.passes();
        assert_eq!(run.steps[0].screenshot.is_some(), wanted, "{mode}");
    }
}

#[tokio::test]
async fn steps_that_may_fail_or_be_missing_are_skipped() {
    let click = |more: &str| {
        let mut step = json!({ "type": "click", "selectors": css("#gone"), "timeout": 600 });
        step[more] = json!(true);
        step
    };
    let run = on_page(
        &noting("<button disabled id=gone>x</button>"),
        json!([click("isOptional")]),
    )
    .await;
    assert_eq!(run.outcome.error, None);
    assert!(matches!(run.steps[0].status, StepStatus::Skipped { .. }));
    let run = on_page(&noting(""), json!([click("skipIfNotFound")])).await;
    assert_eq!(run.outcome.status, RunStatus::Passed);
    // It is there, and cannot be clicked: that is a failure.
    let run = on_page(
        &noting("<button disabled id=gone>x</button>"),
        json!([click("skipIfNotFound")]),
    )
    .await;
    run.fails_at(0, ErrorCode::Disabled);
}

#[tokio::test]
async fn a_run_goes_on_after_a_failure_when_asked_to_and_has_failed_all_the_same() {
    let html = noting("<button id=b onclick=\"note('b')\">b</button>");
    let steps = json!([{ "type": "click", "selectors": css("#gone"), "timeout": 600 }, { "type": "click", "selectors": css("#b") }]);
    let run = plan(&[("/", &html)], steps)
        .await
        .with(|options| options.continue_on_error = true)
        .run()
        .await;
    run.fails_at(0, ErrorCode::NotFound);
    assert_eq!(run.seen().await, ["b"]);
}

#[tokio::test]
async fn a_page_that_never_answers_ends_at_the_deadline() {
    let steps = json!([{ "type": "navigation", "to": "{site}/never", "navigationTrigger": "manual", "timeout": 1000 }]);
    let began = Instant::now();
    plan(&[("/", "x")], steps)
        .await
        .run()
        .await
        .fails_at(0, ErrorCode::Timeout);
    assert!(
        began.elapsed() < Duration::from_secs(25),
        "{:?}",
        began.elapsed()
    );
}

#[tokio::test]
async fn a_run_that_takes_too_long_is_timed_out() {
    let steps = json!([
        { "type": "wait", "waitFor": "element", "selectors": css("#gone") },
        { "type": "click", "selectors": css("#gone") },
    ]);
    let run = plan(&[("/", "x")], steps)
        .await
        .with(|options| options.run_timeout = Duration::from_secs(4))
        .run()
        .await;
    assert_eq!(run.outcome.status, RunStatus::TimedOut);
    assert!(matches!(run.steps[1].status, StepStatus::Skipped { .. }));
}

#[tokio::test]
async fn a_run_is_cancelled_in_the_middle_of_a_step() {
    // The last one: nothing comes after it that could notice.
    let steps = json!([{ "type": "click", "selectors": css("#gone"), "skipIfNotFound": true }]);
    let plan = plan(&[("/", "x")], steps).await;
    let stage = Stage::open().await;
    let recording = plan.recording();
    let cancel = CancellationToken::new();
    let progress =
        Progress::with_deadline(Instant::now() + Duration::from_secs(60), cancel.clone());
    let (mut sender, mut events) = mpsc::channel(16);
    let running = tokio::spawn(async move {
        let outcome = play(
            &progress,
            &stage.context,
            &recording,
            &plan.options,
            &mut sender,
        )
        .await;
        (outcome, stage)
    });
    while let Some(event) = events.recv().await {
        if let PlayEvent::StepStarted { index: 0, .. } = event {
            break;
        }
    }
    let cancelled = Instant::now();
    cancel.cancel();
    let (outcome, stage) = running.await.unwrap();
    assert_eq!(outcome.status, RunStatus::Cancelled);
    assert!(
        cancelled.elapsed() < Duration::from_secs(5),
        "{:?}",
        cancelled.elapsed()
    );
    assert_eq!((outcome.passed, outcome.failed, outcome.skipped), (0, 0, 1));
    stage
        .context
        .close(&Progress::with_timeout(Duration::from_secs(30)))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_browser_that_dies_fails_the_run() {
    let plan = plan(
        &[("/", "x")],
        json!([{ "type": "click", "selectors": css("#gone") }]),
    )
    .await;
    let stage = Stage::alone().await;
    let recording = plan.recording();
    let (mut sender, mut events) = mpsc::channel(16);
    let browser = stage.browser.clone();
    let running = tokio::spawn(async move {
        play(
            &plan.progress,
            &stage.context,
            &recording,
            &plan.options,
            &mut sender,
        )
        .await
    });
    while let Some(event) = events.recv().await {
        if let PlayEvent::StepStarted { .. } = event {
            break;
        }
    }
    browser.close().await;
    let outcome = running.await.unwrap();
    assert_eq!(outcome.status, RunStatus::Failed);
    assert_eq!(outcome.error.unwrap().code, ErrorCode::BrowserGone);
}

#[tokio::test]
async fn a_recording_is_performed_at_the_pace_of_the_person_or_faster() {
    let steps = json!([
        { "type": "click", "selectors": css("h1"), "timestamp": 0, "completedAt": 0 },
        { "type": "click", "selectors": css("h1"), "timestamp": 1200, "completedAt": 1200 },
    ]);
    for (timing, at_least) in [
        (Timing::Realistic, 1100),
        (Timing::Fast, 250),
        (Timing::Instant, 0),
    ] {
        let run = plan(&[("/", "<h1>x</h1>")], steps.clone())
            .await
            .with(|options| options.timing = timing)
            .run()
            .await;
        run.passes();
        let pause =
            run.steps[1].started_at.as_millisecond() - run.steps[0].started_at.as_millisecond();
        assert!(pause >= at_least, "{timing}: {pause} ms");
    }
}

#[tokio::test]
async fn a_picture_that_was_asked_for_is_kept_whatever_the_run_keeps_otherwise() {
    let html = noting("<div style='height:3000px;background:linear-gradient(red,blue)'></div>");
    let steps = json!([
        { "type": "screenshot" },
        { "type": "screenshot", "fullPage": true },
        { "type": "javascript", "expression": "1" },
    ]);
    let run = plan(&[("/", &html)], steps)
        .await
        .with(|options| options.screenshots = ScreenshotMode::Never)
        .run()
        .await;
    run.passes();
    let size = |at: usize| {
        let picture = run.steps[at].screenshot.as_ref().unwrap();
        let decoded = raster::decode_jpeg(picture).unwrap();
        (decoded.width, decoded.height)
    };
    let (seen, whole) = (size(0), size(1));
    assert_eq!(seen.0, whole.0);
    assert!(seen.1 < 1_500 && whole.1 > 3_000, "{seen:?} {whole:?}");
    assert!(run.steps[2].screenshot.is_none());
}

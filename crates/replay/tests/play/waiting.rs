use std::time::{Duration, Instant};

use browser::Engine;
use replay::ErrorCode;
use serde_json::{Value, json};

use crate::support::{css, engine, noting, on_page, plan};

#[tokio::test]
async fn waits_end_when_what_they_wait_for_is_there() {
    let html = noting(
        "<script>setTimeout(() => { document.body.insertAdjacentHTML('beforeend', '<p id=late>late</p>'); history.pushState({}, '', '/late') }, 200)</script>",
    );
    let steps = json!([
        { "type": "wait", "waitFor": "duration", "value": "150ms" },
        { "type": "wait", "waitFor": "element", "selectors": css("#late") },
        { "type": "wait", "waitFor": "url", "value": "/late" },
        { "type": "wait", "waitFor": "load" },
    ]);
    let began = Instant::now();
    on_page(&html, steps).await.passes();
    assert!(began.elapsed() >= Duration::from_millis(150));
}

#[tokio::test]
async fn waits_for_what_never_comes_fail() {
    let cases = [
        (
            json!({ "type": "wait", "waitFor": "element", "selectors": css("#gone") }),
            ErrorCode::CheckFailed,
        ),
        (
            json!({ "type": "wait", "waitFor": "url", "value": "/gone" }),
            ErrorCode::WrongAddress,
        ),
        (
            json!({ "type": "wait", "waitFor": "expression", "value": "window.never" }),
            ErrorCode::Timeout,
        ),
        (
            json!({ "type": "wait", "waitFor": "response", "value": "/nowhere" }),
            ErrorCode::Timeout,
        ),
        (
            json!({ "type": "wait", "waitFor": "duration", "value": 60_000 }),
            ErrorCode::Timeout,
        ),
        (
            json!({ "type": "wait", "waitFor": "moonrise" }),
            ErrorCode::Unsupported,
        ),
    ];
    for (mut step, code) in cases {
        step["timeout"] = json!(600);
        on_page(&noting(""), json!([step])).await.fails_at(0, code);
    }
}

#[tokio::test]
async fn a_script_that_goes_to_another_page_is_done_when_it_is_there() {
    let next = noting("<button id=b onclick=\"note('pressed')\">b</button>");
    let inner = "<script>window.done = () => frameElement.remove()</script>";
    let pages = [
        ("/", "<iframe id=f src=/inner></iframe>"),
        ("/inner", inner),
        ("/next", next.as_str()),
    ];
    let steps = json!([
        { "type": "javascript", "expression": "done(), new Promise(() => {})", "frames": [{ "selectors": css("#f") }] },
        { "type": "javascript", "expression": "location.href = '/next', new Promise(() => {})" },
        { "type": "click", "selectors": css("#b") },
    ]);
    let run = plan(&pages, steps).await.run().await;
    run.passes();
    assert_eq!(run.seen().await, ["pressed"]);
}

#[tokio::test]
async fn scripts_are_evaluated_and_their_exceptions_fail_the_step() {
    let run = on_page(
        &noting(""),
        json!([{ "type": "javascript", "expression": "note('ran'), Promise.resolve({ a: 1 })" }]),
    )
    .await;
    run.passes();
    assert_eq!(run.steps[0].actual.as_deref(), Some(r#"{"a":1}"#));
    assert_eq!(run.seen().await, ["ran"]);
    let run = on_page(
        &noting(""),
        json!([{ "type": "javascript", "expression": "missing.thing" }]),
    )
    .await;
    let step = run.fails_at(0, ErrorCode::ScriptFailed);
    assert!(
        step.error.as_ref().unwrap().message.contains("missing"),
        "{step:?}"
    );
}

#[tokio::test]
async fn the_page_area_changes_its_size() {
    let steps =
        json!([{ "type": "viewport", "width": 390, "height": 700, "deviceScaleFactor": 2 }]);
    let run = on_page(&noting(""), steps).await;
    if engine() == Engine::WebKit {
        run.fails_at(0, ErrorCode::Unsupported);
        return;
    }
    run.passes();
    assert_eq!(
        run.value("[innerWidth, innerHeight, devicePixelRatio]")
            .await,
        json!([390, 700, 2])
    );
    on_page(
        &noting(""),
        json!([{ "type": "viewport", "width": 0, "height": 1 }]),
    )
    .await
    .fails_at(0, ErrorCode::Unsupported);
}

#[tokio::test]
async fn what_the_recorder_saw_the_page_reach_is_waited_for() {
    let html = noting(
        "<button id=b onclick='note(`${pic.complete} ${globalThis.come === true}`)'><img id=pic> send</button>",
    );
    let click = |conditions: Value| json!({ "type": "click", "selectors": css("#b"), "waitConditions": conditions });
    let picture = json!({ "type": "javascript", "expression": "void (pic.src = '/slow.png')" });
    let request = json!({ "type": "javascript", "expression": "void fetch('/slow').then(() => { globalThis.come = true })" });
    let not_waiting = json!({ "imageLoaded": false, "networkIdle": false, "elementVisible": true });
    let endless = |step: &Value| {
        let expression = step["expression"]
            .as_str()
            .unwrap()
            .replace("/slow", "/never?");
        json!({ "type": "javascript", "expression": expression })
    };
    for (before, conditions, seen) in [
        (&picture, json!({ "imageLoaded": true }), "true false"),
        (&endless(&picture), not_waiting.clone(), "false false"),
        (&request, json!({ "networkIdle": true }), "true true"),
        (&endless(&request), not_waiting, "true false"),
    ] {
        let run = on_page(&html, json!([before, click(conditions)])).await;
        run.passes();
        assert_eq!(run.seen().await, [seen], "{before}");
    }
    // Seen of the element itself.
    let mut step = click(json!({ "elementVisible": true }));
    step["elementState"] =
        json!({ "visible": true, "imageComplete": true, "imageNaturalWidth": 40 });
    let run = on_page(&html, json!([picture, step])).await;
    run.passes();
    assert_eq!(run.seen().await, ["true false"]);
    // Never idle: a step goes on, and says so.
    let polling = json!({ "type": "javascript", "expression": "void fetch('/never')" });
    let run = on_page(
        &html,
        json!([polling, click(json!({ "networkIdle": true }))]),
    )
    .await;
    run.passes();
    let said = run.steps[1].waits.join(" ");
    assert!(said.contains("was not idle within 2s"), "{said}");
}

#[tokio::test]
async fn an_address_that_changed_when_recorded_has_changed_before_the_next_step() {
    let html = noting(
        "<button id=next onclick='note(location.hash); setTimeout(() => history.pushState(0, 0, `#${1 + Number(location.hash.slice(1))}`), 900)'>\
         next</button>",
    );
    let next = |change: Value| json!({ "type": "click", "selectors": css("#next"), "context": { "expectedUrlChange": change } });
    let seen = json!({ "type": "redirect", "patterns": ["#1"], "beforeUrl": "https://shop.example/", "afterUrl": "https://shop.example/#77" });
    let run = on_page(&html, json!([next(seen), next(json!({}))])).await;
    run.passes();
    assert_eq!(run.seen().await, ["", "#1"]);
    // Guessed, or seen to stay: there is nothing to wait for.
    let stays = json!({ "type": "same-page", "beforeUrl": "https://shop.example/", "afterUrl": "https://shop.example/" });
    for change in [json!({ "type": "success", "patterns": ["/thanks"] }), stays] {
        let run = on_page(&html, json!([next(change), next(json!({}))])).await;
        run.passes();
        assert_eq!(run.seen().await, ["", ""]);
    }
    let never = noting("<button id=next>next</button>");
    let seen = json!({ "beforeUrl": "a", "afterUrl": "b" });
    let run = on_page(&never, json!([next(seen)])).await;
    let said = run.passes().steps[0].waits.join(" ");
    assert!(said.contains("did not change within 2s"), "{said}");
}

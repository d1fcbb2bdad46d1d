use std::time::{Duration, Instant};

use recording::Recording;
use replay::{ErrorCode, StepStatus};
use serde_json::{Value, json};

use crate::support::{Plan, css, noting, on_page, plan};

fn note(text: &str) -> Value {
    json!({ "type": "javascript", "expression": format!("note({text})") })
}

fn control(command: &str, more: Value) -> Value {
    let mut step = json!({ "type": "control", "command": command });
    if let (Value::Object(step), Value::Object(more)) = (&mut step, more) {
        step.extend(more);
    }
    step
}

fn is_skipped(status: &StepStatus) -> bool {
    matches!(status, StepStatus::Skipped { .. })
}

#[tokio::test]
async fn the_first_branch_that_holds_is_taken_and_the_others_are_skipped() {
    let html = noting("<p id=shown>shown</p><p id=hidden hidden>hidden</p>");
    let steps = json!([
        control(
            "if",
            json!({ "checkType": "elementVisible", "selectors": css("#hidden") })
        ),
        note("'hidden'"),
        control(
            "elseIf",
            json!({ "expression": "document.querySelectorAll('p').length === 2" })
        ),
        note("'two'"),
        control("else", json!({})),
        note("'else'"),
        control("end", json!({})),
        control(
            "if",
            json!({ "checkType": "containsText", "expectedValue": "show", "selectors": css("#shown") })
        ),
        note("'contains'"),
        control("end", json!({})),
        control(
            "if",
            json!({ "checkType": "elementVisible", "negated": true, "selectors": css("#shown") })
        ),
        note("'gone'"),
        control("else", json!({})),
        note("'still there'"),
        control("end", json!({})),
    ]);
    let run = on_page(&html, steps).await;
    run.passes();
    assert_eq!(run.seen().await, ["two", "contains", "still there"]);
    let skipped: Vec<usize> = (0..15)
        .filter(|at| is_skipped(&run.steps[*at].status))
        .collect();
    assert_eq!(skipped, [1, 4, 5, 11]);
    assert_eq!((run.outcome.passed, run.outcome.skipped), (11, 4));
    assert_eq!(run.steps[2].actual.as_deref(), Some("it holds"));
}

#[tokio::test]
async fn loops_repeat_their_steps_and_set_their_variable() {
    let html = noting(
        "<input id=name><button onclick=\"note(document.getElementById('name').value)\">add</button>",
    );
    let steps = json!([
        control("forEach", json!({ "items": ["Ann", "Bob"], "variable": "WHO" })),
        control("times", json!({ "count": "2", "variable": "NTH" })),
        { "type": "input", "selectors": css("#name"), "value": "${WHO} ${NTH}", "tagName": "input" },
        { "type": "click", "selectors": css("button"), "tagName": "button" },
        control("end", json!({})),
        control("end", json!({})),
        control("while", json!({ "expression": "seen.length < 6" })),
        note("`while ${seen.length}`"),
        control("end", json!({})),
        control("do", json!({})),
        note("'do'"),
        control("repeatIf", json!({ "expression": "seen.length < 8" })),
    ]);
    let run = on_page(&html, steps).await;
    run.passes();
    assert_eq!(
        run.seen().await,
        [
            "Ann 1", "Ann 2", "Bob 1", "Bob 2", "while 4", "while 5", "do", "do"
        ]
    );
    assert_eq!((run.steps[3].rounds, run.steps[1].rounds), (4, 6));
    assert_eq!(run.outcome.passed, 12);
}

#[tokio::test]
async fn each_round_of_a_loop_may_mean_another_element() {
    let html = noting(
        "<button onclick='note(textContent)'>Feed the cat</button><button onclick='note(textContent)'>Water the plants</button>\
         <input type=password id=p>",
    );
    let steps = json!([
        control("forEach", json!({ "items": ["Water the plants", "Feed the cat"], "variable": "WHAT" })),
        { "type": "click", "selectors": [{ "strategy": "role", "value": "button[name=\"${WHAT}\"]" }], "tagName": "button" },
        control("end", json!({})),
        { "type": "click", "selectors": [{ "strategy": "text", "value": "${SECRET}" }], "tagName": "button" },
    ]);
    let run = plan(&[("/", &html)], steps)
        .await
        .with(|options| options.variables.set("SECRET", "Feed the cat"))
        .run()
        .await;
    run.passes();
    assert_eq!(
        run.seen().await,
        ["Water the plants", "Feed the cat", "Feed the cat"]
    );
    let matched = run.steps[3].matched.as_ref().unwrap();
    assert_eq!(matched.value, "${SECRET}");
}

#[tokio::test]
async fn what_is_stored_is_used_later_and_is_no_secret() {
    let html =
        noting("<b id=total data-cents=4200>42 mugs</b><input id=field value=old><input id=to>");
    let store = |from: &str, more: Value| {
        let mut step = json!({ "type": "store", "from": from, "variable": from.to_uppercase() });
        if let (Value::Object(step), Value::Object(more)) = (&mut step, more) {
            step.extend(more);
        }
        step
    };
    let steps = json!([
        store("text", json!({ "selectors": css("#total") })),
        store("value", json!({ "selectors": css("#field") })),
        store("attribute", json!({ "selectors": css("#total"), "value": "data-cents" })),
        store("title", json!({})),
        store("url", json!({})),
        store("expression", json!({ "value": "Promise.resolve([1, 2, ${ATTRIBUTE}])" })),
        store("literal", json!({ "value": "${TITLE}: ${TEXT}" })),
        { "type": "input", "selectors": css("#to"), "value": "${LITERAL}, ${VALUE}", "tagName": "input" },
        { "type": "checkpoint", "checkType": "elementHasValue", "expectedValue": "Test: 42 mugs, old", "selectors": css("#to") },
        store("count", json!({ "selectors": css("input") })),
        control("forEach", json!({ "expression": "${EXPRESSION}", "variable": "N" })),
        note("'${N}'"),
        control("if", json!({ "expression": "${N} > 100" })),
        note("'large'"),
        control("end", json!({})),
        control("end", json!({})),
    ]);
    let run = on_page(&html, steps).await;
    run.passes();
    assert_eq!(run.steps[6].actual.as_deref(), Some("Test: 42 mugs"));
    assert_eq!(run.steps[5].actual.as_deref(), Some("[1,2,4200]"));
    assert_eq!(run.steps[9].actual.as_deref(), Some("2"));
    // A script's own `${…}` is JavaScript's, so that the note says it as it is written.
    assert_eq!(run.seen().await, ["${N}", "${N}", "${N}", "large"]);
}

#[tokio::test]
async fn what_cannot_be_read_decided_or_ended_fails_its_step() {
    let cases = [
        (
            json!([{ "type": "store", "from": "text", "variable": "A", "selectors": css("#gone"), "timeout": 400 }]),
            ErrorCode::CheckFailed,
        ),
        (
            json!([{ "type": "store", "from": "attribute", "variable": "A", "value": "href", "selectors": css(".one"), "timeout": 400 }]),
            ErrorCode::CheckFailed,
        ),
        (
            json!([{ "type": "store", "from": "moon", "variable": "A" }]),
            ErrorCode::Unsupported,
        ),
        (
            json!([
                control("if", json!({ "expression": "no.such.thing" })),
                control("end", json!({}))
            ]),
            ErrorCode::ScriptFailed,
        ),
        (
            json!([
                control(
                    "if",
                    json!({ "checkType": "elementVisible", "selectors": css("p") })
                ),
                control("end", json!({}))
            ]),
            ErrorCode::NotUnique,
        ),
        (
            json!([
                control("times", json!({ "count": "many" })),
                control("end", json!({}))
            ]),
            ErrorCode::InvalidValue,
        ),
        (
            json!([
                control("times", json!({ "count": "${N}" })),
                control("end", json!({}))
            ]),
            ErrorCode::VariableMissing,
        ),
        (
            json!([
                control("forEach", json!({ "expression": "42", "variable": "N" })),
                control("end", json!({}))
            ]),
            ErrorCode::ScriptFailed,
        ),
    ];
    for (steps, code) in cases {
        let run = on_page(&noting("<p class=one>text<p>more"), steps.clone()).await;
        let failed = &run.steps[0];
        assert_eq!(
            failed.error.as_ref().map(|error| error.code),
            Some(code),
            "{steps} {failed:#?}"
        );
    }
    let run = on_page(
        &noting(""),
        json!([
            control("while", json!({ "expression": "true" })),
            note("1"),
            control("end", json!({})),
            note("2")
        ]),
    )
    .await;
    run.fails_at(0, ErrorCode::EndlessLoop);
    assert!(is_skipped(&run.steps[3].status));
    let open = on_page(
        &noting(""),
        json!([control("if", json!({ "expression": "1" }))]),
    )
    .await;
    let error = open.outcome.error.as_ref().unwrap();
    assert_eq!(error.code, ErrorCode::Unsupported);
    assert!(error.message.contains("never closed"), "{}", error.message);
}

#[tokio::test]
async fn a_step_that_failed_in_one_round_stays_failed() {
    let html = noting("<p id=n>0</p>");
    let steps = json!([
        control("times", json!({ "count": 3 })),
        { "type": "javascript", "expression": "n.textContent = Number(n.textContent) + 1" },
        { "type": "checkpoint", "checkType": "elementText", "negated": true, "expectedValue": "2", "selectors": css("#n"), "soft": true, "timeout": 300 },
        control("end", json!({})),
    ]);
    let run = on_page(&html, steps).await;
    run.fails_at(2, ErrorCode::CheckFailed);
    assert_eq!(run.steps[2].rounds, 3);
    assert_eq!((run.outcome.passed, run.outcome.failed), (3, 1));
}

#[tokio::test]
async fn a_recording_is_performed_in_the_place_of_a_step() {
    let login = Recording::from_value(json!({
        "testName": "Login", "url": "{site}/login",
        "actions": [
            { "type": "input", "selectors": css("#user"), "value": "${USER}", "tagName": "input" },
            { "type": "store", "from": "value", "variable": "NAME", "selectors": css("#user") },
            control("if", json!({ "expression": "${NAME} === 'ann'" })),
            { "type": "click", "selectors": css("button"), "tagName": "button", "timeout": 500 },
            control("end", json!({})),
        ],
    }))
    .unwrap();
    let page = noting("<input id=user><button onclick='note(user.value)'>Sign in</button>");
    let steps = json!([
        { "type": "include", "recording": "login", "open": true },
        { "type": "wait", "waitFor": "expression", "value": "seen[0] === ${NAME}" },
        { "type": "checkpoint", "checkType": "urlContains", "expectedUrl": "/login" },
    ]);
    let prepared = |steps: Value, page: &str| {
        let page = page.to_owned();
        let login = login.clone();
        async move {
            let mut plan = plan(&[("/", "<p>start"), ("/login", &page)], steps).await;
            let mut login = login;
            login.url = format!("{}/login", plan.site.url);
            plan.options.variables.set("USER", "ann");
            plan.options.recordings.insert("login".to_owned(), login);
            plan
        }
    };
    let run = prepared(steps.clone(), &page).await.run().await;
    run.passes();
    assert_eq!(run.steps[0].waits.len(), 5, "{:?}", run.steps[0].waits);
    assert!(
        run.steps[0].waits[0].starts_with("1. Type ${USER} in"),
        "{:?}",
        run.steps[0].waits
    );

    let without = page.replace("<button", "<i");
    let run = prepared(steps.clone(), &without).await.run().await;
    let failed = run.fails_at(0, ErrorCode::NotFound);
    let message = &failed.error.as_ref().unwrap().message;
    assert!(message.starts_with("step 4 of “Login” (Click"), "{message}");

    let run = prepared(json!([{ "type": "include", "recording": "other" }]), &page)
        .await
        .run()
        .await;
    run.fails_at(0, ErrorCode::FileMissing);
    let circle = prepared(json!([{ "type": "include", "recording": "login" }]), &page).await.with(|options| {
        let step = json!({ "testName": "Round", "url": "http://a.test/", "actions": [{ "type": "include", "recording": "login" }] });
        options.recordings.insert("login".to_owned(), Recording::from_value(step).unwrap());
    });
    circle.run().await.fails_at(0, ErrorCode::Unsupported);
}

/// A run on a page with the steps of `inner` as a recording that the first step includes.
async fn including(html: &str, inner: Value, more: Value) -> Plan {
    let mut step = json!({ "type": "include", "recording": "inner" });
    if let (Value::Object(step), Value::Object(more)) = (&mut step, more) {
        step.extend(more);
    }
    let mut plan = plan(&[("/", html)], json!([step])).await;
    let inner =
        json!({ "testName": "Inner", "url": format!("{}/", plan.site.url), "actions": inner });
    let inner = Recording::from_value(inner).unwrap();
    plan.options.recordings.insert("inner".to_owned(), inner);
    plan
}

#[tokio::test]
async fn an_included_step_that_is_healed_marks_the_run() {
    let html = noting("<h1>Invoice</h1><button data-testid=btn-save-changes>Save changes</button>");
    let save = json!([{
        "type": "click", "tagName": "button", "text": "Save", "timeout": 3000,
        "selectors": [{ "strategy": "data-testid", "value": "save-button" }],
        "fingerprint": {
            "kind": "press", "role": "button", "name": "Save", "tag": "button", "type": "submit",
            "attributes": { "testId": "save-button" }, "near": { "heading": "Invoice" },
            "others": [], "place": { "x": 8, "y": 80, "width": 60, "height": 22 },
        },
    }]);
    let run = including(&html, save, json!({})).await.run().await;
    run.passes();
    assert_eq!((run.outcome.steps_healed, run.outcome.healed), (1, true));
    assert!(run.steps[0].healed.is_some());
    assert!(
        run.steps[0].waits[0].ends_with("ms, healed)"),
        "{:?}",
        run.steps[0].waits
    );
}

#[tokio::test]
async fn an_included_recording_keeps_to_the_time_and_the_softness_that_are_said() {
    let slow = json!([{ "type": "wait", "waitFor": "duration", "value": 20_000 }]);
    let began = Instant::now();
    let run = including(&noting(""), slow, json!({ "timeout": 500 })).await;
    let run = run.run().await;
    run.fails_at(0, ErrorCode::Timeout);
    assert!(began.elapsed() < Duration::from_secs(15));

    let soft = json!([
        { "type": "checkpoint", "checkType": "pageTitle", "expectedValue": "Other", "soft": true, "timeout": 300 },
        note("'after'"),
    ]);
    let run = including(&noting(""), soft, json!({})).await.run().await;
    let failed = run.fails_at(0, ErrorCode::CheckFailed);
    let message = &failed.error.as_ref().unwrap().message;
    assert!(
        message.starts_with("step 1 of “Inner” (Check title"),
        "{message}"
    );
    assert_eq!(run.seen().await, ["after"]);
}

#[tokio::test]
async fn a_loop_tells_the_rounds_that_it_makes() {
    let steps = json!([
        control("times", json!({ "count": 2 })),
        note("'round'"),
        control("end", json!({})),
        control("while", json!({ "expression": "seen.length < 4" })),
        note("'while'"),
        control("end", json!({})),
    ]);
    let run = on_page(&noting(""), steps).await;
    run.passes();
    assert_eq!(run.seen().await, ["round", "round", "while", "while"]);
    // Both heads looked once more and found that they are over.
    assert_eq!((run.steps[0].rounds, run.steps[3].rounds), (3, 3));
    assert!(run.steps[0].waits.is_empty(), "{:?}", run.steps[0].waits);
    assert!(run.steps[3].waits.is_empty(), "{:?}", run.steps[3].waits);
}

#[tokio::test]
async fn an_answer_may_come_before_the_wait_and_after_it() {
    let html = noting(
        "<button id=now onclick=\"fetch('/data?now')\">now</button><button id=later onclick=\"setTimeout(() => fetch('/data?later'), 300)\">later</button>",
    );
    let steps = json!([
        { "type": "click", "selectors": css("#now"), "tagName": "button" },
        { "type": "wait", "waitFor": "response", "value": "/data?now" },
        { "type": "click", "selectors": css("#later"), "tagName": "button" },
        { "type": "wait", "waitFor": "response", "value": "/data?later" },
        { "type": "wait", "waitFor": "response", "value": "/data?now", "timeout": 400 },
    ]);
    let run = plan(&[("/", &html), ("/data", "{}")], steps)
        .await
        .run()
        .await;
    run.fails_at(4, ErrorCode::Timeout);
    assert!(
        run.steps[3]
            .actual
            .as_deref()
            .unwrap_or_default()
            .starts_with("200 http")
    );
}

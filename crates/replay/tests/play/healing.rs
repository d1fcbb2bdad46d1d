//! What healing does and, more often, what it leaves alone. How well it chooses is the corpus's business (`tests/healing`).

use browser::Engine;
use replay::{ErrorCode, Healing, RunStatus, StepResult};
use serde_json::{Value, json};

use crate::support::{Run, engine, noting, on_page, plan};

/// How long a step looks for its own element, in milliseconds: so long a test of one that is gone takes, and a browser
/// that other tests use too has to keep up with it.
fn patience() -> u64 {
    match engine() {
        Engine::Chromium => 1_500,
        Engine::Firefox | Engine::WebKit => 5_000,
    }
}

/// "Save" as it was recorded in a toolbar, with what the recorder keeps of it.
fn save() -> Value {
    json!({
        "type": "click", "tagName": "button", "text": "Save", "timeout": patience(),
        "selectors": [
            { "strategy": "data-testid", "value": "save-button" },
            { "strategy": "role", "value": "button[name=\"Save\"]" },
            { "strategy": "text-content", "value": "Save" },
        ],
        "fingerprint": {
            "kind": "press", "role": "button", "name": "Save", "tag": "button", "type": "submit",
            "attributes": { "testId": "save-button" }, "near": { "heading": "Invoice" },
            "others": ["Save draft", "Cancel"], "place": { "x": 8, "y": 80, "width": 60, "height": 22 },
        },
    })
}

fn with(mut step: Value, more: Value) -> Value {
    if let (Some(step), Some(more)) = (step.as_object_mut(), more.as_object()) {
        step.extend(more.clone());
    }
    step
}

/// The toolbar after it was renewed.
fn renewed(first: &str) -> String {
    noting(&format!(
        "<h1>Invoice</h1>{first} <button>Save draft</button> <button>Cancel</button>
        <script>addEventListener('click', (e) => note(e.target.textContent))</script>"
    ))
}

const RENAMED: &str = "<button data-testid='btn-save-changes'>Save changes</button>";

fn call_log(step: &StepResult) -> String {
    step.error
        .as_ref()
        .map(|error| error.call_log.join("\n"))
        .unwrap_or_default()
}

async fn performed(first: &str, step: Value) -> Run {
    on_page(&renewed(first), json!([step])).await
}

#[tokio::test]
async fn a_healed_step_says_what_it_took_for_what() {
    let run = performed(RENAMED, save()).await;
    run.passes();
    assert_eq!(run.seen().await, ["Save changes"]);
    assert!(run.outcome.healed);
    assert_eq!((run.outcome.steps_healed, run.outcome.passed), (1, 1));
    let step = &run.steps[0];
    assert_eq!(step.matched, None);
    let healed = step.healed.as_deref().unwrap();
    assert_eq!(healed.before.strategy, "data-testid");
    assert_eq!(healed.before.value, "save-button");
    assert_eq!(healed.after.description, "button “Save changes”");
    let first = &healed.after.selectors[0];
    assert_eq!(first.value.to_string(), "btn-save-changes");
    assert_eq!(healed.after.fingerprint["name"], "Save changes");
    assert!((0.6..=1.0).contains(&healed.score), "{}", healed.score);
    assert!(
        step.waits.iter().any(|line| line.starts_with("healed: ")),
        "{:?}",
        step.waits
    );
}

#[tokio::test]
async fn nothing_is_healed_when_that_is_switched_off() {
    let run = plan(&[("/", &renewed(RENAMED))], json!([save()]))
        .await
        .with(|options| options.healing = Healing::Off)
        .run()
        .await;
    let step = run.fails_at(0, ErrorCode::NotFound);
    assert_eq!(step.healed, None);
    assert!(!run.outcome.healed);
    assert!(run.seen().await.is_empty());
}

#[tokio::test]
async fn a_neighbour_of_the_recorded_element_is_not_taken_for_it() {
    let run = performed("", save()).await;
    let step = run.fails_at(0, ErrorCode::NotFound);
    assert!(
        call_log(step).contains("not healed: "),
        "{}",
        call_log(step)
    );
    assert!(run.seen().await.is_empty());
}

#[tokio::test]
async fn two_that_are_alike_are_left_alone() {
    let run = performed(
        &format!("{RENAMED} <button>Save all changes</button> <button>Save changes</button>"),
        save(),
    )
    .await;
    let step = run.fails_at(0, ErrorCode::NotFound);
    assert!(
        call_log(step).contains("nearly as alike"),
        "{}",
        call_log(step)
    );
    assert!(run.seen().await.is_empty());
}

#[tokio::test]
async fn an_element_that_another_step_names_is_left_alone() {
    let other = json!({
        "type": "click", "tagName": "button", "timeout": patience(),
        "selectors": [{ "strategy": "role", "value": "button[name=\"Save changes\"]" }],
    });
    let run = on_page(&renewed(RENAMED), json!([save(), other])).await;
    let step = run.fails_at(0, ErrorCode::NotFound);
    assert!(
        call_log(step).contains("another step of the recording names it"),
        "{}",
        call_log(step)
    );
    assert!(run.seen().await.is_empty());
}

#[tokio::test]
async fn an_element_that_takes_no_input_is_not_taken() {
    for disabled in [
        "<button disabled>Save changes</button>",
        "<button style='visibility:hidden'>Save changes</button>",
    ] {
        let run = performed(disabled, save()).await;
        run.fails_at(0, ErrorCode::NotFound);
    }
}

#[tokio::test]
async fn a_check_a_wait_and_a_step_whose_element_may_be_absent_are_not_healed() {
    let check = json!({ "type": "checkpoint", "checkType": "elementVisible" });
    let run = performed(RENAMED, with(save(), check)).await;
    run.fails_at(0, ErrorCode::CheckFailed);
    let wait = json!({ "type": "wait", "waitFor": "element" });
    let run = performed(RENAMED, with(save(), wait)).await;
    assert_eq!(run.outcome.status, RunStatus::Failed);
    assert_eq!(run.steps[0].healed, None);
    for absent in [
        json!({ "isOptional": true }),
        json!({ "skipIfNotFound": true }),
    ] {
        let role =
            json!({ "selectors": [{ "strategy": "role", "value": "button[name=\"Save\"]" }] });
        let run = performed(RENAMED, with(with(save(), role), absent)).await;
        assert_eq!(run.outcome.skipped, 1, "{:?}", run.steps);
        assert!(run.seen().await.is_empty());
    }
}

#[tokio::test]
async fn the_recorded_element_is_waited_for_before_another_is_taken() {
    let late = format!(
        "{RENAMED}<script>setTimeout(() => document.querySelector('h1').insertAdjacentHTML('afterend',
            '<button data-testid=save-button>Save</button>'), 400)</script>"
    );
    let run = performed(&late, save()).await;
    run.passes();
    assert_eq!(run.seen().await, ["Save"]);
    assert_eq!(run.steps[0].healed, None);
}

#[tokio::test]
async fn a_healed_field_is_read_back_where_the_text_went() {
    let step = json!({
        "type": "input", "tagName": "input", "text": "Email", "inputType": "email", "value": "a@example.test", "timeout": patience(),
        "selectors": [
            { "strategy": "label", "value": "Email" }, { "strategy": "id", "value": "user-mail" },
            { "strategy": "css", "value": "form.old > input" },
        ],
        "fingerprint": {
            "kind": "text", "role": "textbox", "name": "Email", "tag": "input", "type": "email",
            "attributes": { "id": "user-mail", "autocomplete": "email" }, "near": { "heading": "Newsletter" }, "others": ["Name"],
        },
    });
    let page = "<h2>Newsletter</h2><label>Name <input id=n></label> \
        <label>Your email address <input id=mail-address type=email autocomplete=email></label>";
    let run = on_page(page, json!([step])).await;
    run.passes();
    assert!(run.outcome.healed);
    let typed = run
        .value("document.querySelector('#mail-address').value")
        .await;
    assert_eq!(typed, "a@example.test");
}

#[tokio::test]
async fn a_password_goes_into_no_other_field() {
    let step = json!({
        "type": "input", "tagName": "input", "inputType": "password", "value": "secret", "timeout": patience(),
        "selectors": [{ "strategy": "label", "value": "Access" }],
        "fingerprint": {
            "kind": "secret", "role": "textbox", "name": "Access", "tag": "input", "type": "password",
            "attributes": { "id": "access" }, "near": { "heading": "Sign in" }, "others": [],
        },
    });
    let page = "<h1>Sign in</h1><label>Access name <input id=access-name></label>";
    let run = on_page(page, json!([step])).await;
    run.fails_at(0, ErrorCode::NotFound);
    assert_eq!(run.value("document.querySelector('input').value").await, "");
}

#[tokio::test]
async fn a_fingerprint_of_another_shape_is_no_fingerprint() {
    for print in [json!("yes"), json!({ "others": 3 }), json!([1])] {
        let run = performed("", with(save(), json!({ "fingerprint": print }))).await;
        run.fails_at(0, ErrorCode::NotFound);
    }
}

#[tokio::test]
async fn a_value_that_is_a_secret_is_in_no_healed_selector() {
    let run = plan(
        &[(
            "/",
            &renewed("<button data-testid=btn-save>Save for hunter2</button>"),
        )],
        json!([save()]),
    )
    .await
    .with(|options| options.variables.set("PASSWORD", "hunter2"))
    .run()
    .await;
    run.passes();
    let healed = run.steps[0].healed.as_deref().unwrap();
    let told = serde_json::to_string(healed).unwrap();
    assert!(!told.contains("hunter2"), "{told}");
    assert_eq!(healed.after.selectors[0].value.to_string(), "btn-save");
}

use replay::{ErrorCode, RunStatus};
use serde_json::json;

use crate::support::{css, noting, on_page};

#[tokio::test]
async fn dialogs_are_answered_as_recorded() {
    let html = noting(
        "<button id=a onclick=\"alert('Saved'); note('after alert')\">a</button>
        <button id=c onclick=\"note(confirm('Sure?'))\">c</button><button id=p onclick=\"note(prompt('Name?', 'x'))\">p</button>",
    );
    let steps = json!([
        { "type": "click", "selectors": css("#a") },
        { "type": "dialog", "dialogType": "alert", "message": "Saved", "response": "accept" },
        { "type": "click", "selectors": css("#c") },
        { "type": "dialog", "dialogType": "confirm", "message": "Sure?", "response": "dismiss" },
        { "type": "click", "selectors": css("#c") },
        { "type": "dialog", "dialogType": "confirm", "response": "accept" },
        { "type": "click", "selectors": css("#p") },
        { "type": "dialog", "dialogType": "prompt", "response": "accept", "promptValue": "Ann" },
    ]);
    let run = on_page(&html, steps).await;
    run.passes();
    assert_eq!(run.seen().await, ["after alert", "false", "true", "Ann"]);
}

#[tokio::test]
async fn a_dialog_that_no_step_answers_fails_the_run() {
    let html =
        noting("<button id=a onclick=\"alert('Surprise')\">a</button><button id=b>b</button>");
    let click = |id: &str| json!({ "type": "click", "selectors": css(id), "timeout": 5000 });
    let run = on_page(&html, json!([click("#a"), click("#b")])).await;
    let step = run.fails_at(1, ErrorCode::UnexpectedDialog);
    assert!(step.error.as_ref().unwrap().message.contains("Surprise"));
    assert!(
        run.value("document.title").await == json!("Test"),
        "it was dismissed"
    );

    let run = on_page(&html, json!([click("#a")])).await;
    assert_eq!(run.outcome.status, RunStatus::Failed);
    assert_eq!(
        run.outcome.error.as_ref().map(|error| error.code),
        Some(ErrorCode::UnexpectedDialog)
    );
}

#[tokio::test]
async fn a_dialog_that_does_not_open_or_is_another_fails_the_step() {
    let dialog =
        json!({ "type": "dialog", "dialogType": "confirm", "response": "accept", "timeout": 800 });
    on_page(&noting(""), json!([dialog]))
        .await
        .fails_at(0, ErrorCode::NoDialog);
    let html = noting("<button id=a onclick=\"alert('x')\">a</button>");
    on_page(
        &html,
        json!([{ "type": "click", "selectors": css("#a") }, dialog]),
    )
    .await
    .fails_at(1, ErrorCode::WrongDialog);
}

#[tokio::test]
async fn a_dialog_says_what_it_has_to_say_or_fails_the_step() {
    let html = noting("<button id=a onclick=\"alert('Saved')\">a</button>");
    let says = |message: &str, check: bool| {
        json!([
            { "type": "click", "selectors": css("#a") },
            { "type": "dialog", "message": message, "checkMessage": check, "response": "accept", "timeout": 800 },
        ])
    };
    on_page(&html, says("Saved", true)).await.passes();
    on_page(&html, says("Lost", false)).await.passes();
    let run = on_page(&html, says("Lost", true)).await;
    let step = run.fails_at(1, ErrorCode::WrongDialog);
    assert_eq!(
        (step.expected.as_deref(), step.actual.as_deref()),
        (Some("Lost"), Some("Saved"))
    );
}

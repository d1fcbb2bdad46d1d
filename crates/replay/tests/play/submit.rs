use replay::ErrorCode;
use serde_json::json;

use crate::support::{css, noting, on_page};

const FORM: &str = "<form id=f onsubmit=\"event.preventDefault(); note('sent by ' + event.submitter?.name)\"><input id=a name=a required><button name=save>Save</button></form>";

#[tokio::test]
async fn a_form_is_submitted_by_its_own_button() {
    let steps = json!([
        { "type": "input", "selectors": css("#a"), "value": "x" },
        { "type": "submit", "selectors": css("#f"), "timestamp": 9000 },
    ]);
    let run = on_page(&noting(FORM), steps).await;
    run.passes();
    assert_eq!(run.seen().await, ["sent by save"]);
}

#[tokio::test]
async fn a_form_that_the_click_before_submitted_is_not_submitted_again() {
    let steps = json!([
        { "type": "input", "selectors": css("#a"), "value": "x" },
        { "type": "click", "selectors": css("#f button"), "timestamp": 1000 },
        { "type": "submit", "selectors": css("#f"), "timestamp": 1010 },
    ]);
    let run = on_page(&noting(FORM), steps).await;
    run.passes();
    assert_eq!(run.seen().await, ["sent by save"]);
}

#[tokio::test]
async fn a_form_that_the_browser_refuses_to_send_fails_the_step() {
    let run = on_page(
        &noting(FORM),
        json!([{ "type": "submit", "selectors": css("#f") }]),
    )
    .await;
    let step = run.fails_at(0, ErrorCode::NotSubmitted);
    assert!(
        step.error
            .as_ref()
            .unwrap()
            .detail
            .as_ref()
            .unwrap()
            .starts_with("a: "),
        "{step:?}"
    );
    assert_eq!(run.seen().await, Vec::<String>::new());
    let run = on_page(
        &noting("<p>no form</p>"),
        json!([{ "type": "submit", "selectors": css("#f"), "timeout": 800 }]),
    )
    .await;
    run.fails_at(0, ErrorCode::NotFound);
}

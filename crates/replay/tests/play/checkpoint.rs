use replay::StepStatus::{Failed, Passed, Skipped};
use replay::{ErrorCode, RunStatus};
use serde_json::{Value, json};

use crate::support::{css, noting, plan};

const PAGE: &str = "<h1>Your  cart</h1><p id=p>Total: 9.00 €</p><p id=gone hidden>secret</p><input id=i value=hello>
    <input id=c type=checkbox checked><input id=ro readonly><input id=off type=checkbox disabled>
    <select id=s><option value=2>Small<option value=Small>Large</select>";

fn check(kind: &str, more: Value) -> Value {
    let mut step = json!({ "type": "checkpoint", "checkType": kind, "timeout": 600 });
    step.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    step
}

/// Every check with what makes it true and what makes it false.
fn cases() -> Vec<(Value, Value)> {
    let case = |kind: &str, right: Value, wrong: Value| (check(kind, right), check(kind, wrong));
    vec![
        case(
            "urlMatch",
            json!({ "expectedUrl": "{site}/?q=1" }),
            json!({ "expectedUrl": "{site}/?q=2" }),
        ),
        case(
            "urlContains",
            json!({ "expectedUrl": "q=1" }),
            json!({ "expectedUrl": "q=2" }),
        ),
        case(
            "elementVisible",
            json!({ "selectors": css("h1") }),
            json!({ "selectors": css("#gone") }),
        ),
        case(
            "elementText",
            json!({ "selectors": css("h1"), "expectedValue": "Your cart" }),
            json!({ "selectors": css("h1"), "expectedValue": "Your" }),
        ),
        case(
            "containsText",
            json!({ "selectors": css("#p"), "expectedValue": "9.00" }),
            json!({ "selectors": css("#p"), "expectedValue": "8.00" }),
        ),
        case(
            "elementHasValue",
            json!({ "selectors": css("#i"), "expectedValue": "hello" }),
            json!({ "selectors": css("#i"), "expectedValue": "hell" }),
        ),
        case(
            "elementHasValue",
            json!({ "selectors": css("#s"), "expectedValue": "Small", "mode": "label" }),
            json!({ "selectors": css("#s"), "expectedValue": "Small", "mode": "value" }),
        ),
        case(
            "elementPresent",
            json!({ "selectors": css("#gone") }),
            json!({ "selectors": css("#never") }),
        ),
        case(
            "elementChecked",
            json!({ "selectors": css("#c") }),
            json!({ "selectors": css("#off") }),
        ),
        case(
            "elementEnabled",
            json!({ "selectors": css("#c") }),
            json!({ "selectors": css("#off") }),
        ),
        case(
            "elementEditable",
            json!({ "selectors": css("#i") }),
            json!({ "selectors": css("#ro") }),
        ),
        case(
            "elementAttribute",
            json!({ "selectors": css("#i"), "attribute": "value", "expectedValue": "hello" }),
            json!({ "selectors": css("#i"), "attribute": "title", "expectedValue": "hello" }),
        ),
        case(
            "elementCount",
            json!({ "selectors": css("input"), "expectedValue": "4" }),
            json!({ "selectors": css("input"), "expectedValue": "3" }),
        ),
        case(
            "expression",
            json!({ "expression": "document.querySelectorAll('p').length === 2" }),
            json!({ "expression": "document.querySelectorAll('p').length === 3" }),
        ),
        case(
            "pageTitle",
            json!({ "expectedValue": "Test" }),
            json!({ "expectedValue": "Tes" }),
        ),
    ]
}

#[tokio::test]
async fn every_check_passes_where_it_holds_and_fails_where_it_does_not() {
    let html = noting(PAGE);
    let pages = [("/", html.as_str())];
    let start = json!({ "type": "navigation", "to": "{site}/?q=1", "navigationTrigger": "manual" });
    let mut steps = vec![start];
    let mut expected = vec![true];
    for (right, wrong) in cases() {
        for (mut step, holds) in [(right, true), (wrong, false)] {
            for negated in [false, true] {
                step["negated"] = json!(negated);
                steps.push(step.clone());
                expected.push(holds != negated);
            }
        }
    }
    steps.push(check("pageLoad", json!({})));
    expected.push(true);
    steps.push(check("pageLoad", json!({ "negated": true })));
    expected.push(false);

    let run = plan(&pages, Value::from(steps))
        .await
        .with(|options| options.continue_on_error = true)
        .run()
        .await;
    for (step, expected) in run.steps.iter().zip(expected) {
        let code = step.error.as_ref().map(|error| error.code);
        let wanted = (!expected).then_some(ErrorCode::CheckFailed);
        assert_eq!(code, wanted, "{step:#?}");
    }
}

#[tokio::test]
async fn a_soft_check_lets_the_run_go_on_and_fails_it_at_its_end() {
    let html = noting(PAGE);
    let heading = |expected: &str, soft: bool| {
        let fields = json!({ "selectors": css("h1"), "expectedValue": expected, "soft": soft });
        check("elementText", fields)
    };
    let steps = json!([
        heading("My cart", true),
        heading("Your cart", true),
        heading("Their cart", false),
        heading("Your cart", false),
    ]);
    let run = plan(&[("/", &html)], steps).await.run().await;
    let stands: Vec<_> = run.steps.iter().map(|step| step.status.clone()).collect();
    assert_eq!(stands[..3], [Failed, Passed, Failed]);
    assert!(matches!(stands[3], Skipped { .. }), "{stands:?}");
    assert_eq!(run.outcome.status, RunStatus::Failed);
    assert_eq!(
        run.outcome.error.as_ref().unwrap().step,
        Some(0),
        "the first that failed is named"
    );

    // Also when there is nothing to compare.
    let missing = check(
        "elementText",
        json!({ "selectors": css("#no-such"), "expectedValue": "x", "soft": true }),
    );
    let steps = json!([missing, heading("Your cart", false)]);
    let run = plan(&[("/", &html)], steps).await.run().await;
    let stands: Vec<_> = run.steps.iter().map(|step| step.status.clone()).collect();
    assert_eq!(stands, [Failed, Passed]);
}

#[tokio::test]
async fn a_check_tells_what_it_expected_and_what_it_found() {
    let html = noting(PAGE);
    let steps = json!([check(
        "elementText",
        json!({ "selectors": css("h1"), "expectedValue": "My cart" })
    )]);
    let run = plan(&[("/", &html)], steps).await.run().await;
    let step = run.fails_at(0, ErrorCode::CheckFailed);
    assert_eq!(
        (step.expected.as_deref(), step.actual.as_deref()),
        (Some("My cart"), Some("Your cart"))
    );
    assert_eq!(
        step.error.as_ref().unwrap().message,
        r#"expected "My cart", found "Your cart""#
    );
}

#[tokio::test]
async fn a_check_waits_for_what_comes_late() {
    let html = noting(
        "<h1>Loading</h1><script>setTimeout(() => { document.querySelector('h1').textContent = 'Ready' }, 300)</script>",
    );
    let steps = json!([{ "type": "checkpoint", "checkType": "elementText", "selectors": css("h1"), "expectedValue": "Ready", "auto": true }]);
    plan(&[("/", &html)], steps).await.run().await.passes();
}

#[tokio::test]
async fn a_check_of_an_unknown_kind_fails() {
    let steps = json!([check("smellsGood", json!({}))]);
    plan(&[("/", "x")], steps)
        .await
        .run()
        .await
        .fails_at(0, ErrorCode::Unsupported);
}

#[tokio::test]
async fn a_modal_is_waited_for_until_it_is_as_recorded() {
    let html = noting(
        "<div id=m hidden>modal</div><script>setTimeout(() => { m.hidden = false }, 150)</script>",
    );
    let modal = |state: &str| json!({ "type": "modal-lifecycle", "modalId": "m", "modalSelector": "#m", "toState": state, "timeout": 3000 });
    plan(&[("/", &html)], json!([modal("open")]))
        .await
        .run()
        .await
        .passes();
    let other = noting("<div id=m>modal</div>");
    plan(&[("/", &other)], json!([modal("closed")]))
        .await
        .run()
        .await
        .fails_at(0, ErrorCode::CheckFailed);
    let event = json!([{ "type": "modal-lifecycle", "event": "modal-opened", "modalElement": { "id": "m" } }]);
    plan(&[("/", &html)], event).await.run().await.passes();
}

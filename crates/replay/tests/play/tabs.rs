use replay::ErrorCode;
use serde_json::json;

use crate::support::{css, plan};

const PAGES: [(&str, &str); 2] = [
    (
        "/",
        "<title>First</title><a id=pop href=/second target=_blank>popup</a><button id=b onclick='document.title = \"Back\"'>b</button>",
    ),
    (
        "/second",
        "<title>Second</title><button id=close onclick='window.close()'>close</button>",
    ),
];

#[tokio::test]
async fn popups_are_adopted_tabs_are_switched_and_closed() {
    let title = |text: &str| json!({ "type": "checkpoint", "checkType": "pageTitle", "expectedValue": text });
    let steps = json!([
        { "type": "click", "selectors": css("#pop") },
        { "type": "tab", "event": "switch", "index": 1 },
        title("Second"),
        { "type": "tab", "event": "switch", "index": 0 },
        title("First"),
        { "type": "tab", "event": "close", "index": 1 },
        { "type": "click", "selectors": css("#b") },
        title("Back"),
        { "type": "tab", "event": "new", "targetUrl": "{site}/second" },
        title("Second"),
        { "type": "tab", "event": "close" },
        title("Back"),
        { "type": "click", "selectors": css("#pop") },
        { "type": "tab", "event": "new" },
        title("Second"),
        { "type": "click", "selectors": css("#close") },
        title("Back"),
    ]);
    plan(&PAGES, steps).await.run().await.passes();
}

#[tokio::test]
async fn a_step_that_began_in_a_tab_that_closes_goes_on_in_the_one_before() {
    let steps = json!([
        { "type": "click", "selectors": css("#pop") },
        { "type": "tab", "event": "new" },
        { "type": "javascript", "expression": "void setTimeout(() => close(), 500)" },
        { "type": "checkpoint", "checkType": "pageTitle", "expectedValue": "First" },
    ]);
    let run = plan(&PAGES, steps.clone()).await.run().await;
    let waits = &run.passes().steps[3].waits;
    assert!(
        waits.iter().any(|line| line.contains("in another")),
        "{waits:?}"
    );
    // What was not there before the tab closed is there no more.
    let mut wrong = steps;
    wrong[3]["expectedValue"] = json!("Third");
    wrong[3]["timeout"] = json!(2_000);
    let run = plan(&PAGES, wrong).await.run().await;
    let step = run.fails_at(3, ErrorCode::CheckFailed);
    assert_eq!(step.actual.as_deref(), Some("First"));
}

#[tokio::test]
async fn a_tab_that_does_not_open_fails_the_step() {
    let steps = json!([{ "type": "tab", "event": "switch", "index": 1, "timeout": 800 }]);
    plan(&PAGES, steps)
        .await
        .run()
        .await
        .fails_at(0, ErrorCode::TabNotFound);
    let steps = json!([{ "type": "tab", "event": "close", "index": 4 }]);
    plan(&PAGES, steps)
        .await
        .run()
        .await
        .fails_at(0, ErrorCode::TabNotFound);
}

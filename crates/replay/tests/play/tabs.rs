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

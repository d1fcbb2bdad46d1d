use replay::ErrorCode;
use serde_json::json;
use url::Url;

use crate::support::{Site, css, plan};

const PAGES: [(&str, &str); 3] = [
    (
        "/",
        "<title>Start</title><a id=go href='/orders/42?session=9'>go</a>",
    ),
    ("/orders/42", "<title>Order</title>order"),
    ("/other", "<title>Other</title>other"),
];

#[tokio::test]
async fn pages_are_gone_to_arrived_at_and_gone_back_to() {
    let steps = json!([
        { "type": "navigation", "to": "{site}/other", "navigationTrigger": "manual", "waitUntil": "load" },
        { "type": "checkpoint", "checkType": "pageTitle", "expectedValue": "Other" },
        { "type": "navigation", "to": "{site}/", "navigationTrigger": "back" },
        { "type": "checkpoint", "checkType": "pageTitle", "expectedValue": "Start" },
        { "type": "navigation", "to": "{site}/other", "navigationTrigger": "forward" },
        { "type": "navigation", "to": "{site}/", "navigationTrigger": "back" },
        { "type": "click", "selectors": css("#go") },
        { "type": "navigation", "to": "{site}/orders/41?session=1", "navigationTrigger": "click" },
        { "type": "checkpoint", "checkType": "pageTitle", "expectedValue": "Order" },
    ]);
    let run = plan(&PAGES, steps).await.run().await;
    run.passes();
    assert!(
        run.steps[7]
            .waits
            .iter()
            .any(|wait| wait.contains("differs")),
        "{:?}",
        run.steps[7]
    );
}

#[tokio::test]
async fn arriving_elsewhere_fails() {
    let steps = json!([
        { "type": "click", "selectors": css("#go") },
        { "type": "navigation", "to": "{site}/other", "navigationTrigger": "click", "timeout": 800 },
    ]);
    let run = plan(&PAGES, steps).await.run().await;
    let step = run.fails_at(1, ErrorCode::WrongAddress);
    assert!(step.actual.as_ref().unwrap().contains("/orders/42"));
}

#[tokio::test]
async fn there_is_no_way_back_from_the_first_page() {
    let steps = json!([
        { "type": "navigation", "to": "{site}/", "navigationTrigger": "manual" },
        { "type": "navigation", "to": "{site}/", "navigationTrigger": "forward", "timeout": 9000 },
    ]);
    plan(&PAGES, steps)
        .await
        .run()
        .await
        .fails_at(1, ErrorCode::NavigationFailed);
}

#[tokio::test]
async fn an_address_where_nobody_listens_fails() {
    let steps = json!([{ "type": "navigation", "to": "http://127.0.0.1:9/", "navigationTrigger": "manual" }]);
    plan(&PAGES, steps)
        .await
        .run()
        .await
        .fails_at(0, ErrorCode::NavigationFailed);
}

#[tokio::test]
async fn another_deployment_takes_the_place_of_the_recorded_one() {
    let stage = Site::serve(&[
        ("/app/", "<title>Staging</title>"),
        ("/app/other", "<title>Staging other</title>"),
    ])
    .await;
    let steps = json!([
        { "type": "checkpoint", "checkType": "pageTitle", "expectedValue": "Staging" },
        { "type": "navigation", "to": "{site}/other", "navigationTrigger": "manual" },
        { "type": "checkpoint", "checkType": "urlMatch", "expectedUrl": "{site}/other" },
        { "type": "checkpoint", "checkType": "pageTitle", "expectedValue": "Staging other" },
    ]);
    let base = Url::parse(&format!("{}/app", stage.url)).unwrap();
    let run = plan(&PAGES, steps)
        .await
        .with(|options| options.base_url = Some(base))
        .run()
        .await;
    run.passes();
}

#[tokio::test]
async fn a_page_of_the_network_door_is_no_page() {
    let refusal = "<meta name=proscenium-error content=denied><h1 id=go>Blocked by Proscenium</h1>\
        <p>10.0.0.1:80 was blocked.</p><p><code>--allow-host 10.0.0.1</code></p>";
    let pages = [
        ("/", "<a id=go href='/refused'>go</a>"),
        ("/refused", refusal),
    ];
    let go = json!({ "type": "navigation", "to": "{site}/refused", "navigationTrigger": "manual" });
    let run = plan(&pages, json!([go])).await.run().await;
    let step = run.fails_at(0, ErrorCode::NavigationFailed);
    let message = &step.error.as_ref().unwrap().message;
    assert!(message.contains("--allow-host 10.0.0.1"), "{message}");

    let click = json!({ "type": "click", "selectors": css("#go") });
    let run = plan(&pages, json!([click])).await.run().await;
    run.fails_at(0, ErrorCode::NavigationFailed);
}

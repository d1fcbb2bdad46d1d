use replay::ErrorCode;
use serde_json::json;

use crate::support::{css, noting, on_page};

const LIST: &str = "<select id=s onchange='note(this.value)'><option value=s>Small</option><option value=m>Medium</option><option value=l>Large</option></select>
    <select id=many multiple><option value=1>One</option><option value=2>Two</option><option value=3>Three</option></select>";

#[tokio::test]
async fn options_are_chosen_by_value_else_by_text_else_by_place() {
    let steps = json!([
        { "type": "select", "selectors": css("#s"), "selectedValue": "l", "selectedText": "Large", "selectedIndex": 2 },
        { "type": "select", "selectors": css("#s"), "selectedValue": "gone", "selectedText": "Medium", "selectedIndex": 0 },
        { "type": "select", "selectors": css("#s"), "selectedIndex": 0 },
        { "type": "select", "selectors": css("#many"), "isMultiple": true, "selectedOptions": [{ "value": "1", "text": "One" }, { "value": "3", "text": "Three" }] },
    ]);
    let run = on_page(&noting(LIST), steps).await;
    run.passes();
    assert_eq!(run.seen().await, ["l", "m", "s"]);
    assert_eq!(
        run.value("[...many.selectedOptions].map((o) => o.value)")
            .await,
        json!(["1", "3"])
    );
}

#[tokio::test]
async fn another_option_is_never_chosen_instead() {
    // The place is taken by another option now.
    let steps = json!([{ "type": "select", "selectors": css("#s"), "selectedValue": "xl", "selectedText": "Extra large", "selectedIndex": 2, "timeout": 800 }]);
    let run = on_page(&noting(LIST), steps).await;
    run.fails_at(0, ErrorCode::OptionNotFound);
    assert_eq!(run.seen().await, Vec::<String>::new());
}

#[tokio::test]
async fn options_are_added_to_those_that_are_chosen_and_taken_away() {
    let change = |change: &str, value: &str| json!({ "type": "select", "selectors": css("#many"), "selectedText": value, "change": change });
    let steps = json!([
        change("add", "One"),
        change("add", "Three"),
        change("add", "Two"),
        change("remove", "One")
    ]);
    let run = on_page(&noting(LIST), steps).await;
    run.passes();
    assert_eq!(
        run.value("[...many.selectedOptions].map((o) => o.value)")
            .await,
        json!(["2", "3"])
    );
    let one = json!([{ "type": "select", "selectors": css("#s"), "selectedValue": "l", "change": "add", "timeout": 800 }]);
    on_page(&noting(LIST), one)
        .await
        .fails_at(0, ErrorCode::OptionNotFound);
}

use replay::ErrorCode;
use serde_json::json;

use crate::support::{css, noting, on_page, plan};

#[tokio::test]
async fn keys_and_chords_reach_the_focused_element() {
    let html = noting(
        "<input id=a><script>addEventListener('keydown', (e) => note([e.ctrlKey && 'ctrl', e.shiftKey && 'shift', e.key, e.target.id].filter(Boolean).join(' ')))</script>",
    );
    let steps = json!([
        { "type": "keypress", "key": "Escape", "code": "Escape", "modifiers": [] },
        { "type": "keypress", "key": "K", "code": "KeyK", "modifiers": ["ctrl", "shift"] },
        { "type": "keypress", "key": "ArrowDown", "selectors": css("#a") },
        { "type": "keypress", "key": "+", "selectors": css("#a") },
    ]);
    let run = on_page(&html, steps).await;
    run.passes();
    let seen: Vec<String> = run
        .seen()
        .await
        .into_iter()
        .filter(|key| !key.contains("Control") && !key.contains("Shift"))
        .collect();
    assert_eq!(seen, ["Escape", "ctrl shift K", "ArrowDown a", "+ a"]);
    assert_eq!(run.value("a.value").await, json!("+"));
}

#[tokio::test]
async fn enter_submits_a_form_and_its_navigation_is_waited_for() {
    let pages = [
        ("/", "<form action=/next><input id=a name=a></form>"),
        ("/next", "<title>Next</title>"),
    ];
    let steps = json!([
        { "type": "input", "selectors": css("#a"), "value": "x" },
        { "type": "keypress", "key": "Enter", "selectors": css("#a") },
        { "type": "submit", "selectors": css("form"), "timestamp": 10 },
        { "type": "navigation", "to": "{site}/next?a=x", "navigationTrigger": "form-submit" },
    ]);
    let run = plan(&pages, steps).await.run().await;
    run.passes();
    assert!(
        run.steps[2]
            .waits
            .iter()
            .any(|wait| wait.contains("before")),
        "submitted once: {:?}",
        run.steps[2]
    );
}

#[tokio::test]
async fn a_key_for_an_element_that_is_not_there_is_not_pressed() {
    let html = noting("<script>addEventListener('keydown', (e) => note(e.key))</script>");
    let run = on_page(
        &html,
        json!([{ "type": "keypress", "key": "Delete", "selectors": css("#gone"), "timeout": 800 }]),
    )
    .await;
    run.fails_at(0, ErrorCode::NotFound);
    assert_eq!(run.seen().await, Vec::<String>::new());
}

#[tokio::test]
async fn what_is_copied_in_one_field_is_pasted_in_another() {
    let html = noting("<input id=a value='Ann Lee'><input id=b><textarea id=c></textarea>");
    let chord = |key: &str, id: &str| json!({ "type": "keypress", "key": key, "modifiers": ["ctrl"], "selectors": css(id) });
    let steps = json!([
        chord("a", "#a"),
        chord("c", "#a"),
        chord("v", "#b"),
        chord("a", "#b"),
        chord("x", "#b"),
        chord("v", "#c"),
        chord("v", "#c"),
    ]);
    let run = on_page(&html, steps).await;
    run.passes();
    let values = run.value("[a.value, b.value, c.value]").await;
    assert_eq!(values, json!(["Ann Lee", "", "Ann LeeAnn Lee"]));
}

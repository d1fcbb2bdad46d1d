use replay::ErrorCode;
use serde_json::json;

use crate::support::{css, noting, on_page};

const LONG: &str = "<div id=list style='height:100px;overflow:auto'><div style='height:900px'>list</div></div><div style='height:3000px'>long</div>";

#[tokio::test]
async fn the_window_and_elements_are_scrolled_to_their_place() {
    let steps = json!([
        { "type": "scroll", "scrollX": 0, "scrollY": 640, "element": "window" },
        { "type": "scroll", "scrollX": 0, "scrollY": 300, "element": { "css": "#list", "priority": ["css"] } },
    ]);
    let run = on_page(&noting(LONG), steps).await;
    run.passes();
    assert_eq!(
        run.value("[scrollY, list.scrollTop]").await,
        json!([640, 300])
    );
}

#[tokio::test]
async fn a_page_that_grows_while_it_is_scrolled_is_followed() {
    let html = noting(
        "<div id=d style='height:1000px'></div><script>addEventListener('scroll', () => setTimeout(() => { d.style.height = Math.min(6000, d.offsetHeight + 1500) + 'px' }, 100))</script>",
    );
    let run = on_page(
        &html,
        json!([{ "type": "scroll", "scrollX": 0, "scrollY": 4000, "element": "window" }]),
    )
    .await;
    run.passes();
    assert_eq!(run.value("scrollY").await, json!(4000));
}

#[tokio::test]
async fn a_page_that_is_far_too_short_or_has_no_such_element_fails_the_step() {
    let run = on_page(
        &noting("short"),
        json!([{ "type": "scroll", "scrollX": 0, "scrollY": 4000, "element": "window" }]),
    )
    .await;
    run.fails_at(0, ErrorCode::ScrollShort);
    let steps = json!([{ "type": "scroll", "scrollX": 0, "scrollY": 10, "element": { "css": "#gone" }, "timeout": 800 }]);
    on_page(&noting(LONG), steps)
        .await
        .fails_at(0, ErrorCode::NotFound);
}

#[tokio::test]
async fn hovering_opens_what_opens_by_hovering() {
    let html = noting(
        "<style>#menu ul{display:none}#menu:hover ul{display:block}</style><div id=menu>Menu<ul><li onclick=\"note('item')\" id=item>Item</li></ul></div>",
    );
    let hover = |id: &str| json!({ "type": "hover", "selectors": css(id), "duration": 300, "timeout": 5000 });
    let run = on_page(
        &html,
        json!([hover("#menu"), { "type": "click", "selectors": css("#item") }]),
    )
    .await;
    run.passes();
    assert_eq!(run.seen().await, ["item"]);
    let covered = noting("<div id=menu>Menu</div><div style='position:fixed;inset:0'>veil</div>");
    let mut step = hover("#menu");
    step["timeout"] = json!(800);
    on_page(&covered, json!([step]))
        .await
        .fails_at(0, ErrorCode::Covered);
}

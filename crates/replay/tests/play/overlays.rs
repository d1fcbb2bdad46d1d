//! Banners and dialogs that lie over an element: left alone, and closed when that was asked for.

use replay::{ErrorCode, Overlays};
use serde_json::json;

use crate::support::{Run, css, noting, plan};

const COVER: &str = "position:fixed;inset:0;background:#0008";

/// With time enough for two overlays on a busy machine.
async fn performed(body: &str, overlays: Overlays) -> Run {
    within(20_000, body, overlays).await
}

async fn within(timeout_ms: u32, body: &str, overlays: Overlays) -> Run {
    let html = noting(&format!(
        "<button id=buy onclick=\"note('bought')\">Buy</button>{body}"
    ));
    let step = json!({ "type": "click", "selectors": css("#buy"), "timeout": timeout_ms });
    plan(&[("/", &html)], json!([step]))
        .await
        .with(|options| options.overlays = overlays)
        .run()
        .await
}

fn banner(buttons: &str) -> String {
    format!(
        "<div style='{COVER}'><section role=dialog aria-label=Cookies id=cover>We use cookies {buttons}</section></div>"
    )
}

fn button(name: &str) -> String {
    format!("<button onclick=\"note('{name}'); this.closest('div').remove()\">{name}</button>")
}

#[tokio::test]
async fn what_lies_over_an_element_is_closed_when_that_was_asked_for() {
    let cookies = banner(&(button("Accept all") + &button("Reject all") + &button("Settings")));
    let run = performed(&cookies, Overlays::Dismiss).await;
    run.passes();
    assert_eq!(run.seen().await, ["Reject all", "bought"]);
    let waits = &run.steps[0].waits;
    let told = waits.iter().find(|line| line.starts_with("closed <"));
    assert!(
        told.is_some_and(|line| line.ends_with("by button \"Reject all\": it covered the element")),
        "{waits:?}"
    );
}

#[tokio::test]
async fn what_lies_over_an_element_is_left_alone_and_the_fault_says_how_it_could_be_closed() {
    let run = within(2_000, &banner(&button("Close")), Overlays::Leave).await;
    let step = run.fails_at(0, ErrorCode::Covered);
    let detail = step.error.as_ref().unwrap().detail.clone().unwrap();
    assert!(
        detail.contains("it can be closed by button \"Close\""),
        "{detail}"
    );
    assert_eq!(run.seen().await, [""; 0]);
}

#[tokio::test]
async fn a_dialog_of_the_browsers_own_is_closed_by_its_key_and_one_behind_the_other() {
    let body = format!(
        "<dialog id=d>News</dialog><div style='{COVER}' id=veil>{}</div><script>d.showModal(); d.onclose = () => note('closed')</script>",
        button("×")
    );
    let run = performed(&body, Overlays::Dismiss).await;
    run.passes();
    assert_eq!(run.seen().await, ["closed", "×", "bought"]);
}

#[tokio::test]
async fn the_dialog_of_a_veil_is_closed_wherever_it_stands() {
    let body = format!(
        "<div style='{COVER}' id=veil></div><div role=dialog style='position:fixed;left:200px;top:200px'>\
         Subscribe <button aria-label='Close dialog' onclick=\"note('closed'); veil.remove(); this.parentNode.remove()\">x</button></div>"
    );
    let run = performed(&body, Overlays::Dismiss).await;
    run.passes();
    assert_eq!(run.seen().await, ["closed", "bought"]);
}

#[tokio::test]
async fn a_question_is_not_answered_and_a_veil_without_a_way_out_is_in_the_way() {
    for body in [
        format!(
            "<div style='{COVER}' role=alertdialog>Delete everything? {}{}</div>",
            button("OK"),
            button("Back up first")
        ),
        format!(
            "<div style='{COVER}'>We use cookies <a href='/elsewhere'>Close</a> {}</div>",
            button("Close account")
        ),
        format!("<div style='{COVER}'>Loading</div>"),
    ] {
        let run = within(4_000, &body, Overlays::Dismiss).await;
        let step = run.fails_at(0, ErrorCode::Covered);
        assert!(step.duration_ms < 8_000, "{}", step.duration_ms);
        assert_eq!(run.seen().await, [""; 0], "{body}");
    }
}

#[tokio::test]
async fn what_goes_by_itself_is_not_closed() {
    let body = format!(
        "<div style='{COVER}' id=veil>Saving {}</div><script>setTimeout(() => veil.remove(), 300)</script>",
        button("Cancel")
    );
    let run = performed(&body, Overlays::Dismiss).await;
    run.passes();
    assert_eq!(run.seen().await, ["bought"]);
}

#[tokio::test]
async fn what_lies_over_a_frame_is_closed_too() {
    let body =
        "<body style='margin:0'><button id=buy onclick=\"parent.seen.push('bought')\">Buy</button>";
    let page = noting(&format!(
        "<iframe id=shop srcdoc=\"{}\"></iframe>{}",
        body.replace('"', "&quot;"),
        banner(&button("No thanks"))
    ));
    let step = json!({ "type": "click", "selectors": css("#buy"), "frames": [{ "selectors": css("#shop") }], "timeout": 20_000 });
    let run = plan(&[("/", &page)], json!([step]))
        .await
        .with(|options| options.overlays = Overlays::Dismiss)
        .run()
        .await;
    run.passes();
    assert_eq!(run.seen().await, ["No thanks", "bought"]);
}

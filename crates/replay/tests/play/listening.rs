//! Pages that show elements before anything listens to them.

use browser::Engine;
use serde_json::{Value, json};

use crate::support::{css, engine, noting, plan};

const BODY: &str = "<script async src=/slow.js></script><button id=b type=button>Add</button>\
    <form id=f><input id=name><button id=send>Send</button></form><input id=field><div id=d>Plain</div>";

const APP: &str = "\
    document.getElementById('b').addEventListener('click', () => note('button'));\
    document.getElementById('field').addEventListener('keydown', (event) => note(event.key));\
    document.getElementById('f').addEventListener('submit', (event) => { event.preventDefault(); note('sent') });";

async fn on_late(steps: Value) -> crate::support::Run {
    plan(&[("/", &noting(BODY)), ("/slow.js", APP)], steps)
        .await
        .run()
        .await
}

#[tokio::test]
async fn a_click_waits_until_something_listens() {
    for (id, seen) in [("#b", "button"), ("#send", "sent")] {
        let run = on_late(json!([{ "type": "click", "selectors": css(id) }])).await;
        run.passes();
        assert_eq!(run.seen().await, [seen]);
        // Firefox does not tell what listens: the page's scripts are waited for.
        let told = run.steps[0]
            .waits
            .iter()
            .any(|line| line.ends_with("until something listened to it"));
        assert_eq!(
            told,
            engine() != Engine::Firefox,
            "{:?}",
            run.steps[0].waits
        );
    }
}

#[tokio::test]
async fn a_key_waits_until_something_listens() {
    let run = on_late(json!([
        { "type": "keypress", "key": "Enter", "selectors": css("#field") },
        { "type": "keypress", "key": "a", "selectors": css("#field") },
    ]))
    .await;
    run.passes();
    assert_eq!(run.seen().await, ["Enter", "a"]);
}

#[tokio::test]
async fn what_nothing_ever_listens_to_is_clicked_all_the_same() {
    let run = on_late(json!([{ "type": "click", "selectors": css("#d") }])).await;
    run.passes();
}

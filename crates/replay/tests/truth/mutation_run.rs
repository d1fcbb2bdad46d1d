//! A part of the mutation run, on Chromium; the example `truth` performs all of it on any engine.

use browser::Engine;

use crate::mutants::{Share, measure};

/// One case in so many, each page, element and change among them.
const EACH: usize = 17;

async fn holds(pages: &[&str]) {
    let share = Share {
        pages: pages.to_vec(),
        changes: Vec::new(),
        each: EACH,
    };
    let table = measure(Engine::Chromium, &share).await.unwrap();
    assert!(table.untrue().is_empty(), "{:#?}", table.untrue());
    assert!(table.unexplained().is_empty(), "{:#?}", table.unexplained());
}

#[tokio::test]
async fn on_changed_pages_only_the_recorded_elements_are_acted_on() {
    holds(&["form", "list", "table"]).await;
}

#[tokio::test]
async fn in_dialogs_frames_and_shadow_trees_only_the_recorded_elements_are_acted_on() {
    holds(&["dialog", "frames", "shadow"]).await;
}

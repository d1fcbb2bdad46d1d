//! The corpus of changed pages: what healing finds, and that nothing in it is ever mistaken for the recorded element.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

mod corpus;

use browser::Engine;
use corpus::measure;

/// The least recall that a change of the scores may leave; what is measured now is in docs/healing.md.
const RECALL: f64 = 0.5;

/// One case in so many, each change and each element among them; CI has time for fewer, and the example tries all of it.
fn each() -> usize {
    match std::env::var_os("CI") {
        Some(_) => 11,
        None => 5,
    }
}

async fn holds(pages: &[&str]) {
    let engine = match std::env::var("PROSCENIUM_TEST_ENGINE") {
        Ok(name) => name.parse().unwrap(),
        Err(_) => Engine::Chromium,
    };
    let table = measure(engine, pages, each()).await.unwrap();
    assert!(table.wrong().is_empty(), "{:#?}", table.wrong());
    assert!(table.precision() >= 1.0, "{table}");
    assert!(table.recall() >= RECALL, "{table}");
}

#[tokio::test]
async fn nothing_else_is_taken_for_a_button_or_a_link() {
    holds(&["toolbar", "navigation", "dialog"]).await;
}

#[tokio::test]
async fn nothing_else_is_taken_for_a_field() {
    holds(&["sign-in", "search"]).await;
}

#[tokio::test]
async fn nothing_else_is_taken_for_a_field_among_many() {
    holds(&["checkout"]).await;
}

#[tokio::test]
async fn the_twin_in_the_next_row_is_not_taken_for_one_in_a_row_that_is_gone() {
    holds(&["table", "cards", "list", "settings"]).await;
}

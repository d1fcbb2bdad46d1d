//! Going somewhere, and being told the truth about it.

mod support;

use std::time::Duration;

use browser::{BrowserError, LoadState, NavigationFailure, World};
use support::{Stage, progress};

#[tokio::test]
async fn a_page_opens_an_address_and_says_where_it_is() {
    let stage = Stage::new().await;
    stage.server.page("/a", "<title>The page</title><p>hello");
    let there = stage
        .page
        .goto(&stage.progress, &stage.server.url("/a"), LoadState::Load)
        .await
        .unwrap();
    assert_eq!(
        (there.url.as_str(), there.status),
        (stage.server.url("/a").as_str(), Some(200))
    );
    assert_eq!(stage.page.url(), stage.server.url("/a"));
    assert_eq!(stage.page.title(&stage.progress).await.unwrap(), "The page");
    assert_eq!(
        stage.eval("document.querySelector('p').textContent").await,
        "hello"
    );
    stage.close().await;
}

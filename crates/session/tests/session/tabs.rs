//! Tabs, popups and downloads.

use browser::Engine;
use serde_json::json;
use session::SessionEventKind;
use session::protocol::Notice;

use crate::support::{Server, Studio, engine};

#[tokio::test]
async fn a_popup_becomes_the_active_tab_and_closing_it_returns_to_its_opener() {
    let server = Server::start().await;
    server.page(
        "/",
        "<title>One</title><a id=a href=/two target=_blank>two</a>",
    );
    server.page(
        "/two",
        "<title>Two</title><body style='background:teal'>second",
    );
    let mut studio = Studio::open(server, "/").await;
    studio.click("#a").await;
    let state = studio
        .state(|state| state.tabs.len() == 2 && state.tabs[1].title == "Two")
        .await;
    assert!(state.tabs[1].active && !state.tabs[0].active);
    while studio.viewer.see().await.delivery.frame.tab != state.tabs[1].index {}
    studio
        .viewer
        .say(json!({"t": "tab", "action": "switch", "index": 0}))
        .await;
    studio.state(|state| state.tabs[0].active).await;
    assert_eq!(studio.eval("document.title").await, "One");
    studio
        .viewer
        .say(json!({"t": "tab", "action": "switch", "index": 1}))
        .await;
    studio.state(|state| state.tabs[1].active).await;
    assert_eq!(studio.eval("document.title").await, "Two");
    studio
        .viewer
        .say(json!({"t": "tab", "action": "close"}))
        .await;
    let state = studio.state(|state| state.tabs.len() == 1).await;
    assert_eq!(
        (state.tabs[0].title.as_str(), state.tabs[0].active),
        ("One", true)
    );
    drop(studio.close().await);
}

#[tokio::test]
async fn a_new_tab_opens_its_address_and_the_last_one_is_replaced() {
    let server = Server::start().await;
    server.page("/", "<title>One</title>");
    server.page("/two", "<title>Two</title>");
    let mut studio = Studio::open(server, "/").await;
    let url = studio.server.url("/two");
    studio
        .viewer
        .say(json!({"t": "tab", "action": "new", "url": url}))
        .await;
    studio
        .state(|state| {
            state.tabs.len() == 2 && state.tabs[1].active && state.tabs[1].title == "Two"
        })
        .await;
    studio
        .viewer
        .say(json!({"t": "tab", "action": "close", "index": 0}))
        .await;
    studio.state(|state| state.tabs.len() == 1).await;
    studio
        .viewer
        .say(json!({"t": "tab", "action": "close"}))
        .await;
    let state = studio
        .state(|state| state.tabs.len() == 1 && state.tabs[0].url == "about:blank")
        .await;
    assert!(state.tabs[0].active);
    drop(studio.close().await);
}

#[tokio::test]
async fn a_download_is_told_and_its_file_outlives_the_session() {
    let server = Server::start().await;
    server.page("/", "<a id=a href=/file>get</a>");
    server.answer("/file", "200 OK\r\ncontent-type: text/plain\r\ncontent-disposition: attachment; filename=\"note.txt\"", "hello");
    let mut studio = Studio::open(server, "/").await;
    let mut events = studio.manager.events();
    studio.click("#a").await;
    if engine() == Engine::WebKit {
        // It says nothing of downloads; the limits of the session tell people so.
        let state = studio.session.state();
        assert!(
            state
                .browser
                .limits
                .iter()
                .any(|limit| limit.key == "downloadEvents")
        );
        return drop(studio.close().await);
    }
    let told = studio.viewer.hear(|notice| match notice {
        Notice::Download(download) if download.state == "finished" => Some(download.clone()),
        _ => None,
    });
    let told = told.await;
    assert_eq!((told.name.as_str(), told.bytes), ("note.txt", Some(5)));
    let (path, folder) = loop {
        if let SessionEventKind::Download { path, folder, .. } = events.recv().await.unwrap().kind {
            break (path, folder);
        }
    };
    let _parent = studio.close().await;
    assert_eq!(std::fs::read(&path).unwrap(), b"hello");
    drop(folder);
}

//! Going somewhere, and being told the truth about it.

use std::time::Duration;

use browser::{BrowserError, Engine, LoadState, NavigationFailure, PageEvent, Progress};

use crate::support::{Stage, engine, event};

async fn failure(stage: &Stage, url: &str) -> NavigationFailure {
    match stage.page.goto(&stage.progress, url, LoadState::Load).await {
        Err(BrowserError::NavigationFailed { reason, .. }) => reason,
        other => panic!("{url}: {other:?}"),
    }
}

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
        (there.url, there.status),
        (stage.server.url("/a"), Some(200))
    );
    assert_eq!(stage.page.url(), stage.server.url("/a"));
    assert_eq!(stage.page.title(&stage.progress).await.unwrap(), "The page");
    assert_eq!(
        stage.eval("document.querySelector('p').textContent").await,
        "hello"
    );
    stage.close().await;
}

#[tokio::test]
async fn each_load_state_comes_in_its_time() {
    let stage = Stage::new().await;
    stage.server.hang("/never.png");
    stage.server.page("/a", "<p>text</p><img src=/never.png>");
    let url = stage.server.url("/a");
    stage
        .page
        .goto(&stage.progress, &url, LoadState::Commit)
        .await
        .unwrap();
    stage
        .page
        .wait_for_load_state(&stage.progress, LoadState::DomContentLoaded)
        .await
        .unwrap();
    let brief = stage.progress.within(Duration::from_millis(300));
    let error = stage
        .page
        .goto(&brief, &url, LoadState::Load)
        .await
        .unwrap_err();
    assert!(error.is_timeout(), "the picture never comes: {error}");
    assert_eq!(
        error.to_string(),
        "timed out while waiting for the page to load"
    );
    stage.server.page("/b", "<p>quiet");
    stage
        .page
        .goto(
            &stage.progress,
            &stage.server.url("/b"),
            LoadState::NetworkIdle,
        )
        .await
        .unwrap();
    stage.close().await;
}

#[tokio::test]
async fn a_document_that_never_ends_is_left_at_the_deadline_or_by_stopping() {
    let stage = Stage::new().await;
    stage.server.hang("/hang");
    stage.server.stall("/stall");
    for path in ["/hang", "/stall"] {
        let brief = stage.progress.within(Duration::from_millis(300));
        let error = stage
            .page
            .goto(&brief, &stage.server.url(path), LoadState::Load)
            .await
            .unwrap_err();
        assert!(error.is_timeout(), "{path}: {error}");
    }
    stage.page.stop_loading(&stage.progress).await.unwrap();
    stage.show("<p>still usable").await;
    assert_eq!(stage.eval("document.body.innerText").await, "still usable");
    stage.close().await;
}

#[tokio::test]
async fn a_cancelled_navigation_ends_at_once() {
    let stage = Stage::new().await;
    stage.server.hang("/hang");
    let progress = Progress::with_timeout(Duration::from_secs(60));
    let cancel = progress.cancel_token().clone();
    let url = stage.server.url("/hang");
    let going = stage.page.goto(&progress, &url, LoadState::Load);
    let cancelling = async { cancel.cancel() };
    let (gone, ()) = tokio::join!(going, cancelling);
    assert!(gone.unwrap_err().is_cancelled());
    stage.close().await;
}

#[tokio::test]
async fn redirects_are_followed_to_their_end() {
    let stage = Stage::new().await;
    stage
        .server
        .answer("/from", 302, &[("location", "/via")], b"");
    stage
        .server
        .answer("/via", 307, &[("location", "/to")], b"");
    stage.server.page("/to", "<p>arrived");
    let there = stage
        .page
        .goto(&stage.progress, &stage.server.url("/from"), LoadState::Load)
        .await
        .unwrap();
    assert_eq!(
        (there.url, there.status),
        (stage.server.url("/to"), Some(200))
    );
    stage
        .server
        .page("/script", "<script>location.replace('/to')</script>");
    stage.goto("/script").await;
    stage
        .page
        .wait_for_url(&stage.progress, |url| url.ends_with("/to"))
        .await
        .unwrap();
    stage.close().await;
}

#[tokio::test]
async fn an_error_status_is_a_page_and_not_a_failure() {
    let stage = Stage::new().await;
    let url = stage.server.url("/missing");
    let there = stage
        .page
        .goto(&stage.progress, &url, LoadState::Load)
        .await
        .unwrap();
    assert_eq!(there.status, Some(404));
    assert_eq!(stage.eval("document.body.innerText").await, "nothing here");
    stage.page.enable_network(&stage.progress).await.unwrap();
    stage.server.answer(
        "/teapot",
        503,
        &[("content-type", "text/html")],
        b"<p>later",
    );
    let there = stage
        .page
        .goto(
            &stage.progress,
            &stage.server.url("/teapot"),
            LoadState::Load,
        )
        .await
        .unwrap();
    assert_eq!(there.status, Some(503));
    stage
        .server
        .answer("/empty", 500, &[("content-type", "text/html")], b"");
    let there = stage
        .page
        .goto(
            &stage.progress,
            &stage.server.url("/empty"),
            LoadState::Load,
        )
        .await
        .unwrap();
    assert_eq!(there.status, Some(500));
    stage.close().await;
}

#[tokio::test]
async fn what_cannot_be_opened_is_said_with_its_reason() {
    let stage = Stage::new().await;
    assert_eq!(
        failure(&stage, "http://does-not-exist.invalid/").await,
        NavigationFailure::DnsFailure
    );
    let unused = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    assert_eq!(
        failure(&stage, &format!("http://{unused}/")).await,
        NavigationFailure::ConnectionRefused
    );
    let not_tls = format!("https://127.0.0.1:{}/", stage.server.port());
    assert!(matches!(
        failure(&stage, &not_tls).await,
        NavigationFailure::Tls(_)
    ));
    stage.server.answer("/nothing", 204, &[], b"");
    assert_eq!(
        failure(&stage, &stage.server.url("/nothing")).await,
        NavigationFailure::Aborted
    );
    let error = stage
        .page
        .goto(&stage.progress, "no address", LoadState::Load)
        .await
        .unwrap_err();
    assert!(
        matches!(
            error,
            BrowserError::Protocol { .. } | BrowserError::Invalid(_)
        ),
        "{error:?}"
    );
    stage.show("<p>fine").await;
    assert_eq!(stage.eval("document.body.innerText").await, "fine");
    stage.close().await;
}

#[tokio::test]
async fn the_history_goes_back_and_forward_and_ends() {
    let stage = Stage::new().await;
    stage.server.page("/1", "<p>one");
    stage.server.page("/2", "<p>two");
    stage.goto("/1").await;
    stage.goto("/2").await;
    let (page, progress) = (&stage.page, &stage.progress);
    assert!(page.go_back(progress, LoadState::Load).await.unwrap());
    assert_eq!(page.url(), stage.server.url("/1"));
    assert!(page.go_forward(progress, LoadState::Load).await.unwrap());
    assert_eq!(page.url(), stage.server.url("/2"));
    assert!(
        !page.go_forward(progress, LoadState::Load).await.unwrap(),
        "there is nothing after the last"
    );
    page.goto(progress, &stage.server.url("/2#part"), LoadState::Load)
        .await
        .unwrap();
    assert!(
        page.go_back(progress, LoadState::Load).await.unwrap(),
        "a fragment is a step too"
    );
    assert_eq!(page.url(), stage.server.url("/2"));
    stage.eval("window.mark = 1").await;
    assert_eq!(
        page.reload(progress, LoadState::Load).await.unwrap().status,
        Some(200)
    );
    assert!(stage.eval("window.mark").await.is_null());
    stage.close().await;
}

#[tokio::test]
async fn a_click_is_known_to_navigate_or_not() {
    let stage = Stage::new().await;
    stage.server.page("/next", "<p>next");
    stage.server.answer("/nothing", 204, &[], b"");
    let links = "<a id=nav href=/next>n</a><a id=hash href=#x>h</a><button id=b>b</button><a id=none href=/nothing>0</a>\
        <form action=/next><button id=form>f</button></form><a id=mail href=mailto:a@b.test>m</a>\
        <button id=assign onclick=\"location.href='/next'\">l</button>";
    stage.server.page("/links", links);
    for (id, navigates) in [
        ("nav", true),
        ("hash", true),
        ("b", false),
        ("none", false),
        ("form", true),
        ("mail", false),
        ("assign", true),
    ] {
        if id == "mail" && engine() == Engine::WebKit {
            // It has no program for mail and shows its error page in the document's place, sooner or later.
            continue;
        }
        stage.goto("/links").await;
        let before = stage.page.navigations();
        stage.click(&format!("#{id}")).await;
        let quick = stage.progress.within(Duration::from_secs(4));
        let navigated = stage
            .page
            .navigation_after(&quick, before, LoadState::Load)
            .await;
        let navigated = navigated.unwrap_or_else(|error| panic!("#{id}: {error}"));
        assert_eq!(navigated, navigates, "#{id}");
        assert_eq!(
            stage.page.url().contains("/next"),
            navigates && id != "hash",
            "#{id}: {}",
            stage.page.url()
        );
    }
    stage.close().await;
}

#[tokio::test]
async fn loading_is_told_as_it_happens() {
    let stage = Stage::new().await;
    let mut events = stage.page.events();
    stage.server.page("/a", "<title>Told</title>");
    stage.goto("/a").await;
    let mut seen = Vec::new();
    event(&mut events, |event| {
        match &event {
            PageEvent::Loading(true) => seen.push("loading"),
            PageEvent::Navigated {
                same_document: false,
                ..
            } => seen.push("navigated"),
            PageEvent::DomContentLoaded => seen.push("parsed"),
            PageEvent::Load => seen.push("loaded"),
            _ => {}
        }
        matches!(event, PageEvent::Loading(false)).then_some(())
    })
    .await;
    assert_eq!(seen, ["loading", "navigated", "parsed", "loaded"]);
    assert!(!stage.page.is_loading());
    let mut events = stage.page.events();
    stage.eval("document.title = 'Changed'").await;
    event(&mut events, |event| {
        matches!(event, PageEvent::TitleChanged(title) if &*title == "Changed").then_some(())
    })
    .await;
    stage.close().await;
}

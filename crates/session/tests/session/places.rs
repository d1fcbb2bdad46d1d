//! Addresses: those that cannot be had, those that may not be had, and crashes.

use browser::Engine;
use egress::EgressPolicy;
use serde_json::json;
use session::protocol::{Notice, Status};
use session::{SessionConfig, SessionEventKind, StartSession};

use crate::support::{Server, Studio, engine};

fn notice_code(code: &'static str) -> impl FnMut(&Notice) -> Option<String> {
    move |notice| match notice {
        Notice::Notice {
            code: said, text, ..
        } if said == code => Some(text.clone()),
        _ => None,
    }
}

#[tokio::test]
async fn an_address_that_cannot_be_had_says_why() {
    let mut studio = Studio::show("<h1>fine</h1>").await;
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    for (url, code) in [
        (format!("http://127.0.0.1:{free}/"), "refused"),
        ("http://no-such-host.invalid/".to_owned(), "dns"),
        ("https://no-such-host.invalid/".to_owned(), "dns"),
        (
            format!("https://127.0.0.1:{}/", studio.server.port()),
            "tls",
        ),
    ] {
        studio
            .viewer
            .say(json!({"t": "nav", "action": "goto", "url": url}))
            .await;
        let state = studio
            .state(|state| {
                state.tabs[0]
                    .error
                    .as_ref()
                    .is_some_and(|error| error.code == code && state.tabs[0].url == url)
            })
            .await;
        let error = state.tabs[0].error.clone().unwrap();
        assert!(error.text.ends_with('.'), "{error:?}");
        assert!(!state.tabs[0].loading);
        assert_eq!(state.tabs[0].url, url);
    }
    studio
        .viewer
        .say(json!({"t": "nav", "action": "goto", "url": "file:///etc/passwd"}))
        .await;
    studio
        .viewer
        .hear(|notice| {
            matches!(notice, Notice::Error { code, .. } if code == "bad_address").then_some(())
        })
        .await;
    let missing = studio.server.url("/missing");
    studio
        .viewer
        .say(json!({"t": "nav", "action": "goto", "url": missing}))
        .await;
    let text = studio.viewer.hear(notice_code("http_status")).await;
    assert!(text.contains("404"), "{text}");
    studio
        .viewer
        .say(json!({"t": "nav", "action": "back"}))
        .await;
    let start = studio.server.url("/");
    studio
        .state(|state| state.tabs[0].error.is_none() || state.tabs[0].url == start)
        .await;
    drop(studio.close().await);
}

#[tokio::test]
async fn a_private_address_is_refused_and_says_how_to_allow_it() {
    let server = Server::start().await;
    server.page("/", "<h1>inside</h1>");
    let url = server.url("/");
    let config = SessionConfig {
        egress: EgressPolicy::public_only(),
        ..SessionConfig::default()
    };
    let request = StartSession {
        url: Some(url.clone()),
        ..StartSession::default()
    };
    let mut studio = Studio::with(server, config, request).await;
    let state = studio.state(|state| state.tabs[0].error.is_some()).await;
    let error = state.tabs[0].error.clone().unwrap();
    assert_eq!(error.code, "egress_denied");
    assert!(error.detail.unwrap().contains("--allow-host 127.0.0.1"));
    studio.viewer.hear(notice_code("egress_denied")).await;
    drop(studio.close().await);
}

#[tokio::test]
async fn errors_of_a_page_are_told_with_evidence() {
    let server = Server::start().await;
    server.page("/", "<button id=b onclick='fetch(`/missing`);setTimeout(()=>{throw new Error(`boom`)})'>b</button>");
    let mut studio = Studio::open(server, "/").await;
    let mut events = studio.manager.events();
    // What the page looked like before is known once there was a picture.
    drop(studio.viewer.see().await);
    studio.click("#b").await;
    let text = studio.viewer.hear(|notice| match notice {
        Notice::Exception { text, .. } => Some(text.clone()),
        _ => None,
    });
    assert!(text.await.contains("boom"));
    let (mut exception, mut failed) = (None, false);
    let evidence = loop {
        match events.recv().await.unwrap().kind {
            SessionEventKind::Exception { error, .. } => exception = Some(error),
            SessionEventKind::NetworkFailure { failure, .. } => {
                failed |= failure.status == Some(404)
            }
            SessionEventKind::Evidence {
                errors,
                evidence,
                before,
                ..
            } => {
                assert!(errors.len() <= 2 && before.is_some());
                break evidence;
            }
            _ => {}
        }
    };
    assert!(exception.is_some() || failed);
    assert!(
        evidence
            .png_full_page
            .as_ref()
            .is_some_and(|png| png.starts_with(b"\x89PNG")),
        "{:?}",
        evidence.problems
    );
    assert!(
        evidence
            .dom
            .as_deref()
            .is_some_and(|dom| dom.contains("<button")),
        "{:?}",
        evidence.problems
    );
    drop(studio.close().await);
}

#[tokio::test]
async fn a_page_that_crashes_while_it_is_clicked_and_its_picture_is_taken_has_crashed() {
    let mut studio = Studio::show("<h1>tall</h1><div style='height:9000px'></div>").await;
    let session = studio.session.clone();
    for _ in 0..20 {
        studio.viewer.click((90.0, 90.0)).await;
    }
    let crashing = async {
        studio.crash();
        if engine() == Engine::WebKit {
            // The browser goes with its page.
            let reason = studio.session.ended().await;
            assert!(reason.contains("crashed"), "{reason}");
        } else {
            studio.state(|state| state.status == Status::Crashed).await;
        }
    };
    let (picture, ()) = tokio::join!(session.screenshot(true), crashing);
    // It may have been there before.
    if let Err(error) = picture {
        assert!(!format!("{error:?}").contains("Deadline"), "{error:?}");
    }
    drop(studio.close().await);
}

#[tokio::test]
async fn a_crashed_page_is_offered_again() {
    let mut studio = Studio::show("<h1>back again</h1>").await;
    let _ = studio.session.evaluate("1").await;
    studio
        .viewer
        .say(json!({"t": "nav", "action": "goto", "url": "data:text/html,x"}))
        .await;
    studio
        .state(|state| state.tabs[0].url.starts_with("data:"))
        .await;
    studio.crash();
    if engine() == Engine::WebKit {
        // The browser goes with its page: nothing can be offered but another session.
        let reason = studio.session.ended().await;
        assert!(reason.contains("crashed"), "{reason}");
        return drop(studio.close().await);
    }
    let state = studio.state(|state| state.status == Status::Crashed).await;
    assert_eq!(
        state.tabs[0]
            .error
            .as_ref()
            .map(|error| error.code.as_str()),
        Some("crashed")
    );
    let url = studio.server.url("/");
    studio
        .viewer
        .say(json!({"t": "nav", "action": "goto", "url": url}))
        .await;
    studio
        .state(|state| state.status == Status::Live && state.tabs[0].error.is_none())
        .await;
    studio
        .holds("document.querySelector('h1')?.textContent === 'back again'")
        .await;
    let crashed = studio.session.latest_frame().map_or(0, |frame| frame.seq);
    while studio.viewer.see().await.seq() <= crashed {}
    drop(studio.close().await);
}

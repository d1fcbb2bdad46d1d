//! The beginning and the end of sessions.

use std::time::{Duration, Instant};

use egress::EgressPolicy;
use session::protocol::Notice;
use session::{SessionConfig, SessionError, SessionEventKind, SessionManager, StartSession};

use crate::support::Studio;

#[tokio::test]
async fn a_stopped_session_says_goodbye_and_leaves_nothing() {
    let mut studio = Studio::show("<h1>x</h1>").await;
    let id = studio.session.id();
    let mut events = studio.manager.events();
    assert!(studio.manager.stop(id).await);
    let reason = studio.viewer.hear(|notice| match notice {
        Notice::Bye { reason } => Some(reason.clone()),
        _ => None,
    });
    assert_eq!(reason.await, "stopped by a person");
    while !matches!(
        events.recv().await.unwrap().kind,
        SessionEventKind::Ended { failed: false, .. }
    ) {}
    assert!(studio.manager.get(id).is_none());
    assert!(matches!(
        studio.session.evaluate("1").await,
        Err(SessionError::Ended { .. })
    ));
    let folder = studio.folder.path().to_owned();
    drop((studio.session, studio.viewer));
    assert_eq!(
        std::fs::read_dir(folder).unwrap().count(),
        0,
        "its folder is gone"
    );
    studio.manager.shutdown().await;
}

#[tokio::test]
async fn a_browser_that_dies_ends_its_sessions_and_the_next_one_gets_another() {
    let studio = Studio::show("<h1>x</h1>").await;
    studio.kill_browser();
    let reason = studio.session.ended().await;
    assert!(reason.contains("browser"), "{reason}");
    let next = studio.manager.start(StartSession::default()).await.unwrap();
    assert!(next.evaluate("1 + 1").await.is_ok());
    drop(studio.close().await);
}

#[tokio::test]
async fn sessions_are_limited_and_unwatched_ones_end() {
    let config = SessionConfig {
        egress: EgressPolicy::everything(),
        max_sessions: 1,
        idle_timeout: Some(Duration::from_millis(500)),
        ..SessionConfig::default()
    };
    let manager = SessionManager::new(config);
    let first = manager.start(StartSession::default()).await.unwrap();
    assert!(matches!(
        manager.start(StartSession::default()).await,
        Err(SessionError::TooMany { max: 1 })
    ));
    let reason = first.ended().await;
    assert!(reason.contains("nobody watched"), "{reason}");
    let begun = Instant::now();
    let second = loop {
        match manager.start(StartSession::default()).await {
            Ok(session) => break session,
            Err(SessionError::TooMany { .. }) => tokio::task::yield_now().await,
            Err(error) => panic!("{error}"),
        }
    };
    assert!(begun.elapsed() < Duration::from_secs(5));
    drop(second);
    manager.shutdown().await;
}

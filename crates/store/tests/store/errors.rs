use crate::support::folder;
use ids::{ErrorId, SessionId};
use store::{
    ErrorFilter, ErrorKind, EvidenceRefs, NewError, NewSession, Owner, Page, SessionStatus,
    Severity, Subject, Viewport,
};

fn session(id: SessionId) -> NewSession {
    NewSession {
        id,
        user: None,
        name: "s".to_owned(),
        url: "https://a.example/".to_owned(),
        browser: "chromium".to_owned(),
        viewport: Viewport {
            width: 1280,
            height: 720,
            device_scale_factor: 1.0,
            mobile: false,
            touch: false,
        },
        record: false,
        frame_rate: None,
        quality: None,
    }
}

fn error(owner: Owner, message: &str, severity: Severity) -> NewError {
    NewError {
        id: ErrorId::new(),
        owner,
        step_index: None,
        kind: ErrorKind::Exception,
        severity,
        message: message.to_owned(),
        detail: None,
        stack: Some("at x.js:1:1".to_owned()),
        url: None,
        evidence: EvidenceRefs::default(),
    }
}

#[tokio::test]
async fn the_same_error_met_again_is_counted_and_another_one_is_kept() {
    let folder = folder().await;
    let id = SessionId::new();
    folder.store.sessions().create(session(id)).await.unwrap();
    let errors = folder.store.errors();
    let (first, new) = errors
        .record(error(Owner::Session(id), "boom", Severity::Error))
        .await
        .unwrap();
    assert!(new);
    let (again, new) = errors
        .record(error(Owner::Session(id), "boom", Severity::Error))
        .await
        .unwrap();
    assert_eq!((again, new), (first, false));
    errors
        .record(error(Owner::Session(id), "bang", Severity::Warning))
        .await
        .unwrap();
    assert_eq!(errors.get(first).await.unwrap().count, 2);
    assert_eq!(folder.store.sessions().get(id).await.unwrap().errors, 2);

    let warnings = ErrorFilter {
        session: Some(id),
        severity: Some(Severity::Warning),
        ..ErrorFilter::default()
    };
    let found = errors.list(warnings, Page::default()).await.unwrap();
    assert_eq!(
        found
            .items
            .iter()
            .map(|error| error.message.as_str())
            .collect::<Vec<_>>(),
        ["bang"]
    );
    let other = ErrorFilter {
        session: Some(SessionId::new()),
        ..ErrorFilter::default()
    };
    assert_eq!(errors.list(other, Page::default()).await.unwrap().total, 0);
}

#[tokio::test]
async fn sessions_that_a_dead_server_left_behind_are_ended_with_the_reason() {
    let folder = folder().await;
    let (live, stopped) = (SessionId::new(), SessionId::new());
    for id in [live, stopped] {
        folder.store.sessions().create(session(id)).await.unwrap();
        folder.store.sessions().live(id, "150.0").await.unwrap();
    }
    folder
        .store
        .sessions()
        .end(stopped, SessionStatus::Stopped, "asked")
        .await
        .unwrap();
    assert_eq!(
        folder
            .store
            .sessions()
            .end_orphans("the server died")
            .await
            .unwrap(),
        1
    );
    let crashed = folder.store.sessions().get(live).await.unwrap();
    assert_eq!(
        (crashed.status, crashed.end_reason.as_deref()),
        (SessionStatus::Crashed, Some("the server died"))
    );
    let kept = folder.store.sessions().get(stopped).await.unwrap();
    assert_eq!(kept.status, SessionStatus::Stopped);
    let log = folder
        .store
        .events()
        .after(Subject::Session, live.uuid(), 0, None, 10)
        .await
        .unwrap();
    let kinds: Vec<_> = log.iter().map(|event| event.kind.as_str()).collect();
    assert_eq!(kinds, ["session.created", "session.live", "session.ended"]);
}

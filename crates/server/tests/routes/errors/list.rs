use ids::{ErrorId, RunId, SessionId};
use serde_json::json;
use store::{ErrorKind, EvidenceRefs, NewError, Owner as Of, Severity};

use crate::support::Server;

#[tokio::test]
async fn errors_are_found_by_owner_kind_and_severity() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let (session, run) = (SessionId::new(), RunId::new());
    for (of, kind, severity) in [
        (Of::Session(session), ErrorKind::Exception, Severity::Error),
        (Of::Session(session), ErrorKind::Network, Severity::Warning),
        (Of::Run(run), ErrorKind::Step, Severity::Error),
    ] {
        let new = NewError {
            id: ErrorId::new(),
            owner: of,
            step_index: None,
            kind,
            severity,
            message: format!("{kind} went wrong"),
            detail: None,
            stack: None,
            url: None,
            evidence: EvidenceRefs::default(),
        };
        server.store.errors().record(new).await.unwrap();
    }
    for (query, found) in [
        (String::new(), 3),
        (format!("?session={session}"), 2),
        (format!("?session={session}&severity=warning"), 1),
        (format!("?run={run}"), 1),
        ("?kind=exception".to_owned(), 1),
        ("?severity=fatal".to_owned(), 0),
    ] {
        for base in ["/api/v1/errors", "/api/errors"] {
            let answer = owner.get(&format!("{base}{query}")).await.json();
            assert_eq!(answer["pagination"]["total"], json!(found), "{base}{query}");
        }
    }
    assert_eq!(
        owner.get("/api/v1/errors?severity=odd").await.code(),
        "invalid_query"
    );
    assert_eq!(
        owner.get("/api/v1/errors?session=odd").await.code(),
        "invalid_query"
    );
    assert_eq!(
        owner
            .get(&format!("/api/v1/errors/{}", ErrorId::new()))
            .await
            .code(),
        "not_found"
    );
}

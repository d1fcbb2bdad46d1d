//! What a session met, as rows of the error list.

use capture::{ConsoleEntry, NetworkFailure};
use ids::{ErrorId, SessionId};
use session::protocol::TabError;
use store::{ErrorKind, EvidenceRefs, NewError, Owner, Severity};

pub(super) fn console(session: SessionId, id: ErrorId, entry: ConsoleEntry) -> NewError {
    NewError {
        stack: entry.stack,
        url: entry.url,
        ..of(session, id, ErrorKind::Console, Severity::Error, entry.text)
    }
}

pub(super) fn exception(session: SessionId, id: ErrorId, entry: ConsoleEntry) -> NewError {
    NewError {
        stack: entry.stack,
        url: entry.url,
        ..of(
            session,
            id,
            ErrorKind::Exception,
            Severity::Error,
            entry.text,
        )
    }
}

pub(super) fn network(session: SessionId, id: ErrorId, failure: NetworkFailure) -> NewError {
    let (severity, what) = match failure.status {
        Some(status) if status < 500 => (Severity::Warning, format!("was answered with {status}")),
        Some(status) => (Severity::Error, format!("was answered with {status}")),
        None => (
            Severity::Error,
            format!(
                "failed: {}",
                failure.error.as_deref().unwrap_or("no answer")
            ),
        ),
    };
    NewError {
        detail: failure.resource_type,
        url: Some(failure.url.clone()),
        ..of(
            session,
            id,
            ErrorKind::Network,
            severity,
            format!("{} {} {what}", failure.method, failure.url),
        )
    }
}

pub(super) fn navigation(
    session: SessionId,
    id: ErrorId,
    url: String,
    reason: TabError,
) -> NewError {
    NewError {
        detail: reason.detail,
        url: Some(url),
        ..of(
            session,
            id,
            ErrorKind::Navigation,
            Severity::Error,
            reason.text,
        )
    }
}

pub(super) fn crash(session: SessionId, id: ErrorId, url: String) -> NewError {
    let message = "The page's process died.".to_owned();
    NewError {
        url: Some(url),
        ..of(session, id, ErrorKind::Crash, Severity::Fatal, message)
    }
}

fn of(
    session: SessionId,
    id: ErrorId,
    kind: ErrorKind,
    severity: Severity,
    message: String,
) -> NewError {
    NewError {
        id,
        owner: Owner::Session(session),
        step_index: None,
        kind,
        severity,
        message,
        detail: None,
        stack: None,
        url: None,
        evidence: EvidenceRefs::default(),
    }
}

//! Answers what pages without a network ask for. Runs on the reader's task.

use crate::cdp::page_inner::PageInner;
use crate::cdp::protocol::fetch::{
    ContinueRequest, Enable, FailRequest, FulfillRequest, HeaderEntry, RequestId,
    RequestPausedEvent,
};
use crate::cdp::protocol::network::ErrorReason;
use crate::cdp::protocol::page::AddScriptToEvaluateOnNewDocument;
use crate::cdp::session::Session;
use crate::offline::{OfflineFile, OfflineSite};

/// Tells a session, before its target runs, that every request is ours to answer.
pub(crate) fn prepare(session: &Session, site: &OfflineSite) {
    session.post(&Enable::default());
    if let Some(script) = site.script() {
        carry(session, script);
    }
}

/// Tells a session, before its target runs, what every document runs before its own scripts.
pub(crate) fn carry(session: &Session, script: &str) {
    session.post(&carried(script));
}

/// The command that makes every document run a script before its own, the one that is there as well.
pub(crate) fn carried(script: &str) -> AddScriptToEvaluateOnNewDocument {
    AddScriptToEvaluateOnNewDocument {
        source: script.to_owned(),
        run_immediately: Some(true),
        ..AddScriptToEvaluateOnNewDocument::default()
    }
}

impl PageInner {
    /// A request waits for its answer.
    pub(super) fn request_paused(&self, session: &str, event: RequestPausedEvent) {
        let session = Session::new(self.session.connection().clone(), session.into());
        let request_id = event.request_id;
        let url = &event.request.url;
        // What these hold is in the address or was made by the page itself.
        if url.starts_with("data:") || url.starts_with("blob:") || url.starts_with("about:") {
            session.post(&ContinueRequest {
                request_id,
                ..ContinueRequest::default()
            });
            return;
        }
        match self.context.options().offline.as_deref() {
            Some(site) => site.answer(url, move |file| answer(&session, request_id, file)),
            None => answer(&session, request_id, None),
        }
    }
}

fn answer(session: &Session, request_id: RequestId, file: Option<&OfflineFile>) {
    let Some(file) = file else {
        session.post(&FailRequest {
            request_id,
            error_reason: ErrorReason::BlockedByClient,
        });
        return;
    };
    let headers = file.headers().iter().map(|(name, value)| HeaderEntry {
        name: name.clone(),
        value: value.clone(),
    });
    session.post(&FulfillRequest {
        request_id,
        response_code: 200,
        response_headers: Some(headers.collect()),
        body: Some(file.base64().to_owned()),
        ..FulfillRequest::default()
    });
}

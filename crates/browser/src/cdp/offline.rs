//! Answers what pages without a network ask for. Runs on the reader's task.

use crate::cdp::page_inner::PageInner;
use crate::cdp::protocol::fetch::{
    ContinueRequest, Enable, FailRequest, FulfillRequest, HeaderEntry, RequestId,
    RequestPausedEvent,
};
use crate::cdp::protocol::network::ErrorReason;
use crate::cdp::protocol::page::{
    AddCompilationCache, AddScriptToEvaluateOnNewDocument, CompilationCacheParams,
    CompilationCacheProducedEvent, ProduceCompilationCache,
};
use crate::cdp::session::Session;
use crate::offline::{Compiled, OfflineFile, OfflineSite};

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
        let Some(site) = self.context.options().offline.as_deref() else {
            return answer(&session, request_id, None);
        };
        let script = url.clone();
        site.answer(url, move |file| {
            if let Some(compiled) = file.and_then(OfflineFile::compiled) {
                share(&session, script, compiled);
            }
            answer(&session, request_id, file);
        });
    }

    /// The browser has compiled a script that later pages load as well.
    pub(super) fn compiled(&self, event: CompilationCacheProducedEvent) {
        if let Some(site) = self.context.options().offline.as_deref() {
            site.keep_compiled(&event.url, event.data);
        }
    }
}

/// Gives the page what another has compiled of a script, or asks for it. A document forgets what it was told of before it
/// came, so this is said when it asks for the script.
fn share(session: &Session, url: String, compiled: &Compiled) {
    match compiled.get() {
        Some(code) => session.post(&AddCompilationCache {
            url,
            data: code.to_owned(),
        }),
        None => session.post(&ProduceCompilationCache {
            scripts: vec![CompilationCacheParams { url, eager: None }],
        }),
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

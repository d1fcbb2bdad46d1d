//! The taps of one page: they read its events and keep what is worth keeping.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use browser::{
    ConsoleMessage, Page, PageEvent, PageException, RequestInfo, ResourceTiming, ResponseInfo,
};
use tokio::sync::broadcast::error::RecvError;
use tokio::task::AbortHandle;

use crate::answers::Answers;
use crate::console::{ConsoleEntry, ConsoleRing, ConsoleSource};
use crate::har::Har;
use crate::network::{NetworkFailure, NetworkLog, Phases, RequestSeen, ResponseSeen};

/// Console entries kept for a page.
const CONSOLE_LIMIT: usize = 500;
/// Requests kept for a page.
const NETWORK_LIMIT: usize = 2_000;

/// Something that the taps found worth telling at once.
#[derive(Debug, Clone)]
pub enum TapEvent {
    /// A line on the console.
    Console(ConsoleEntry),
    /// An exception that nothing caught.
    Exception(ConsoleEntry),
    /// A request failed.
    NetworkFailure(NetworkFailure),
}

/// Console and network of a page. Clones share what was kept.
#[derive(Debug, Clone)]
pub struct PageTaps {
    kept: Arc<Mutex<Kept>>,
    answers: Answers,
}

#[derive(Debug)]
struct Kept {
    console: ConsoleRing,
    network: NetworkLog,
}

/// Taps that listen to a page until this is dropped.
#[derive(Debug)]
pub struct AttachedTaps {
    taps: PageTaps,
    task: AbortHandle,
}

impl Default for PageTaps {
    fn default() -> Self {
        let kept = Kept {
            console: ConsoleRing::new(CONSOLE_LIMIT),
            network: NetworkLog::new(NETWORK_LIMIT),
        };
        Self {
            kept: Arc::new(Mutex::new(kept)),
            answers: Answers::default(),
        }
    }
}

impl PageTaps {
    /// Taps that listen to `page` by themselves from now on. Requests are seen when the page reports network events.
    #[must_use]
    pub fn attach(page: &Page) -> AttachedTaps {
        let taps = Self::default();
        let listening = taps.clone();
        let mut events = page.events();
        let task = tokio::spawn(async move {
            loop {
                match events.recv().await {
                    Ok(PageEvent::Closed) | Err(RecvError::Closed) => return,
                    Ok(event) => drop(listening.observe(&event)),
                    Err(RecvError::Lagged(missed)) => {
                        tracing::warn!(missed, "the taps of a page fell behind")
                    }
                }
            }
        });
        AttachedTaps {
            taps,
            task: task.abort_handle(),
        }
    }

    /// Keeps what the event says; gives it back when it is worth telling.
    pub fn observe(&self, event: &PageEvent) -> Option<TapEvent> {
        match event {
            PageEvent::Console(message) => {
                let entry = console_entry(message);
                self.kept().console.push(entry.clone());
                Some(TapEvent::Console(entry))
            }
            PageEvent::Exception(exception) => {
                let entry = exception_entry(exception);
                self.kept().console.push(entry.clone());
                Some(TapEvent::Exception(entry))
            }
            PageEvent::Request(info) => {
                let mut kept = self.kept();
                if let Some(redirect) = &info.redirected_from {
                    kept.network.response(response_seen(redirect));
                    kept.network.finished(
                        redirect.id.as_str(),
                        redirect.encoded_bytes,
                        redirect.monotonic,
                    );
                }
                kept.network.request(request_seen(info));
                None
            }
            PageEvent::Response(info) => {
                self.answers.push(info);
                let failed = self.kept().network.response(response_seen(info));
                failed.map(TapEvent::NetworkFailure)
            }
            PageEvent::RequestFinished(done) => {
                self.kept()
                    .network
                    .finished(done.id.as_str(), done.encoded_bytes, done.monotonic);
                None
            }
            PageEvent::RequestFailed(failure) => {
                let reason = match &failure.blocked {
                    Some(why) => format!("{} (blocked: {why})", failure.error_text),
                    None => failure.error_text.clone(),
                };
                let id = failure.id.as_str();
                let failed =
                    self.kept()
                        .network
                        .failed(id, &reason, failure.canceled, failure.monotonic);
                failed.map(TapEvent::NetworkFailure)
            }
            _ => None,
        }
    }

    /// Console messages and exceptions, oldest first.
    #[must_use]
    pub fn console(&self) -> Vec<ConsoleEntry> {
        self.kept().console.entries()
    }

    /// Failed requests, oldest first.
    #[must_use]
    pub fn network_failures(&self) -> Vec<NetworkFailure> {
        self.kept().network.failures()
    }

    /// The answers to its requests, for those who wait for one.
    #[must_use]
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// The requests as HAR 1.2; `browser` is its name and version.
    #[must_use]
    pub fn har(&self, browser: (&str, &str)) -> Har {
        self.kept().network.har(browser)
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::ops::Deref for AttachedTaps {
    type Target = PageTaps;

    fn deref(&self) -> &PageTaps {
        &self.taps
    }
}

impl Drop for AttachedTaps {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn console_entry(message: &ConsoleMessage) -> ConsoleEntry {
    ConsoleEntry {
        source: ConsoleSource::Console,
        level: message.level.as_str().to_owned(),
        text: message.text.clone(),
        url: said(&message.url),
        line: Some(message.line).filter(|line| *line > 0),
        column: None,
        stack: said(&message.stack),
        at: message.at,
        count: 1,
    }
}

fn exception_entry(exception: &PageException) -> ConsoleEntry {
    ConsoleEntry {
        source: ConsoleSource::Exception,
        level: "error".to_owned(),
        text: exception.text.clone(),
        url: said(&exception.url),
        line: Some(exception.line).filter(|line| *line > 0),
        column: Some(exception.column).filter(|column| *column > 0),
        stack: said(&exception.stack),
        at: exception.at,
        count: 1,
    }
}

fn request_seen(info: &RequestInfo) -> RequestSeen {
    RequestSeen {
        id: info.id.as_str().to_owned(),
        method: info.method.clone(),
        url: info.url.clone(),
        resource_type: info.resource_type.clone(),
        headers: info.headers.clone(),
        at: info.at,
        monotonic: info.monotonic,
    }
}

fn response_seen(info: &ResponseInfo) -> ResponseSeen {
    ResponseSeen {
        id: info.id.as_str().to_owned(),
        status: info.status,
        status_text: info.status_text.clone(),
        mime: info.mime.clone(),
        headers: info.headers.clone(),
        from_cache: info.from_cache,
        remote_address: said(&info.remote_address),
        protocol: said(&info.protocol),
        monotonic: info.monotonic,
        phases: info.timing.as_ref().map(phases),
    }
}

fn phases(timing: &ResourceTiming) -> Phases {
    let span = |start: f64, end: f64| (start >= 0.0 && end >= start).then_some(end - start);
    Phases {
        dns: span(timing.dns_start, timing.dns_end),
        connect: span(timing.connect_start, timing.connect_end),
        ssl: span(timing.ssl_start, timing.ssl_end),
        send: span(timing.send_start, timing.send_end).unwrap_or(0.0),
        wait: span(timing.send_end, timing.receive_headers_end).unwrap_or(0.0),
    }
}

/// The browser writes an empty text for what it does not know.
fn said(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

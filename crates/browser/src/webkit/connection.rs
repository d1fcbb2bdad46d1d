//! The message pump: command id to waiter, inspected page to its sink. It never waits on either.
//!
//! One socket carries three conversations: with the browser's Automation domain, with each page of the browser (its
//! Target domain), and, wrapped in messages of that, with each target of a page.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot, watch};

use crate::Result;
use crate::cdp::head::{self, Incoming, ReplyError};
use crate::error::BrowserError;
use crate::webkit::socket::frame;
use crate::webkit::variant::{self, Target};

/// Takes what a page of the browser tells, on the reader's own task: it must not block, and may only change its own
/// state, publish and write commands.
pub(crate) trait Sink: Send + Sync {
    /// An event of the page itself, or of one of its targets. The body is unparsed.
    fn event(self: Arc<Self>, target: Option<&str>, method: &str, params: &Bytes);
}

/// Takes what the browser as a whole tells; the same rules hold.
pub(crate) trait BrowserSink: Send + Sync {
    /// Who answers: the browser's name and version.
    fn started(self: Arc<Self>, product: String, version: String);
    /// The browser's list of things to inspect has changed.
    fn targets(self: Arc<Self>, connection: u64, targets: &[Target]);
    /// An event of the Automation domain.
    fn automation(self: Arc<Self>, method: &str, params: &Bytes);
}

/// Whom a command is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Address {
    /// The Automation domain.
    Automation,
    /// A page of the browser, by its number: its Target domain.
    Page(u64),
    /// A target of a page: everything else.
    Target(u64, Arc<str>),
}

type Waiter = Box<dyn FnOnce(Result<Bytes>) + Send>;

/// A connection to a browser. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Connection(Arc<Inner>);

struct Inner {
    next_id: AtomicU64,
    outgoing: mpsc::UnboundedSender<Vec<u8>>,
    state: Mutex<State>,
    closed: watch::Sender<bool>,
}

#[derive(Default)]
struct State {
    closed: bool,
    /// The number of the browser process in the messages, and that of its Automation domain.
    automation: Option<(u64, u64)>,
    pending: HashMap<u64, Pending>,
    sinks: HashMap<u64, Arc<dyn Sink>>,
    browser: Option<Arc<dyn BrowserSink>>,
}

struct Pending {
    address: Address,
    /// The script context that the command runs in; with it the answer goes.
    context: Option<u64>,
    method: &'static str,
    waiter: Waiter,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Dispatched {
    target_id: String,
    message: String,
}

impl Connection {
    /// A connection whose outgoing messages appear at the receiver.
    pub(crate) fn new() -> (Self, mpsc::UnboundedReceiver<Vec<u8>>) {
        let (outgoing, messages) = mpsc::unbounded_channel();
        let inner = Inner {
            next_id: AtomicU64::new(1),
            outgoing,
            state: Mutex::default(),
            closed: watch::Sender::new(false),
        };
        (Self(Arc::new(inner)), messages)
    }

    /// Asks for the Automation domain; the target lists that follow tell where it is.
    pub(crate) fn start_automation(&self, sink: Arc<dyn BrowserSink>) {
        self.lock().browser = Some(sink);
        self.raw(
            "StartAutomationSession",
            &variant::text_and_nothing("proscenium"),
        );
    }

    /// The Automation domain is there: from now on commands can be sent to it.
    pub(crate) fn pair_automation(&self, connection: u64, target: u64) {
        self.lock().automation = Some((connection, target));
        self.raw("Setup", &variant::numbers(connection, target));
    }

    /// The Automation domain is gone; whoever waits for anything gets `error`, and nobody can ask any more.
    pub(crate) fn automation_gone(&self, error: &BrowserError) {
        self.lock().automation = None;
        self.fail(error, |_| true);
    }

    /// Asks for the pages as well; they appear in the target lists without, but answer only after this.
    pub(crate) fn start_inspector(&self) {
        // The hash of a protocol that nobody has: the browser answers with its own, which nobody reads.
        self.raw("SetupInspectorClient", &[0]);
    }

    /// From now on `sink` gets the events of a page. Before the page has its process this would be in vain.
    pub(crate) fn attach(&self, page: u64, sink: Arc<dyn Sink>) {
        let mut state = self.lock();
        let Some((connection, _)) = state.automation.filter(|_| !state.closed) else {
            return;
        };
        state.sinks.insert(page, sink);
        drop(state);
        self.raw("Setup", &variant::numbers(connection, page));
    }

    /// The page is gone: its events are dropped, and whoever waits for it gets `error`.
    pub(crate) fn detach(&self, page: u64, error: &BrowserError) {
        self.lock().sinks.remove(&page);
        self.fail(error, |pending| {
            matches!(&pending.address, Address::Page(of) | Address::Target(of, _) if *of == page)
        });
    }

    /// Whoever waits for the page gets `error`; the page stays.
    pub(crate) fn fail_page(&self, page: u64, error: &BrowserError) {
        self.fail(
            error,
            |pending| matches!(&pending.address, Address::Target(of, _) if *of == page),
        );
    }

    /// A script context is gone, and with it every answer that was to come out of it: the browser would never say so.
    pub(crate) fn context_gone(&self, page: u64, context: u64) {
        self.fail(&BrowserError::ContextDestroyed, |pending| {
            pending.context == Some(context)
                && matches!(&pending.address, Address::Target(of, _) if *of == page)
        });
    }

    /// Writes a command now; the answer may be awaited later or never.
    pub(crate) fn send<T: DeserializeOwned + Send + 'static>(
        &self,
        address: &Address,
        context: Option<u64>,
        method: &'static str,
        params: &Value,
    ) -> impl Future<Output = Result<T>> + Send + 'static + use<T> {
        let (sender, answer) = oneshot::channel();
        let waiter = Box::new(move |answer| drop(sender.send(answer)));
        self.write(address, context, method, params, Some(waiter));
        async move {
            let body: Bytes = answer.await.unwrap_or(Err(BrowserError::Disconnected))?;
            parse(method, &body)
        }
    }

    /// Writes a command whose answer nobody needs.
    pub(crate) fn post(&self, address: &Address, method: &'static str, params: &Value) {
        self.write(address, None, method, params, None);
    }

    fn write(
        &self,
        address: &Address,
        context: Option<u64>,
        method: &'static str,
        params: &Value,
        waiter: Option<Waiter>,
    ) {
        let id = self.0.next_id.fetch_add(1, Ordering::Relaxed);
        let mut state = self.lock();
        let Some((connection, automation)) = state.automation.filter(|_| !state.closed) else {
            drop(state);
            return waiter.map_or((), |waiter| waiter(Err(BrowserError::Disconnected)));
        };
        if let Some(waiter) = waiter {
            let pending = Pending {
                address: address.clone(),
                context,
                method,
                waiter,
            };
            state.pending.insert(id, pending);
        }
        let text = json!({"id": id, "method": method, "params": params}).to_string();
        let (target, text) = match address {
            Address::Automation => (automation, text),
            Address::Page(page) => (*page, text),
            // Both carry the same id: the wrapper's answer only counts when it is a refusal.
            Address::Target(page, target) => (
                *page,
                json!({
                    "id": id,
                    "method": "Target.sendMessageToTarget",
                    "params": {"targetId": &**target, "message": text},
                })
                .to_string(),
            ),
        };
        self.raw(
            "SendMessageToBackend",
            &variant::numbers_and_text(connection, target, text.as_bytes()),
        );
    }

    fn raw(&self, name: &str, body: &[u8]) {
        // The receiver is gone only when the connection has closed, and then every waiter has been told.
        let _ = self.0.outgoing.send(frame(name, body));
    }

    /// Takes a message from the browser. What is unknown or malformed is dropped.
    pub(crate) fn deliver(&self, name: &[u8], body: &Bytes) {
        match name {
            b"SetTargetList" => {
                let Some((connection, targets)) = variant::read_targets(body) else {
                    return;
                };
                let browser = self.lock().browser.clone();
                if let Some(browser) = browser {
                    browser.targets(connection, &targets);
                }
            }
            b"SendMessageToFrontend" => {
                if let Some((_, target, text)) = variant::read_numbers_and_text(body) {
                    self.message(target, &text);
                }
            }
            b"DidStartAutomationSession" => {
                let browser = self.lock().browser.clone();
                if let (Some(browser), Some((product, version))) =
                    (browser, variant::read_texts(body))
                {
                    browser.started(product, version);
                }
            }
            // The answer to `SetupInspectorClient` says nothing that is needed.
            _ => {}
        }
    }

    /// A message of the Automation domain or of a page.
    fn message(&self, from: u64, text: &Bytes) {
        match head::read(text) {
            Some(Incoming::Reply { id, result }) => {
                let mut state = self.lock();
                let wrapper = state
                    .pending
                    .get(&id)
                    .is_some_and(|pending| matches!(pending.address, Address::Target(..)));
                // The wrapper was taken; the answer comes by itself.
                if wrapper && result.is_ok() {
                    return;
                }
                let pending = state.pending.remove(&id);
                drop(state);
                finish(pending, result);
            }
            Some(Incoming::Event { method, params, .. }) => {
                let state = self.lock();
                let is_automation = state.automation.is_some_and(|(_, target)| target == from);
                let browser = state.browser.clone().filter(|_| is_automation);
                let sink = state.sinks.get(&from).cloned();
                drop(state);
                if let Some(browser) = browser {
                    browser.automation(method, &params);
                } else if let Some(sink) = sink {
                    self.page_event(sink, method, &params);
                }
            }
            None => tracing::debug!(
                bytes = text.len(),
                "the browser sent something that is no message"
            ),
        }
    }

    fn page_event(&self, sink: Arc<dyn Sink>, method: &str, params: &Bytes) {
        if method != "Target.dispatchMessageFromTarget" {
            return sink.event(None, method, params);
        }
        let Ok(Dispatched { target_id, message }) = serde_json::from_slice(params) else {
            return;
        };
        match head::read(&Bytes::from(message)) {
            Some(Incoming::Reply { id, result }) => {
                let pending = self.lock().pending.remove(&id);
                finish(pending, result);
            }
            Some(Incoming::Event { method, params, .. }) => {
                sink.event(Some(&target_id), method, &params);
            }
            None => {}
        }
    }

    /// The browser has gone: everybody who waits is told, and nobody can wait any more.
    pub(crate) fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        let pending = std::mem::take(&mut state.pending);
        let sinks = std::mem::take(&mut state.sinks);
        let browser = state.browser.take();
        drop(state);
        for pending in pending.into_values() {
            (pending.waiter)(Err(BrowserError::Disconnected));
        }
        drop((sinks, browser));
        self.0.closed.send_replace(true);
    }

    /// Whether the browser has gone.
    pub(crate) fn is_closed(&self) -> bool {
        *self.0.closed.borrow()
    }

    /// Becomes `true` when the browser has gone.
    pub(crate) fn closed(&self) -> watch::Receiver<bool> {
        self.0.closed.subscribe()
    }

    fn fail(&self, error: &BrowserError, mut which: impl FnMut(&Pending) -> bool) {
        let failed: Vec<_> = self
            .lock()
            .pending
            .extract_if(|_, pending| which(pending))
            .collect();
        for (_, pending) in failed {
            (pending.waiter)(Err(error.clone()));
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn finish(pending: Option<Pending>, result: std::result::Result<Bytes, ReplyError>) {
    if let Some(pending) = pending {
        (pending.waiter)(result.map_err(|error| refusal(pending.method, error)));
    }
}

/// The browser's words for "the thing that you talk to has gone", told apart from real refusals.
fn refusal(method: &'static str, error: ReplyError) -> BrowserError {
    let words = error.message.as_str();
    if words.starts_with("WindowNotFound") {
        return BrowserError::PageClosed;
    }
    if words.starts_with("Missing injected script") || words.starts_with("Missing target") {
        return BrowserError::ContextDestroyed;
    }
    BrowserError::Protocol {
        method,
        code: error.code,
        message: error.message,
    }
}

/// Reads a body; the error names the message.
pub(crate) fn parse<T: DeserializeOwned>(method: &'static str, body: &[u8]) -> Result<T> {
    serde_json::from_slice(body).map_err(|source| BrowserError::Reply {
        method,
        source: Arc::new(source),
    })
}

//! The message pump: command id to waiter, events to one sink. It never waits on either.

use std::collections::HashMap;
use std::os::fd::AsFd as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use futures_util::{SinkExt as _, StreamExt as _};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use socket2::SockRef;
use tokio::net::TcpStream;
use tokio::sync::{mpsc, oneshot, watch};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use crate::drive::driver::Answer;
use crate::error::BrowserError;

/// A message larger than this is not read: the picture of a very long page, base64 encoded.
const LARGEST_MESSAGE: usize = 256 << 20;

/// Takes the events, on the reader's own task: it must not block.
pub(crate) trait Sink: Send + Sync {
    /// An event came. The body is unparsed.
    fn event(self: Arc<Self>, method: &str, params: &RawValue);
}

/// A connection to a browser. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Connection(Arc<Inner>);

struct Inner {
    next_id: AtomicU64,
    outgoing: mpsc::UnboundedSender<String>,
    state: Mutex<State>,
    closed: watch::Sender<bool>,
}

#[derive(Default)]
struct State {
    closed: bool,
    pending: HashMap<u64, Pending>,
    sink: Option<Weak<dyn Sink>>,
}

struct Pending {
    method: &'static str,
    waiter: oneshot::Sender<Result<Value, BrowserError>>,
}

/// What the browser sends: an answer, a refusal or an event.
#[derive(Deserialize)]
struct Incoming<'a> {
    id: Option<u64>,
    #[serde(borrow)]
    result: Option<&'a RawValue>,
    error: Option<String>,
    message: Option<String>,
    method: Option<String>,
    #[serde(borrow)]
    params: Option<&'a RawValue>,
}

impl Connection {
    /// Connects, and reads and writes until the browser goes.
    pub(crate) async fn open(url: &str) -> Result<Self, BrowserError> {
        let config = WebSocketConfig::default()
            .max_message_size(Some(LARGEST_MESSAGE))
            .max_frame_size(Some(LARGEST_MESSAGE));
        let (socket, _) = tokio_tungstenite::connect_async_with_config(url, Some(config), true)
            .await
            .map_err(|error| {
                BrowserError::Invalid(format!("the browser's WebSocket refused us: {error}"))
            })?;
        let (outgoing, messages) = mpsc::unbounded_channel();
        let connection = Self::new(outgoing);
        tokio::spawn(pump(connection.clone(), socket, messages));
        Ok(connection)
    }

    fn new(outgoing: mpsc::UnboundedSender<String>) -> Self {
        Self(Arc::new(Inner {
            next_id: AtomicU64::new(1),
            outgoing,
            state: Mutex::default(),
            closed: watch::Sender::new(false),
        }))
    }

    /// From now on `sink` gets the events, as long as somebody holds it.
    pub(crate) fn set_sink(&self, sink: Weak<dyn Sink>) {
        self.lock().sink = Some(sink);
    }

    /// Writes a command now; the answer may be awaited later or never.
    pub(crate) fn send(&self, method: &'static str, params: &Value) -> Answer<Value> {
        let id = self.0.next_id.fetch_add(1, Ordering::Relaxed);
        let (waiter, answer) = oneshot::channel();
        {
            let mut state = self.lock();
            if state.closed {
                return crate::drive::driver::now(Err(BrowserError::Disconnected));
            }
            state.pending.insert(id, Pending { method, waiter });
        }
        let text = serde_json::json!({ "id": id, "method": method, "params": params }).to_string();
        // The receiver is gone only when the connection has closed, and then every waiter is told.
        let _ = self.0.outgoing.send(text);
        Box::pin(async move { answer.await.unwrap_or(Err(BrowserError::Disconnected)) })
    }

    /// Takes a message from the browser. Unknown ids, methods and malformed text are dropped.
    fn deliver(&self, text: &str) {
        let Ok(message) = serde_json::from_str::<Incoming<'_>>(text) else {
            return tracing::debug!(
                bytes = text.len(),
                "the browser sent something that is no message"
            );
        };
        if let Some(id) = message.id {
            let Some(pending) = self.lock().pending.remove(&id) else {
                return;
            };
            let answer = match (message.result, message.error) {
                (_, Some(error)) => Err(refusal(
                    pending.method,
                    &error,
                    &message.message.unwrap_or_default(),
                )),
                (Some(result), None) => {
                    serde_json::from_str(result.get()).map_err(|source| BrowserError::Reply {
                        method: pending.method,
                        source: Arc::new(source),
                    })
                }
                (None, None) => Ok(Value::Null),
            };
            // The one who asked may have given up.
            let _ = pending.waiter.send(answer);
        } else if let (Some(method), Some(params)) = (message.method, message.params) {
            let sink = self.lock().sink.as_ref().and_then(Weak::upgrade);
            if let Some(sink) = sink {
                sink.event(&method, params);
            }
        }
    }

    /// The browser has gone: everybody who waits is told, and nobody can wait any more.
    fn close(&self) {
        let pending = {
            let mut state = self.lock();
            state.closed = true;
            std::mem::take(&mut state.pending)
        };
        for pending in pending.into_values() {
            let _ = pending.waiter.send(Err(BrowserError::Disconnected));
        }
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

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn pump(
    connection: Connection,
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    mut messages: mpsc::UnboundedReceiver<String>,
) {
    let same_socket = match socket.get_ref() {
        MaybeTlsStream::Plain(plain) => plain.as_fd().try_clone_to_owned().ok(),
        _ => None,
    };
    // The browser writes nothing more until what it wrote was acknowledged, which the kernel puts off for 40 ms unless it
    // is told otherwise, after every read. Where it will not, it is slower.
    let acknowledge = || {
        if let Some(socket) = &same_socket {
            let _ = SockRef::from(socket).set_tcp_quickack(true);
        }
    };
    let (mut to_browser, mut from_browser) = socket.split();
    loop {
        tokio::select! {
            message = from_browser.next() => {
                acknowledge();
                match message {
                    Some(Ok(Message::Text(text))) => connection.deliver(&text),
                    Some(Ok(Message::Close(_)) | Err(_)) | None => break,
                    Some(Ok(_)) => {}
                }
            },
            Some(text) = messages.recv() => {
                if to_browser.send(Message::Text(text.into())).await.is_err() {
                    break;
                }
            }
        }
    }
    connection.close();
}

/// The browser's words for "the document that you talk to has gone", told apart from real refusals.
fn refusal(method: &'static str, error: &str, message: &str) -> BrowserError {
    const GONE: [&str; 5] = [
        "no such frame",
        "no such node",
        "no such handle",
        "no such element",
        "stale element reference",
    ];
    const GONE_WORDS: [&str; 6] = [
        "AbortError",
        "destroyed before query",
        "Browsing Context has been discarded",
        "BrowsingContext does no longer exist",
        "no longer",
        "realm is null",
    ];
    if GONE.contains(&error)
        || (error == "unknown error" && GONE_WORDS.iter().any(|words| message.contains(words)))
    {
        return BrowserError::ContextDestroyed;
    }
    if error == "invalid session id" {
        return BrowserError::Disconnected;
    }
    BrowserError::Protocol {
        method,
        code: 0,
        message: format!("{error}: {message}"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn connection() -> (Connection, mpsc::UnboundedReceiver<String>) {
        let (outgoing, written) = mpsc::unbounded_channel();
        (Connection::new(outgoing), written)
    }

    #[tokio::test]
    async fn an_answer_reaches_the_one_who_asked_whatever_comes_in_between() {
        let (connection, mut written) = connection();
        let answer = connection.send("session.status", &Value::Null);
        assert!(written.recv().await.is_some());
        for text in [
            "garbage",
            "{}",
            r#"{"id":77,"result":{}}"#,
            r#"{"method":"future.event","params":{}}"#,
        ] {
            connection.deliver(text);
        }
        connection.deliver(r#"{"type":"success","id":1,"result":{"ready":true}}"#);
        assert_eq!(answer.await.unwrap()["ready"], true);
    }

    #[tokio::test]
    async fn everybody_who_waits_is_told_when_the_browser_goes() {
        let (connection, _written) = connection();
        let answer = connection.send("session.status", &Value::Null);
        connection.close();
        assert!(matches!(answer.await, Err(BrowserError::Disconnected)));
        let late = connection.send("session.status", &Value::Null).await;
        assert!(matches!(late, Err(BrowserError::Disconnected)));
    }

    #[tokio::test]
    async fn a_document_that_has_gone_is_told_from_a_refusal() {
        let gone = refusal(
            "script.evaluate",
            "no such frame",
            "Realm with id x not found",
        );
        assert!(matches!(gone, BrowserError::ContextDestroyed));
        let between = "TypeError: can't access property \"context\", realm is null";
        let gone = refusal("script.evaluate", "unknown error", between);
        assert!(matches!(gone, BrowserError::ContextDestroyed));
        let refused = refusal("script.evaluate", "invalid argument", "no");
        assert_eq!(refused.to_string(), "script.evaluate: invalid argument: no");
    }

    proptest! {
        #[test]
        fn no_message_is_too_strange(text in ".{0,200}", id in any::<u64>()) {
            let (connection, _written) = connection();
            connection.deliver(&text);
            let shaped = serde_json::json!({ "id": id, "result": text, "error": null });
            connection.deliver(&shaped.to_string());
        }
    }
}

//! The message pump: command id to waiter, session to its sink. It never waits on either.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;
use tokio::sync::{mpsc, oneshot, watch};

use crate::cdp::head::{self, Incoming, ReplyError};
use crate::cdp::message::Command;
use crate::cdp::pipe::Wire;
use crate::cdp::session::Session;
use crate::error::BrowserError;

/// Takes the events of a session, on the reader's own task: it must not block, and may only change its own state,
/// publish and write commands.
pub(crate) trait Sink: Send + Sync {
    /// An event came. The body is unparsed; who does not need it does not pay for it.
    fn event(self: Arc<Self>, session: &str, method: &str, params: &Bytes);
}

/// A command's answer.
#[derive(Debug)]
pub(crate) struct Answer {
    /// JSON.
    pub(crate) body: Bytes,
    /// What came beside it, where [`Wire::Cbor`] is spoken.
    pub(crate) picture: Option<Bytes>,
}

/// What becomes of a command's answer.
pub(crate) enum Waiter {
    /// Somebody awaits it.
    Task(oneshot::Sender<Result<Answer, BrowserError>>),
    /// It is handled on the reader's task, in order with the events around it.
    Callback(Box<dyn FnOnce(Result<Answer, BrowserError>) + Send>),
}

/// A connection to a browser. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Connection(Arc<Inner>);

struct Inner {
    next_id: AtomicU64,
    wire: Wire,
    outgoing: mpsc::UnboundedSender<Vec<u8>>,
    state: Mutex<State>,
    closed: watch::Sender<bool>,
}

#[derive(Default)]
struct State {
    closed: bool,
    pending: HashMap<u64, Pending>,
    sinks: HashMap<Arc<str>, Arc<dyn Sink>>,
}

struct Pending {
    session: Arc<str>,
    method: &'static str,
    waiter: Waiter,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outgoing<'a, P> {
    id: u64,
    method: &'static str,
    params: &'a P,
    #[serde(skip_serializing_if = "str::is_empty")]
    session_id: &'a str,
}

impl Connection {
    /// A connection whose outgoing messages appear at the receiver as they go through the pipe.
    pub(crate) fn new(wire: Wire) -> (Self, mpsc::UnboundedReceiver<Vec<u8>>) {
        let (outgoing, messages) = mpsc::unbounded_channel();
        let inner = Inner {
            next_id: AtomicU64::new(1),
            wire,
            outgoing,
            state: Mutex::default(),
            closed: watch::Sender::new(false),
        };
        (Self(Arc::new(inner)), messages)
    }

    /// The browser's own session.
    pub(crate) fn root(&self) -> Session {
        Session::new(self.clone(), "".into())
    }

    /// From now on `sink` gets the events of `session`.
    pub(crate) fn attach(&self, session: &str, sink: Arc<dyn Sink>) -> Session {
        let id: Arc<str> = session.into();
        let mut state = self.lock();
        if !state.closed {
            state.sinks.insert(id.clone(), sink);
        }
        drop(state);
        Session::new(self.clone(), id)
    }

    /// The session is gone: its events are dropped, and whoever waits in it gets `error`.
    pub(crate) fn detach(&self, session: &str, error: &BrowserError) {
        self.lock().sinks.remove(session);
        self.fail(session, error);
    }

    /// Whoever waits in the session gets `error`; the session stays.
    pub(crate) fn fail(&self, session: &str, error: &BrowserError) {
        let mut state = self.lock();
        let failed: Vec<_> = state
            .pending
            .extract_if(|_, pending| &*pending.session == session)
            .collect();
        drop(state);
        for (_, pending) in failed {
            pending.waiter.finish(Err(error.clone()));
        }
    }

    /// Writes a command; with no waiter its answer is dropped.
    pub(crate) fn write<C: Command>(
        &self,
        session: &Arc<str>,
        command: &C,
        waiter: Option<Waiter>,
    ) {
        let id = self.0.next_id.fetch_add(1, Ordering::Relaxed);
        let message = Outgoing {
            id,
            method: C::METHOD,
            params: command,
            session_id: session,
        };
        let bytes = match self.0.wire.encode(&message) {
            Ok(bytes) => bytes,
            Err(error) => {
                let error = BrowserError::Reply {
                    method: C::METHOD,
                    source: Arc::new(error),
                };
                return waiter.map_or((), |waiter| waiter.finish(Err(error)));
            }
        };
        if let Some(waiter) = waiter {
            let mut state = self.lock();
            if state.closed {
                drop(state);
                return waiter.finish(Err(BrowserError::Disconnected));
            }
            state.pending.insert(
                id,
                Pending {
                    session: session.clone(),
                    method: C::METHOD,
                    waiter,
                },
            );
        }
        // The receiver is gone only when the connection has closed, and then every waiter has been told.
        let _ = self.0.outgoing.send(bytes);
    }

    /// Takes a message from the browser. Unknown ids, sessions, methods and malformed text are dropped.
    pub(crate) fn deliver(&self, message: &Bytes, picture: Option<Bytes>) {
        match head::read(message) {
            Some(Incoming::Reply { id, result }) => {
                let Some(pending) = self.lock().pending.remove(&id) else {
                    return;
                };
                let answer = result.map(|body| Answer { body, picture });
                pending
                    .waiter
                    .finish(answer.map_err(|error| refusal(pending.method, error)));
            }
            Some(Incoming::Event {
                session,
                method,
                params,
            }) => {
                let Some(sink) = self.lock().sinks.get(session).cloned() else {
                    return;
                };
                sink.event(session, method, &params);
            }
            None => tracing::debug!(
                bytes = message.len(),
                "the browser sent something that is no message"
            ),
        }
    }

    /// The browser has gone: everybody who waits is told, and nobody can wait any more.
    pub(crate) fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        let pending = std::mem::take(&mut state.pending);
        let sinks = std::mem::take(&mut state.sinks);
        drop(state);
        for pending in pending.into_values() {
            pending.waiter.finish(Err(BrowserError::Disconnected));
        }
        drop(sinks);
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

impl Waiter {
    fn finish(self, result: Result<Answer, BrowserError>) {
        match self {
            // The task may have given up meanwhile.
            Self::Task(sender) => drop(sender.send(result)),
            Self::Callback(callback) => callback(result),
        }
    }
}

/// The browser's words for "the thing that you talk to has gone", told apart from real refusals.
fn refusal(method: &'static str, error: ReplyError) -> BrowserError {
    const GONE: [&str; 6] = [
        "Execution context was destroyed",
        "Cannot find context with specified id",
        "Inspected target navigated or closed",
        "uniqueContextId not found",
        "Promise was collected",
        "Frame with the given frameId is not found",
    ];
    if GONE.iter().any(|words| error.message.contains(words)) || (error.code == -32001) {
        return BrowserError::ContextDestroyed;
    }
    if error.message.contains("Target crashed") {
        return BrowserError::TargetCrashed;
    }
    let message = match error.data.as_ref().and_then(Value::as_str) {
        Some(data) if !data.is_empty() => format!("{} ({data})", error.message),
        _ => error.message,
    };
    BrowserError::Protocol {
        method,
        code: error.code,
        message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cdp::protocol::browser::GetVersion;

    #[derive(Default)]
    struct Recorder(Mutex<Vec<String>>);

    impl Sink for Recorder {
        fn event(self: Arc<Self>, session: &str, method: &str, _: &Bytes) {
            self.0.lock().unwrap().push(format!("{session}/{method}"));
        }
    }

    fn deliver(connection: &Connection, text: &'static str) {
        connection.deliver(&Bytes::from_static(text.as_bytes()), None);
    }

    #[tokio::test]
    async fn unknown_messages_are_harmless_and_the_next_answer_still_arrives() {
        let (connection, mut written) = Connection::new(Wire::Json);
        let recorder = Arc::new(Recorder::default());
        let session = connection.attach("S", recorder.clone());
        let reply = session.send(&GetVersion {});
        assert_eq!(written.recv().await.unwrap().last(), Some(&0));
        for text in [
            r#"{"id":999,"result":{}}"#,
            r#"{"method":"Future.event","params":{"x":1},"sessionId":"S"}"#,
            r#"{"method":"Future.event","params":{},"sessionId":"nobody"}"#,
            r#"{"method":"Future.event"}"#,
            "garbage",
            "{}",
        ] {
            deliver(&connection, text);
        }
        deliver(
            &connection,
            r#"{"id":1,"result":{"product":"Chrome/1","fromTheFuture":[{}]},"sessionId":"S"}"#,
        );
        assert_eq!(reply.await.unwrap().product, "Chrome/1");
        assert_eq!(*recorder.0.lock().unwrap(), ["S/Future.event"]);
    }

    #[tokio::test]
    async fn when_an_answer_came_is_known_before_anybody_awaits_it() {
        let (connection, _written) = Connection::new(Wire::Json);
        let session = connection.attach("S", Arc::new(Recorder::default()));
        let (answered, refused) = (
            session.send_noted(&GetVersion {}),
            session.send_noted(&GetVersion {}),
        );
        let came = |reply: &crate::cdp::session::Reply<_>| reply.read().unwrap().get().is_some();
        assert!(!came(&answered));
        deliver(&connection, r#"{"id":1,"result":{}}"#);
        deliver(&connection, r#"{"id":2,"error":{"code":1,"message":"no"}}"#);
        assert!(came(&answered) && !came(&refused));
        assert!(answered.await.is_ok() && refused.await.is_err());
    }

    #[tokio::test]
    async fn everybody_who_waits_is_told_when_the_browser_goes() {
        let (connection, _written) = Connection::new(Wire::Json);
        let waiting = connection.root().send(&GetVersion {});
        connection.close();
        assert!(matches!(waiting.await, Err(BrowserError::Disconnected)));
        assert!(matches!(
            connection.root().send(&GetVersion {}).await,
            Err(BrowserError::Disconnected)
        ));
    }

    #[tokio::test]
    async fn a_detached_session_fails_only_its_own_waiters() {
        let (connection, _written) = Connection::new(Wire::Json);
        let recorder = Arc::new(Recorder::default());
        let one = connection
            .attach("1", recorder.clone())
            .send(&GetVersion {});
        let two = connection.attach("2", recorder).send(&GetVersion {});
        connection.detach("1", &BrowserError::PageClosed);
        deliver(&connection, r#"{"id":2,"result":{}}"#);
        assert!(matches!(one.await, Err(BrowserError::PageClosed)));
        assert!(two.await.is_ok());
    }
}

//! A session: the conversation with one target of the browser.

use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::Instant;

use bytes::Bytes;
use serde::de::DeserializeOwned;
use tokio::sync::oneshot;

use crate::Result;
use crate::cdp::connection::{Answer, Connection, Waiter};
use crate::cdp::message::Command;
use crate::error::BrowserError;
use crate::progress::Progress;

/// The conversation with one target. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Session {
    connection: Connection,
    id: Arc<str>,
}

impl PartialEq for Session {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Session {
    pub(crate) fn new(connection: Connection, id: Arc<str>) -> Self {
        Self { connection, id }
    }

    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Writes a command now; the answer may be awaited later or never.
    pub(crate) fn send<C: Command>(&self, command: &C) -> Reply<C::Response> {
        let (sender, answer) = oneshot::channel();
        self.connection
            .write(&self.id, command, Some(Waiter::Task(sender)));
        Reply {
            answer,
            method: C::METHOD,
            read: None,
            shape: PhantomData,
        }
    }

    /// As `send`; when its answer was read is known as soon as it was, however late whoever awaits it wakes up.
    pub(crate) fn send_noted<C: Command>(&self, command: &C) -> Reply<C::Response> {
        let (sender, answer) = oneshot::channel();
        let read = Arc::<OnceLock<Instant>>::default();
        let noted = Arc::clone(&read);
        let note = move |answer: Result<Answer>| {
            if answer.is_ok() {
                // It is answered once.
                let _ = noted.set(Instant::now());
            }
            // The task may have given up meanwhile.
            drop(sender.send(answer));
        };
        let waiter = Waiter::Callback(Box::new(note));
        self.connection.write(&self.id, command, Some(waiter));
        Reply {
            answer,
            method: C::METHOD,
            read: Some(read),
            shape: PhantomData,
        }
    }

    /// Writes a command now, whose answer may have a picture beside it.
    pub(crate) fn send_for_picture<C: Command>(
        &self,
        command: &C,
    ) -> impl Future<Output = Result<(C::Response, Option<Bytes>)>> + use<C> {
        let (sender, answer) = oneshot::channel();
        self.connection
            .write(&self.id, command, Some(Waiter::Task(sender)));
        async {
            let answer = answer.await.unwrap_or(Err(BrowserError::Disconnected))?;
            Ok((parse(C::METHOD, &answer.body)?, answer.picture))
        }
    }

    /// Writes a command whose answer nobody needs.
    pub(crate) fn post<C: Command>(&self, command: &C) {
        self.connection.write(&self.id, command, None);
    }

    /// Writes a command whose answer is handled on the reader's task, in order with the events around it.
    pub(crate) fn then<C: Command>(
        &self,
        command: &C,
        handle: impl FnOnce(Result<C::Response>) + Send + 'static,
    ) {
        let callback =
            move |answer: Result<Answer>| handle(answer.and_then(|it| parse(C::METHOD, &it.body)));
        self.connection.write(
            &self.id,
            command,
            Some(Waiter::Callback(Box::new(callback))),
        );
    }

    /// Writes a command and waits for its answer.
    pub(crate) async fn call<C: Command>(
        &self,
        progress: &Progress,
        what: &'static str,
        command: &C,
    ) -> Result<C::Response> {
        progress.race(what, self.send(command)).await?
    }
}

/// The answer of a command that was written.
#[must_use = "use `post` when nobody needs the answer"]
pub(crate) struct Reply<T> {
    answer: oneshot::Receiver<Result<Answer>>,
    method: &'static str,
    read: Option<Arc<OnceLock<Instant>>>,
    shape: PhantomData<fn() -> T>,
}

impl<T> Reply<T> {
    /// When the answer was read, of a command that was sent with `send_noted`.
    pub(crate) fn read(&self) -> Option<Arc<OnceLock<Instant>>> {
        self.read.clone()
    }
}

impl<T: DeserializeOwned> Future for Reply<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let answer = std::task::ready!(Pin::new(&mut self.answer).poll(cx));
        let answer = answer.unwrap_or(Err(BrowserError::Disconnected));
        Poll::Ready(answer.and_then(|answer| parse(self.method, &answer.body)))
    }
}

/// Reads a body; the error names the message.
pub(crate) fn parse<T: DeserializeOwned>(method: &'static str, body: &[u8]) -> Result<T> {
    serde_json::from_slice(body).map_err(|source| BrowserError::Reply {
        method,
        source: Arc::new(source),
    })
}

//! Server-sent events out of the event log: numbered, resumable, and ended with their subject.

use std::convert::Infallible;
use std::time::Duration;

use axum::response::sse::{Event as SseEvent, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt;
use futures_util::stream::{self, Stream};
use http::{HeaderMap, StatusCode};
use store::{EventReader, Store, StoreError, Subject};
use uuid::Uuid;

use crate::api::event::Event;
use crate::app::App;

/// Proxies close connections that say nothing for a minute or less.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// The sequence number after which a client goes on; a first visit begins at the start.
pub(crate) fn last_seen(headers: &HeaderMap) -> i64 {
    let value = headers
        .get("last-event-id")
        .and_then(|value| value.to_str().ok());
    value
        .and_then(|text| text.trim().parse().ok())
        .filter(|seq| *seq >= 0)
        .unwrap_or(0)
}

/// Streams the subject's log from after `after` until the event named `last`.
///
/// `over` says that nothing more will be appended. A client that has seen everything then gets 204, which tells an
/// `EventSource` to stop asking.
pub(crate) async fn answer(
    app: &App,
    subject: Subject,
    id: Uuid,
    after: i64,
    over: bool,
    last: &'static str,
) -> Result<Response, StoreError> {
    if over && is_empty_after(app.store(), subject, id, after).await? {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let reader = app.store().events().follow(subject, id, after);
    let shutdown = app.shutdown().clone();
    // Without this an open stream would hold up the server's own end.
    let events = until(reader, last).take_until(shutdown.cancelled_owned());
    Ok(Sse::new(events)
        .keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
        .into_response())
}

async fn is_empty_after(
    store: &Store,
    subject: Subject,
    id: Uuid,
    after: i64,
) -> Result<bool, StoreError> {
    Ok(store
        .events()
        .after(subject, id, after, None, 1)
        .await?
        .is_empty())
}

fn until(
    reader: EventReader,
    last: &'static str,
) -> impl Stream<Item = Result<SseEvent, Infallible>> {
    stream::unfold(Some(reader), move |reader| async move {
        let mut reader = reader?;
        match reader.next().await {
            Ok(event) => {
                let rest = (event.kind != last).then_some(reader);
                Some((Ok(message(event)), rest))
            }
            Err(error) => {
                // The client asks again with its last number, so nothing is lost by ending here.
                tracing::error!(error = %error, "an event stream ended early");
                None
            }
        }
    })
}

fn message(event: store::Event) -> SseEvent {
    let message = SseEvent::default()
        .id(event.seq.to_string())
        .event(event.kind.clone());
    match message.json_data(Event::from(event)) {
        Ok(message) => message,
        Err(error) => {
            SseEvent::default().comment(format!("an event could not be written: {error}"))
        }
    }
}

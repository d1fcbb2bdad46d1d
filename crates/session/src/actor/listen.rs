//! What a page tells, on its way to its session.

use std::time::{Duration, Instant};

use browser::PageEvent;
use capture::PageTaps;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, mpsc};
use tokio_util::sync::CancellationToken;

use super::Internal;

/// Console lines and failures of one tab that are passed on in a second; the rest is counted.
const TOLD_PER_SECOND: u32 = 100;

/// Listens to a page: keeps what its taps keep and passes on what its session must know. Its end is the last of that: a
/// click that closes a window is told by the window before.
pub(super) async fn listen(
    tab: u32,
    (mut events, gone): (broadcast::Receiver<PageEvent>, CancellationToken),
    taps: PageTaps,
    out: mpsc::Sender<Internal>,
) {
    let (mut second, mut told, mut muted) = (Instant::now(), 0, 0);
    loop {
        let event = tokio::select! {
            biased;
            event = events.recv() => event,
            () = gone.cancelled() => Ok(PageEvent::Closed),
        };
        let event = match event {
            Ok(event) => event,
            Err(RecvError::Closed) => return,
            Err(RecvError::Lagged(missed)) => {
                tracing::warn!(tab, missed, "events of a page were missed");
                continue;
            }
        };
        if second.elapsed() >= Duration::from_secs(1) {
            if muted > 0
                && out
                    .send(Internal::Muted { tab, lines: muted })
                    .await
                    .is_err()
            {
                return;
            }
            (second, told, muted) = (Instant::now(), 0, 0);
        }
        if let Some(event) = taps.observe(&event) {
            if told < TOLD_PER_SECOND {
                told += 1;
                if out.send(Internal::Tap { tab, event }).await.is_err() {
                    return;
                }
            } else {
                muted += 1;
            }
        }
        let is_last = matches!(event, PageEvent::Closed);
        if matters(&event) && out.send(Internal::Page { tab, event }).await.is_err() || is_last {
            return;
        }
    }
}

/// Whether the session has to know, beside the taps.
fn matters(event: &PageEvent) -> bool {
    match event {
        PageEvent::Response(info) => info.resource_type == "Document",
        PageEvent::RequestFailed(failure) => failure.resource_type == "Document",
        PageEvent::Console(_)
        | PageEvent::Exception(_)
        | PageEvent::Request(_)
        | PageEvent::RequestFinished(_)
        | PageEvent::WebSocketOpened(_)
        | PageEvent::WebSocketFailed(_)
        | PageEvent::WebSocketClosed(_)
        | PageEvent::DomContentLoaded => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use browser::FrameId;

    use super::*;

    #[tokio::test]
    async fn what_a_page_told_comes_before_its_end_although_the_context_was_faster() {
        let (page, events) = broadcast::channel(8);
        let (gone, taps) = (CancellationToken::new(), PageTaps::default());
        let (out, mut told) = mpsc::channel(8);
        let frame = FrameId::from("frame");
        page.send(PageEvent::PageScript {
            frame,
            payload: "a click that closes the window".into(),
        })
        .unwrap();
        gone.cancel();
        listen(3, (events, gone), taps, out).await;
        let mut order = Vec::new();
        while let Some(Internal::Page { tab: 3, event }) = told.recv().await {
            order.push(matches!(event, PageEvent::Closed));
        }
        assert_eq!(order, [false, true]);
    }
}

//! One viewer's connection: a task that reads and one that writes, so that a slow way out never delays a click.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket, close_code};
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use ids::ViewerId;
use session::protocol::{ClientMessage, Command, Notice};
use session::{Outgoing, SessionHandle, ViewerInlet, ViewerLink};
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval, timeout};

/// How long the first message may take; who sends none watches without a name.
const HELLO_LIMIT: Duration = Duration::from_secs(5);
/// A viewer that takes nothing for this long is given up; it may come back and resume.
const STALLED: Duration = Duration::from_secs(15);
/// Answers to messages that make no sense; more than this many are dropped.
const COMPLAINTS: usize = 16;

type Outlet = SplitSink<WebSocket, Message>;
type Inlet = SplitStream<WebSocket>;

/// Serves a viewer until one of the two sides ends.
pub(super) async fn serve(socket: WebSocket, session: SessionHandle) {
    let (mut out, mut input) = socket.split();
    let first = timeout(HELLO_LIMIT, next_message(&mut input)).await;
    let (name, resume, early) = match first {
        Ok(Some(Ok(ClientMessage {
            command: Command::Hello { name, resume, .. },
            ..
        }))) => (name, resume, None),
        Ok(Some(Ok(other))) => (None, None::<ViewerId>, Some(other)),
        Ok(Some(Err(_))) | Err(_) => (None, None, None),
        Ok(None) => return,
    };
    let Ok(link) = session.join(name, resume).await else {
        return close(&mut out, "the session has ended").await;
    };
    let (complain, complaints) = mpsc::channel(COMPLAINTS);
    let inlet = link.inlet();
    if let Some(early) = early {
        inlet.send(early).await;
    }
    tokio::select! {
        () = read(input, &inlet, complain) => {}
        reason = write(&mut out, link, &inlet, complaints) => close(&mut out, reason).await,
    }
}

/// Passes on what the viewer says until it leaves.
async fn read(mut input: Inlet, inlet: &ViewerInlet, complain: mpsc::Sender<Notice>) {
    while let Some(message) = next_message(&mut input).await {
        match message {
            Ok(message) => {
                if !inlet.send(message).await {
                    return;
                }
            }
            // One that is sent more nonsense than it can be told about need not hear of all of it.
            Err(problem) => drop(complain.try_send(Notice::error("bad_message", problem))),
        }
    }
}

/// The next message, or why it could not be read; `None` when the viewer has left.
async fn next_message(input: &mut Inlet) -> Option<Result<ClientMessage, String>> {
    loop {
        match input.next().await? {
            Ok(Message::Text(text)) => {
                return Some(
                    serde_json::from_str(&text)
                        .map_err(|error| format!("This message makes no sense: {error}.")),
                );
            }
            Ok(Message::Close(_)) | Err(_) => return None,
            // The library answers pings; nothing else is expected.
            Ok(_) => {}
        }
    }
}

/// Sends what comes from the session until one of the two ends; gives the reason.
async fn write(
    out: &mut Outlet,
    mut link: ViewerLink,
    inlet: &ViewerInlet,
    mut complaints: mpsc::Receiver<Notice>,
) -> &'static str {
    let mut check = interval(Duration::from_secs(1));
    check.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let message = tokio::select! {
            biased;
            outgoing = link.next() => match outgoing {
                Some(Outgoing::Frame(frame)) => Message::Binary(frame.to_bytes()),
                Some(Outgoing::Notice(notice)) => text(&notice),
                None => return "the session has ended",
            },
            Some(notice) = complaints.recv() => text(&notice),
            _ = check.tick() => {
                if inlet.waiting().is_some_and(|waiting| waiting > STALLED) {
                    return "the viewer showed no frame for 15 s";
                }
                continue;
            }
        };
        match timeout(STALLED, out.send(message)).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => return "the connection broke",
            Err(_) => return "the viewer took nothing for 15 s",
        }
    }
}

fn text(notice: &Notice) -> Message {
    let json = serde_json::to_string(notice).expect("a notice holds only what JSON can say");
    Message::Text(json.into())
}

async fn close(out: &mut Outlet, reason: &'static str) {
    let frame = CloseFrame {
        code: close_code::NORMAL,
        reason: reason.into(),
    };
    // Whoever does not read any more need not hear the goodbye.
    let _ = timeout(
        Duration::from_secs(1),
        out.send(Message::Close(Some(frame))),
    )
    .await;
}

//! The first source system's stream: a JSON message with a base64 JPEG every so often, and events by name.
//!
//! Server: `{"type":"frame","data":<base64 JPEG>,"timestamp":<ms since 1970>}`, `{"type":"result",…}`, `{"type":"error",…}`.
//! Client: `{"type":"event","event":{"action":"click"|"type"|"scroll"|"js"|"navigate",…}}`.

use std::time::{Duration, UNIX_EPOCH};

use axum::extract::ws::{Message, WebSocket};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use capture::Frame;
use serde::Deserialize;
use serde_json::{Value, json};
use session::protocol::{
    ClientMessage, Command, ControlAction, MouseInput, MouseKind, NavAction, Notice, WheelInput,
};
use session::{Outgoing, SessionHandle, ViewerInlet};
use tokio::time::{Instant, sleep_until, timeout};

/// A socket that takes nothing for this long is given up.
const STALLED: Duration = Duration::from_secs(15);

/// How often a picture is sent: `?fps=`, or `?interval=` in milliseconds; two a second unless said.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Pace {
    #[serde(default)]
    fps: Option<f64>,
    #[serde(default)]
    interval: Option<f64>,
}

impl Pace {
    fn apart(self) -> Duration {
        let ms = self
            .interval
            .or(self.fps.map(|fps| 1_000.0 / fps.max(0.01)))
            .unwrap_or(500.0);
        Duration::from_secs_f64(ms.clamp(33.0, 60_000.0) / 1e3)
    }
}

#[derive(Debug, Deserialize)]
struct Envelope {
    event: Event,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "action", rename_all = "lowercase")]
enum Event {
    Click {
        #[serde(flatten)]
        target: Target,
    },
    Type {
        #[serde(alias = "value")]
        text: String,
        #[serde(default)]
        selector: Option<String>,
    },
    Scroll {
        #[serde(default, alias = "deltaX")]
        dx: f64,
        #[serde(default, alias = "deltaY")]
        dy: f64,
        #[serde(default)]
        x: Option<f64>,
        #[serde(default)]
        y: Option<f64>,
    },
    Js {
        #[serde(alias = "code", alias = "script", alias = "expression")]
        value: String,
    },
    Navigate {
        url: String,
    },
}

#[derive(Debug, Deserialize)]
struct Target {
    #[serde(default)]
    x: Option<f64>,
    #[serde(default)]
    y: Option<f64>,
    #[serde(default)]
    selector: Option<String>,
}

/// Serves a client until it leaves or the session ends.
pub(super) async fn serve(mut socket: WebSocket, session: SessionHandle, pace: Pace) {
    let Ok(mut link) = session.join(Some("API client".to_owned()), None).await else {
        return;
    };
    let inlet = link.inlet();
    let mut due = Instant::now();
    let mut newest = None;
    loop {
        let answer = tokio::select! {
            outgoing = link.next() => match outgoing {
                Some(Outgoing::Frame(frame)) => {
                    // Taken at once so that the newest one is always at hand when the time comes.
                    inlet.ack(frame.seq());
                    newest = Some(frame.delivery.frame);
                    continue;
                }
                Some(Outgoing::Notice(notice)) => match answer_of(notice) {
                    Some(answer) => answer,
                    None => continue,
                },
                None => return,
            },
            () = sleep_until(due), if newest.is_some() => {
                due = Instant::now() + pace.apart();
                match newest.take() {
                    Some(frame) => frame_message(&frame),
                    None => continue,
                }
            }
            message = socket.recv() => match message {
                Some(Ok(Message::Text(text))) => match perform(&session, &inlet, &text).await {
                    Ok(Value::Null) => continue,
                    Ok(answer) => answer,
                    Err(message) => json!({"type": "error", "error": {"code": "bad_event", "message": message}}),
                },
                Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                Some(Ok(_)) => continue,
            },
        };
        let sent = timeout(
            STALLED,
            socket.send(Message::Text(answer.to_string().into())),
        )
        .await;
        if !matches!(sent, Ok(Ok(()))) {
            return;
        }
    }
}

fn frame_message(frame: &Frame) -> Value {
    let at = frame
        .captured_at
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_millis());
    let at = u64::try_from(at).unwrap_or(u64::MAX);
    json!({"type": "frame", "data": STANDARD.encode(&frame.jpeg), "timestamp": at})
}

fn answer_of(notice: Notice) -> Option<Value> {
    match notice {
        Notice::Error { code, message } => {
            Some(json!({"type": "error", "error": {"code": code, "message": message}}))
        }
        Notice::Bye { reason } => Some(json!({"type": "end", "reason": reason})),
        _ => None,
    }
}

/// Does what an event says; what it answers, if anything, or a sentence why not.
async fn perform(
    session: &SessionHandle,
    inlet: &ViewerInlet,
    text: &str,
) -> Result<Value, String> {
    let Envelope { event } = serde_json::from_str(text)
        .map_err(|error| format!("This event makes no sense: {error}."))?;
    let control = Command::Control {
        action: ControlAction::Take,
        to: None,
    };
    match event {
        Event::Js { value } => {
            let value = session
                .evaluate(&value)
                .await
                .map_err(|error| format!("{}.", work::chain(&error)))?;
            return Ok(json!({"type": "result", "value": value}));
        }
        Event::Click { target } => {
            let at = point(session, &target).await?;
            say(inlet, control).await;
            click(inlet, at).await;
        }
        Event::Type { text, selector } => {
            say(inlet, control).await;
            if selector.is_some() {
                let at = point(
                    session,
                    &Target {
                        x: None,
                        y: None,
                        selector,
                    },
                )
                .await?;
                click(inlet, at).await;
            }
            say(inlet, Command::Text { text }).await;
        }
        Event::Scroll { dx, dy, x, y } => {
            let viewport = session.state().viewport.clone();
            let (x, y) = (
                x.unwrap_or(f64::from(viewport.width) / 2.0),
                y.unwrap_or(f64::from(viewport.height) / 2.0),
            );
            say(inlet, control).await;
            say(
                inlet,
                Command::Wheel(WheelInput {
                    x,
                    y,
                    dx,
                    dy,
                    mods: 0,
                }),
            )
            .await;
        }
        Event::Navigate { url } => {
            say(inlet, control).await;
            say(
                inlet,
                Command::Nav {
                    action: NavAction::Goto,
                    url: Some(url),
                },
            )
            .await;
        }
    }
    Ok(Value::Null)
}

/// Where to click: the given point, or the middle of the element that a CSS selector names.
async fn point(session: &SessionHandle, target: &Target) -> Result<(f64, f64), String> {
    if let (Some(x), Some(y)) = (target.x, target.y) {
        return Ok((x, y));
    }
    let selector = target
        .selector
        .as_deref()
        .ok_or("A click needs x and y, or a selector.")?;
    let quoted = Value::from(selector);
    let find = format!(
        "(() => {{ const e = document.querySelector({quoted}); if (!e) return null; \
         e.scrollIntoView({{block: 'nearest', inline: 'nearest'}}); const r = e.getBoundingClientRect(); \
         return [r.x + r.width / 2, r.y + r.height / 2]; }})()"
    );
    let found = session
        .evaluate(&find)
        .await
        .map_err(|error| format!("{}.", work::chain(&error)))?;
    let number = |index: usize| found.get(index).and_then(Value::as_f64);
    number(0)
        .zip(number(1))
        .ok_or_else(|| format!("No element matches {selector}."))
}

async fn click(inlet: &ViewerInlet, (x, y): (f64, f64)) {
    for kind in [MouseKind::Move, MouseKind::Down, MouseKind::Up] {
        let buttons = u8::from(kind == MouseKind::Down);
        let mouse = MouseInput {
            kind,
            x,
            y,
            button: 0,
            buttons,
            clicks: 1,
            mods: 0,
        };
        say(inlet, Command::Mouse(mouse)).await;
    }
}

async fn say(inlet: &ViewerInlet, command: Command) {
    // When the session is over, the next look at it says so.
    inlet.send(ClientMessage { seq: None, command }).await;
}

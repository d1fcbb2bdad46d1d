//! The cheap handle on a session, and a viewer's end of it.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use capture::{Delivery, Frame, FrameHub, FrameReceiver};
use ids::{SessionId, ViewerId};
use recording::Recording;
use serde_json::Value;
use tokio::sync::{mpsc, oneshot, watch};

use crate::error::{Result, SessionError};
use crate::folder::SessionFolder;
use crate::input_clock::InputClock;
use crate::protocol::{ClientMessage, Command, Notice, State, StepView};
use crate::recorder::Shelf;
use crate::wire;

/// What a handle asks its session.
pub(crate) enum Message {
    Join {
        name: Option<String>,
        resume: Option<ViewerId>,
        reply: oneshot::Sender<ViewerLink>,
    },
    Command {
        viewer: ViewerId,
        message: ClientMessage,
    },
    Screenshot {
        full_page: bool,
        reply: oneshot::Sender<Result<Bytes>>,
    },
    Evaluate {
        expression: String,
        reply: oneshot::Sender<Result<Value>>,
    },
    Settle {
        reply: oneshot::Sender<()>,
    },
    Stop {
        reason: String,
    },
}

/// A session. Cheap to clone; the session lives on without handles.
#[derive(Clone)]
pub struct SessionHandle {
    pub(crate) shared: Arc<Shared>,
}

pub(crate) struct Shared {
    pub(crate) id: SessionId,
    pub(crate) name: String,
    /// Where the first page was sent.
    pub(crate) url: String,
    pub(crate) started_at: SystemTime,
    pub(crate) user_agent: String,
    pub(crate) browser_pid: u32,
    pub(crate) inbox: mpsc::Sender<Message>,
    pub(crate) state: watch::Receiver<Arc<State>>,
    pub(crate) hub: FrameHub,
    pub(crate) shelf: Shelf,
    pub(crate) folder: SessionFolder,
    /// The reason, once it is over.
    pub(crate) ended: watch::Receiver<Option<Arc<str>>>,
}

impl fmt::Debug for SessionHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionHandle")
            .field("id", &self.shared.id)
            .finish_non_exhaustive()
    }
}

impl SessionHandle {
    /// Names the session.
    #[must_use]
    pub fn id(&self) -> SessionId {
        self.shared.id
    }

    /// What people call it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.shared.name
    }

    /// Where the first page was sent.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.shared.url
    }

    /// When it began.
    #[must_use]
    pub fn started_at(&self) -> SystemTime {
        self.shared.started_at
    }

    /// The process of its browser, which other sessions may share.
    #[must_use]
    pub fn browser_pid(&self) -> u32 {
        self.shared.browser_pid
    }

    /// What it is at the moment.
    #[must_use]
    pub fn state(&self) -> Arc<State> {
        Arc::clone(&self.shared.state.borrow())
    }

    /// Follows what it is.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<Arc<State>> {
        self.shared.state.clone()
    }

    /// Another viewer, or one that comes back with the id it had.
    pub async fn join(&self, name: Option<String>, resume: Option<ViewerId>) -> Result<ViewerLink> {
        self.ask(|reply| Message::Join {
            name,
            resume,
            reply,
        })
        .await
    }

    /// The steps recorded so far.
    #[must_use]
    pub fn steps(&self) -> Vec<StepView> {
        self.shared.shelf.views()
    }

    /// The small picture of a recorded step.
    #[must_use]
    pub fn step_picture(&self, index: usize) -> Option<Bytes> {
        self.shared.shelf.picture(index)
    }

    /// The recorded steps as a document; the session's own name when none is given.
    #[must_use]
    pub fn recording(&self, name: Option<&str>) -> Recording {
        let state = self.state();
        let name = name.unwrap_or(&self.shared.name);
        self.shared.shelf.document(
            name,
            &self.shared.url,
            &state.viewport,
            &self.shared.user_agent,
        )
    }

    /// Waits until the pages gave out what they hold back, a text that is being typed, and it is recorded. Ask for it
    /// before [`Self::recording`] while somebody works.
    pub async fn settle(&self) {
        // A session that is over holds nothing back.
        let _ = self.ask(|reply| Message::Settle { reply }).await;
    }

    /// A PNG of the active tab.
    pub async fn screenshot(&self, full_page: bool) -> Result<Bytes> {
        self.ask(|reply| Message::Screenshot { full_page, reply })
            .await?
    }

    /// What pages told and the recorder has not written down yet.
    pub fn reports_waiting(&self) -> usize {
        self.shared.shelf.reports_waiting()
    }

    /// Evaluates JavaScript in the active tab's page and awaits it.
    pub async fn evaluate(&self, expression: &str) -> Result<Value> {
        let expression = expression.to_owned();
        self.ask(|reply| Message::Evaluate { expression, reply })
            .await?
    }

    /// The last picture.
    #[must_use]
    pub fn latest_frame(&self) -> Option<Arc<Frame>> {
        self.shared.hub.latest()
    }

    /// Its files: uploads go in here.
    #[must_use]
    pub fn folder(&self) -> &SessionFolder {
        &self.shared.folder
    }

    /// Ends it and waits until nothing of it is left.
    pub async fn stop(&self, reason: &str) {
        let stop = Message::Stop {
            reason: reason.to_owned(),
        };
        // A session that does not listen any more is ending already.
        let _ = self.shared.inbox.send(stop).await;
        self.ended().await;
    }

    /// Resolves when it is over, with the reason.
    pub async fn ended(&self) -> Arc<str> {
        let mut ended = self.shared.ended.clone();
        let reason = ended
            .wait_for(Option::is_some)
            .await
            .ok()
            .and_then(|reason| reason.clone());
        reason.unwrap_or_else(|| "the session is gone".into())
    }

    async fn ask<T>(&self, message: impl FnOnce(oneshot::Sender<T>) -> Message) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        let ended = || SessionError::Ended { id: self.shared.id };
        self.shared
            .inbox
            .send(message(reply))
            .await
            .map_err(|_| ended())?;
        answer.await.map_err(|_| ended())
    }
}

/// What a viewer was sent so far.
#[derive(Debug, Default)]
pub(crate) struct Sent {
    pub(crate) frames: AtomicU64,
    pub(crate) bytes: AtomicU64,
    pub(crate) dropped: AtomicU64,
}

/// A viewer's end: frames and notices come out, commands go in. Dropping it is leaving.
pub struct ViewerLink {
    pub(crate) id: ViewerId,
    pub(crate) frames: Arc<FrameReceiver>,
    pub(crate) notices: mpsc::Receiver<Notice>,
    pub(crate) inbox: mpsc::Sender<Message>,
    pub(crate) clock: Arc<InputClock>,
    pub(crate) sent: Arc<Sent>,
}

/// What comes out for a viewer.
#[derive(Debug)]
pub enum Outgoing {
    /// A picture.
    Frame(FrameMessage),
    /// A word.
    Notice(Notice),
}

/// A frame on its way to a viewer.
#[derive(Debug, Clone)]
pub struct FrameMessage {
    /// The picture and how it is delivered.
    pub delivery: Delivery,
    /// The last input of this viewer that it can show.
    pub input_seq: u32,
}

impl FrameMessage {
    /// Number of the frame; the viewer acknowledges with it.
    #[must_use]
    pub fn seq(&self) -> u32 {
        self.delivery.frame.seq
    }

    /// Header and picture as a binary message.
    #[must_use]
    pub fn to_bytes(&self) -> Bytes {
        wire::message(&self.delivery, self.input_seq)
    }
}

impl ViewerLink {
    /// Names the viewer; a later connection resumes with it.
    #[must_use]
    pub fn id(&self) -> ViewerId {
        self.id
    }

    /// The next word or picture, words first; `None` when the session is over or gave this viewer up. Dropping the
    /// future loses nothing.
    pub async fn next(&mut self) -> Option<Outgoing> {
        tokio::select! {
            biased;
            notice = self.notices.recv() => notice.map(Outgoing::Notice),
            Some(delivery) = self.frames.next() => {
                let size = wire::HEADER_LEN + delivery.frame.jpeg.len();
                self.sent.frames.fetch_add(1, Ordering::Relaxed);
                self.sent.bytes.fetch_add(size as u64, Ordering::Relaxed);
                self.sent.dropped.store(u64::from(delivery.dropped), Ordering::Relaxed);
                let input_seq = self.clock.shown_by(&delivery.frame);
                Some(Outgoing::Frame(FrameMessage { delivery, input_seq }))
            }
        }
    }

    /// The way in, for a task that reads while another one writes.
    #[must_use]
    pub fn inlet(&self) -> ViewerInlet {
        ViewerInlet {
            id: self.id,
            frames: Arc::clone(&self.frames),
            inbox: self.inbox.clone(),
        }
    }
}

/// Where a viewer's messages go in.
#[derive(Clone)]
pub struct ViewerInlet {
    id: ViewerId,
    frames: Arc<FrameReceiver>,
    inbox: mpsc::Sender<Message>,
}

impl ViewerInlet {
    /// The viewer has shown this frame and all before it.
    pub fn ack(&self, seq: u32) {
        self.frames.ack(seq);
    }

    /// How long the oldest frame has been waiting to be acknowledged.
    #[must_use]
    pub fn waiting(&self) -> Option<Duration> {
        self.frames.waiting()
    }

    /// Passes a message of the viewer on, an acknowledgement too; `false` when the session is over.
    pub async fn send(&self, message: ClientMessage) -> bool {
        if let (Command::Ack, Some(seq)) = (&message.command, message.seq) {
            self.frames.ack(seq);
            return true;
        }
        let message = Message::Command {
            viewer: self.id,
            message,
        };
        self.inbox.send(message).await.is_ok()
    }
}

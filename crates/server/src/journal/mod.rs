//! Writes down what happens in live sessions, so that it lasts.
//!
//! One task listens to all sessions, in order. Sessions never wait for it: when it falls behind, it says so in the log of
//! the session instead of making the picture stutter.

mod errors;
mod evidence;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use capture::Frame;
use ids::{ErrorId, SessionId};
use serde_json::{Value, json};
use session::{SessionEvent, SessionEventKind, SessionHandle, SessionManager};
use store::{ArtifactKind, NewArtifact, Owner, SessionStatus, Store, StoreError, Subject};
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::task::JoinHandle;

use crate::sessions;

/// At most so many log lines are written at once.
const BATCH: usize = 256;
/// How often the latest picture of each session is looked at: the last one is what the session ends with.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Listens until the session manager is gone, then writes down what is left. Await the handle after the sessions were
/// shut down, and nothing is lost.
#[must_use]
pub fn start(store: Store, manager: &SessionManager) -> Journal {
    let events = manager.events();
    let (stop, stopped) = tokio::sync::oneshot::channel();
    let writer = Writer {
        store,
        manager: manager.clone(),
        known: HashMap::new(),
        lines: Lines::default(),
    };
    Journal {
        task: tokio::spawn(writer.listen(events, stopped)),
        stop,
    }
}

/// The task that writes.
#[derive(Debug)]
pub struct Journal {
    task: JoinHandle<()>,
    stop: tokio::sync::oneshot::Sender<()>,
}

impl Journal {
    /// Writes down what was heard so far and ends. Call it after the sessions were shut down.
    pub async fn finish(self) {
        // A writer that is gone already has nothing left to write.
        let _ = self.stop.send(());
        if let Err(error) = self.task.await {
            tracing::error!(error = %error, "the journal of sessions broke off");
        }
    }
}

struct Writer {
    store: Store,
    manager: SessionManager,
    known: HashMap<SessionId, Known>,
    lines: Lines,
}

/// What the writer remembers of a session while it lives.
struct Known {
    /// Keeps the session's files until its end was written down.
    handle: Option<SessionHandle>,
    /// The latest picture that was seen; the session itself lets go of its pictures when it ends.
    frame: Option<Arc<Frame>>,
    steps: usize,
    /// Errors that were met for the first time: the evidence that follows belongs to them.
    fresh: Vec<ErrorId>,
}

/// Log lines of one session that are not written yet.
#[derive(Default)]
struct Lines {
    session: Option<SessionId>,
    batch: Vec<(String, Value)>,
}

impl Writer {
    async fn listen(
        mut self,
        mut events: broadcast::Receiver<SessionEvent>,
        mut stopped: tokio::sync::oneshot::Receiver<()>,
    ) {
        let mut looks = tokio::time::interval(LOOK_EVERY);
        loop {
            let heard = match events.try_recv() {
                Ok(event) => Ok(event),
                Err(TryRecvError::Lagged(missed)) => Err(missed),
                Err(TryRecvError::Closed) => break,
                Err(TryRecvError::Empty) => {
                    self.flush().await;
                    tokio::select! {
                        heard = events.recv() => match heard {
                            Ok(event) => Ok(event),
                            Err(RecvError::Lagged(missed)) => Err(missed),
                            Err(RecvError::Closed) => break,
                        },
                        _ = looks.tick(), if !self.known.is_empty() => {
                            self.look();
                            continue;
                        }
                        _ = &mut stopped => break,
                    }
                }
            };
            match heard {
                Ok(event) => self.write(event).await,
                Err(missed) => self.missed(missed).await,
            }
        }
        self.flush().await;
    }

    fn look(&mut self) {
        for known in self.known.values_mut() {
            let latest = known.handle.as_ref().and_then(SessionHandle::latest_frame);
            known.frame = latest.or_else(|| known.frame.take());
        }
    }

    async fn write(&mut self, event: SessionEvent) {
        let id = event.session;
        self.look();
        if let Err(error) = self.keep(event).await {
            tracing::error!(session = %id, error = %error, "an event of a session could not be kept");
        }
    }

    async fn keep(&mut self, event: SessionEvent) -> Result<(), StoreError> {
        let id = event.session;
        match event.kind {
            SessionEventKind::Started { state } => {
                let handle = self.manager.get(id);
                if let Some(handle) = &handle {
                    self.store
                        .sessions()
                        .create(sessions::row_of(handle))
                        .await?;
                }
                self.known.insert(
                    id,
                    Known {
                        handle,
                        frame: None,
                        steps: 0,
                        fresh: Vec::new(),
                    },
                );
                self.store.sessions().live(id, &state.browser.version).await
            }
            SessionEventKind::Changed { state } => self.note_steps(id, state.recording.steps).await,
            SessionEventKind::Ended { reason, failed } => self.end(id, &reason, failed).await,
            SessionEventKind::Action {
                viewer,
                name,
                detail,
            } => {
                self.line(
                    id,
                    "action",
                    json!({ "viewer": viewer, "name": name, "detail": detail }),
                )
                .await
            }
            SessionEventKind::Step {
                index,
                replaced,
                step,
                picture,
            } => {
                let picture = match picture {
                    Some(jpeg) => Some(
                        sessions::keep_picture(&self.store, id, jpeg, "step")
                            .await?
                            .id,
                    ),
                    None => None,
                };
                let title = step.title();
                let payload = json!({ "index": index, "replaced": replaced, "title": title, "step": step, "picture": picture });
                self.line(id, "step", payload).await
            }
            SessionEventKind::StepUndone { index } => {
                self.line(id, "step.undone", json!({ "index": index }))
                    .await
            }
            SessionEventKind::Navigated { tab, url } => {
                self.line(id, "navigation", json!({ "tab": tab, "url": url }))
                    .await
            }
            SessionEventKind::Console { error, entry } => {
                let payload = json!({
                    "level": entry.level, "text": entry.text, "url": entry.url, "line": entry.line,
                });
                self.line(id, "console", payload).await?;
                match error {
                    Some(error) => self.error(id, errors::console(id, error, entry)).await,
                    None => Ok(()),
                }
            }
            SessionEventKind::Exception { error, entry } => {
                let payload = json!({ "text": entry.text, "stack": entry.stack, "url": entry.url });
                self.line(id, "exception", payload).await?;
                self.error(id, errors::exception(id, error, entry)).await
            }
            SessionEventKind::NetworkFailure { error, failure } => {
                self.line(id, "network", json!(failure)).await?;
                self.error(id, errors::network(id, error, failure)).await
            }
            SessionEventKind::NavigationFailed {
                error,
                tab,
                url,
                reason,
            } => {
                let payload =
                    json!({ "tab": tab, "url": url, "code": reason.code, "text": reason.text });
                self.line(id, "navigation.failed", payload).await?;
                self.error(id, errors::navigation(id, error, url, reason))
                    .await
            }
            SessionEventKind::Crashed { error, tab, url } => {
                self.line(id, "crash", json!({ "tab": tab, "url": url }))
                    .await?;
                self.error(id, errors::crash(id, error, url)).await
            }
            SessionEventKind::Evidence {
                errors,
                evidence,
                before,
                after,
            } => {
                let fresh = self.known.get_mut(&id).map(|known| &mut known.fresh);
                let wanted: Vec<ErrorId> = match fresh {
                    Some(fresh) => fresh
                        .extract_if(.., |error| errors.contains(error))
                        .collect(),
                    None => errors,
                };
                evidence::keep(&self.store, id, &wanted, &evidence, before, after).await
            }
            SessionEventKind::EgressDenied { denial } => {
                let payload = json!({
                    "host": denial.host, "port": denial.port, "address": denial.address,
                    "reason": denial.reason.to_string(),
                });
                self.line(id, "egress.denied", payload).await
            }
            SessionEventKind::Screenshot {
                png,
                full_page,
                url,
            } => {
                let kept = sessions::keep_screenshot(&self.store, id, png, full_page).await?;
                self.line(
                    id,
                    "screenshot",
                    json!({ "artifactId": kept.id, "url": url }),
                )
                .await
            }
            SessionEventKind::Download {
                name,
                path,
                bytes,
                folder,
            } => {
                let new = NewArtifact {
                    kind: ArtifactKind::Download,
                    owner: Owner::Session(id),
                    step_index: None,
                    is_error: false,
                    label: name.clone(),
                    blob: self.store.blobs().put_file(&path).await?,
                };
                let kept = self.store.artifacts().create(new).await?;
                drop(folder);
                self.line(
                    id,
                    "download",
                    json!({ "name": name, "bytes": bytes, "artifactId": kept.id }),
                )
                .await
            }
        }
    }

    async fn note_steps(&mut self, id: SessionId, steps: usize) -> Result<(), StoreError> {
        let Some(known) = self.known.get_mut(&id).filter(|known| known.steps != steps) else {
            return Ok(());
        };
        known.steps = steps;
        self.store
            .sessions()
            .set_steps(id, u32::try_from(steps).unwrap_or(u32::MAX))
            .await
    }

    async fn end(&mut self, id: SessionId, reason: &str, failed: bool) -> Result<(), StoreError> {
        self.flush().await;
        let frame = self.known.remove(&id).and_then(|known| known.frame);
        // Who ended it may have kept a later picture.
        let kept = self.store.sessions().get(id).await?.thumbnail;
        if let (Some(frame), None) = (frame, kept) {
            sessions::keep_last_picture(&self.store, id, frame.jpeg.clone()).await?;
        }
        let status = if failed {
            SessionStatus::Crashed
        } else {
            SessionStatus::Stopped
        };
        self.store.sessions().end(id, status, reason).await
    }

    async fn error(&mut self, id: SessionId, new: store::NewError) -> Result<(), StoreError> {
        // The line that tells of it comes first in the log.
        self.flush().await;
        let named = new.id;
        let (_, is_new) = self.store.errors().record(new).await?;
        if let Some(known) = self.known.get_mut(&id).filter(|_| is_new) {
            known.fresh.push(named);
        }
        Ok(())
    }

    /// Puts a line aside; lines of one session that come together are written together.
    async fn line(&mut self, id: SessionId, kind: &str, payload: Value) -> Result<(), StoreError> {
        if self.lines.session != Some(id) || self.lines.batch.len() >= BATCH {
            self.flush().await;
            self.lines.session = Some(id);
        }
        self.lines.batch.push((kind.to_owned(), payload));
        Ok(())
    }

    async fn flush(&mut self) {
        let batch = std::mem::take(&mut self.lines.batch);
        let Some(id) = self.lines.session.take().filter(|_| !batch.is_empty()) else {
            return;
        };
        if let Err(error) = self
            .store
            .events()
            .append_all(Subject::Session, id.uuid(), batch)
            .await
        {
            tracing::error!(session = %id, error = %error, "lines of a session's log could not be kept");
        }
    }

    async fn missed(&mut self, missed: u64) {
        tracing::warn!(
            missed,
            "sessions say more than can be written down; some of it is not in their logs"
        );
        let live: Vec<SessionId> = self.known.keys().copied().collect();
        for id in live {
            // Written like any other line; when that fails too, the log of the server has said it already.
            let _ = self
                .line(id, "log.missed", json!({ "events": missed }))
                .await;
        }
    }
}

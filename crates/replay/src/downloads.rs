//! The files that the pages of a run give, in the order in which they begin.

use std::path::PathBuf;
use std::sync::Arc;

use browser::{Context, ContextEvent, DownloadState};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;
use tokio_util::task::AbortOnDropHandle;

/// Files remembered that no step has waited for; a run that is given more of them forgets the oldest.
const REMEMBERED: usize = 500;

/// A file that a page gives.
#[derive(Debug, Clone)]
pub(crate) struct Given {
    guid: Arc<str>,
    /// What the server or the page calls it.
    pub(crate) name: String,
    /// How it ended; `None` while it is under way.
    pub(crate) end: Option<End>,
}

/// How a download ended.
#[derive(Debug, Clone)]
pub(crate) struct End {
    pub(crate) path: PathBuf,
    /// Its size.
    pub(crate) bytes: u64,
    pub(crate) state: DownloadState,
}

/// What was given and no step has waited for yet. Listens until it is dropped.
pub(crate) struct Downloads {
    seen: watch::Sender<Vec<Given>>,
    _listening: AbortOnDropHandle<()>,
}

impl Downloads {
    pub(crate) fn of(context: &Context) -> Self {
        let seen = watch::Sender::new(Vec::new());
        let mut events = context.events();
        let telling = seen.clone();
        let listening = tokio::spawn(async move {
            loop {
                match events.recv().await {
                    Ok(event) => telling.send_modify(|seen| note(seen, event)),
                    // What was missed is told as a file that never came.
                    Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return,
                }
            }
        });
        Self {
            seen,
            _listening: AbortOnDropHandle::new(listening),
        }
    }

    /// Takes the oldest file that is `wanted`, once it has come or failed to come. Never ends when none does.
    pub(crate) async fn take(&self, wanted: impl Fn(&str) -> bool) -> Given {
        let mut changes = self.seen.subscribe();
        loop {
            let mut taken = None;
            self.seen.send_if_modified(|seen| {
                let ended = |given: &Given| given.end.is_some() && wanted(&given.name);
                taken = seen.iter().position(ended).map(|place| seen.remove(place));
                // Nobody waits for there to be less.
                false
            });
            if let Some(given) = taken {
                return given;
            }
            // The sender lives as long as this does.
            let _ = changes.changed().await;
        }
    }

    /// What is under way or has come, and no step has waited for.
    pub(crate) fn names(&self) -> Vec<String> {
        let seen = self.seen.borrow();
        seen.iter().map(|given| given.name.clone()).collect()
    }
}

fn note(seen: &mut Vec<Given>, event: ContextEvent) {
    match event {
        ContextEvent::DownloadStarted { guid, filename, .. } => {
            if seen.len() == REMEMBERED {
                seen.remove(0);
            }
            seen.push(Given {
                guid,
                name: filename.to_string(),
                end: None,
            });
        }
        ContextEvent::DownloadFinished {
            guid,
            path,
            bytes,
            state,
        } => {
            if let Some(given) = seen.iter_mut().find(|given| given.guid == guid) {
                given.end = Some(End { path, bytes, state });
            }
        }
        _ => {}
    }
}

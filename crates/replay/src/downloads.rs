//! The files that the pages of a run give, in the order in which they begin.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

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
    seen: Arc<Mutex<Vec<Given>>>,
    changes: watch::Sender<u64>,
    _listening: AbortOnDropHandle<()>,
}

impl Downloads {
    pub(crate) fn of(context: &Context) -> Self {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let changes = watch::Sender::new(0);
        let mut events = context.events();
        let listening = {
            let (seen, changes) = (Arc::clone(&seen), changes.clone());
            tokio::spawn(async move {
                loop {
                    match events.recv().await {
                        Ok(event) => note(&seen, event),
                        // What was missed is told as a file that never came.
                        Err(RecvError::Lagged(_)) => {}
                        Err(RecvError::Closed) => return,
                    }
                    changes.send_modify(|count| *count += 1);
                }
            })
        };
        Self {
            seen,
            changes,
            _listening: AbortOnDropHandle::new(listening),
        }
    }

    /// Takes the oldest file that is `wanted`, once it has come or failed to come. Never ends when none does.
    pub(crate) async fn take(&self, wanted: impl Fn(&str) -> bool) -> Given {
        let mut changes = self.changes.subscribe();
        loop {
            changes.borrow_and_update();
            {
                let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
                let ended = |given: &Given| given.end.is_some() && wanted(&given.name);
                if let Some(place) = seen.iter().position(ended) {
                    return seen.remove(place);
                }
            }
            // The sender lives as long as this does.
            let _ = changes.changed().await;
        }
    }

    /// What is under way or has come, and no step has waited for.
    pub(crate) fn names(&self) -> Vec<String> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.iter().map(|given| given.name.clone()).collect()
    }
}

fn note(seen: &Mutex<Vec<Given>>, event: ContextEvent) {
    let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
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

//! Errors of pages: told to viewers, passed on to last, with the evidence of what the page looked like.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use browser::Progress;
use capture::{ConsoleEntry, Evidence, NetworkFailure, TapEvent};
use egress::Denial;
use ids::ErrorId;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

use super::{Actor, Internal};
use crate::config::Surface;
use crate::events::SessionEventKind;
use crate::explain;
use crate::moment;
use crate::protocol::{ConsoleLine, Level, NetworkLine, Notice};

/// Evidence costs the page a full-page picture, so one gathering serves all errors of this while.
const EVIDENCE_APART: Duration = Duration::from_secs(5);
/// How long gathering may take.
const EVIDENCE_LIMIT: Duration = Duration::from_secs(15);
/// Hosts whose refusal was told; a page may ask for one again and again.
const TOLD_DENIALS: usize = 256;

/// Errors that wait for evidence.
#[derive(Default)]
pub(super) struct Faults {
    waiting: Vec<ErrorId>,
    tab: Option<u32>,
    first: Option<Instant>,
    gathering: bool,
    last: Option<Instant>,
    denied: std::collections::HashSet<(String, u16)>,
}

impl Faults {
    pub(super) fn evidence_done(&mut self) {
        self.gathering = false;
        self.last = Some(Instant::now());
    }
}

impl Actor {
    pub(super) fn on_tap(&mut self, tab: u32, event: TapEvent) {
        match event {
            TapEvent::Console(entry) => {
                let error = entry.is_error().then(ErrorId::new);
                self.say(None, Notice::Console(console_line(&entry)));
                self.emit(SessionEventKind::Console { error, entry });
            }
            TapEvent::Exception(entry) => {
                let error = ErrorId::new();
                let (text, stack, at) = (
                    entry.text.clone(),
                    entry.stack.clone(),
                    moment::text(entry.at),
                );
                self.say(None, Notice::Exception { text, stack, at });
                self.emit(SessionEventKind::Exception { error, entry });
                self.want_evidence(tab, error);
            }
            TapEvent::NetworkFailure(failure) => {
                let error = ErrorId::new();
                let grave = is_grave(&failure);
                self.say(None, Notice::Network(network_line(&failure)));
                self.emit(SessionEventKind::NetworkFailure { error, failure });
                if grave {
                    self.want_evidence(tab, error);
                }
            }
        }
    }

    pub(super) fn on_muted(&mut self, tab: u32, lines: u64) {
        tracing::debug!(session = %self.id, tab, lines, "console lines were not passed on");
        let text = format!("The page writes too much: {lines} more console lines are not shown.");
        self.say(None, Notice::note(Level::Info, "console_muted", text));
    }

    /// Listens to what the network door refuses.
    pub(super) fn watch_denials(&self, mut denials: broadcast::Receiver<Denial>) {
        let internal = self.internal.clone();
        self.spawn(async move {
            loop {
                match denials.recv().await {
                    Ok(denial) => {
                        if internal.send(Internal::Denied(denial)).await.is_err() {
                            return;
                        }
                    }
                    Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return,
                }
            }
        });
    }

    pub(super) fn on_denied(&mut self, denial: Denial) {
        let place = (denial.host.clone(), denial.port);
        let known = self.faults.denied.len() >= TOLD_DENIALS || !self.faults.denied.insert(place);
        if !known {
            let error = explain::denial(&denial);
            let (code, text, detail) = (error.code, error.text, error.detail);
            self.say(
                None,
                Notice::Notice {
                    level: Level::Warning,
                    code,
                    text,
                    detail,
                },
            );
            self.emit(SessionEventKind::EgressDenied { denial });
        }
    }

    /// Notes that an error wants evidence; it is gathered at once, or with that of others a moment later.
    pub(super) fn want_evidence(&mut self, tab: u32, error: ErrorId) {
        // Taking a picture of the whole page makes a window flicker in front of its person.
        if self.surface == Surface::Window {
            return;
        }
        self.faults.waiting.push(error);
        self.faults.tab = Some(tab);
        self.faults.first.get_or_insert_with(Instant::now);
        self.gather_due_evidence();
    }

    pub(super) fn gather_due_evidence(&mut self) {
        let faults = &self.faults;
        let due = faults
            .last
            .is_none_or(|last| last.elapsed() >= EVIDENCE_APART);
        if faults.waiting.is_empty() || faults.gathering || !due || self.dialog.is_some() {
            return;
        }
        let Some(tab) = faults
            .tab
            .and_then(|tab| self.tabs.get(&tab))
            .filter(|tab| !tab.crashed)
        else {
            self.faults.waiting.clear();
            return;
        };
        let (page, taps) = (tab.page.clone(), tab.taps.clone());
        let errors = std::mem::take(&mut self.faults.waiting);
        let first = self.faults.first.take().unwrap_or_else(Instant::now);
        self.faults.gathering = true;
        let (screen, internal) = (self.screen.clone(), self.internal.clone());
        let progress: Progress = self.progress(EVIDENCE_LIMIT);
        self.spawn(async move {
            let evidence = Arc::new(Evidence::gather(&progress, &page, &taps).await);
            let (before, after) = screen.around(first);
            let kind = SessionEventKind::Evidence {
                errors,
                evidence,
                before,
                after,
            };
            let _ = internal.send(Internal::Event(kind)).await;
            let _ = internal.send(Internal::EvidenceDone).await;
        });
    }
}

/// A missing icon or picture is a line in the list; what the page is made of is worth a look at it.
fn is_grave(failure: &NetworkFailure) -> bool {
    let kind = failure.resource_type.as_deref().unwrap_or_default();
    matches!(kind, "document" | "script" | "stylesheet" | "xhr" | "fetch")
        && !failure.url.ends_with("/favicon.ico")
}

fn console_line(entry: &ConsoleEntry) -> ConsoleLine {
    ConsoleLine {
        level: entry.level.clone(),
        text: entry.text.chars().take(4_000).collect(),
        at: at(entry.at),
        url: entry.url.clone(),
        line: entry.line,
    }
}

fn network_line(failure: &NetworkFailure) -> NetworkLine {
    NetworkLine {
        method: failure.method.clone(),
        url: failure.url.chars().take(2_000).collect(),
        status: failure.status,
        error: failure.error.clone(),
        at: at(failure.at),
    }
}

fn at(moment: SystemTime) -> String {
    moment::text(moment)
}

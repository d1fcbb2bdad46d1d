//! What the proxy remembers of its work: counters, and the last refusal and failure of each host.

use std::collections::VecDeque;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use serde::Serialize;
use tokio::sync::broadcast;

use crate::Denial;
use crate::target::TargetHost;

/// How many hosts' last refusals are remembered, so that a page that asks for ever new names costs no memory.
const REMEMBERED_HOSTS: usize = 256;
/// How many refusals a slow listener may be behind before it skips some.
const DENIAL_BACKLOG: usize = 256;

/// What went through the proxy since its start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EgressStats {
    /// Connections made to the outside.
    pub connections: u64,
    /// Bytes sent to the outside.
    pub bytes_up: u64,
    /// Bytes received from the outside.
    pub bytes_down: u64,
    /// Requests refused by the policy.
    pub denied: u64,
}

/// A connection that the policy allowed and the network did not give.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ConnectFailure {
    /// The host that the page asked for, in normal form.
    pub host: String,
    /// The TCP port that the page asked for.
    pub port: u16,
    /// The address that was tried last; `None` when there was none.
    pub address: Option<IpAddr>,
    /// What went wrong.
    pub kind: FailureKind,
    /// When it went wrong.
    #[serde(skip)]
    pub at: SystemTime,
}

/// Why a connection could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum FailureKind {
    /// The name has no address.
    Dns,
    /// Nobody listens there.
    Refused,
    /// No answer in time.
    TimedOut,
    /// No way there, or the connection broke before an answer came.
    Unreachable,
}

#[derive(Debug)]
pub(crate) struct Ledger {
    pub(crate) connections: AtomicU64,
    pub(crate) bytes_up: AtomicU64,
    pub(crate) bytes_down: AtomicU64,
    denied: AtomicU64,
    denials: broadcast::Sender<Denial>,
    recent: Mutex<Recent>,
}

#[derive(Debug, Default)]
struct Recent {
    denials: VecDeque<Denial>,
    failures: VecDeque<ConnectFailure>,
}

impl Ledger {
    pub(crate) fn new() -> Self {
        Self {
            connections: AtomicU64::new(0),
            bytes_up: AtomicU64::new(0),
            bytes_down: AtomicU64::new(0),
            denied: AtomicU64::new(0),
            denials: broadcast::Sender::new(DENIAL_BACKLOG),
            recent: Mutex::default(),
        }
    }

    pub(crate) fn subscribe(&self) -> broadcast::Receiver<Denial> {
        self.denials.subscribe()
    }

    pub(crate) fn record_denial(&self, denial: &Denial) {
        self.denied.fetch_add(1, Ordering::Relaxed);
        remember(&mut self.recent().denials, denial, |other| {
            other.host == denial.host
        });
        // Nobody may be listening, which is fine: the last denial can be asked for.
        let _ = self.denials.send(denial.clone());
    }

    pub(crate) fn record_failure(&self, failure: &ConnectFailure) {
        remember(&mut self.recent().failures, failure, |other| {
            other.host == failure.host
        });
    }

    pub(crate) fn last_denial_for(&self, host: &str) -> Option<Denial> {
        let host = normal(host);
        self.recent()
            .denials
            .iter()
            .find(|denial| denial.host == host)
            .cloned()
    }

    pub(crate) fn last_failure_for(&self, host: &str) -> Option<ConnectFailure> {
        let host = normal(host);
        self.recent()
            .failures
            .iter()
            .find(|failure| failure.host == host)
            .cloned()
    }

    pub(crate) fn stats(&self) -> EgressStats {
        EgressStats {
            connections: self.connections.load(Ordering::Relaxed),
            bytes_up: self.bytes_up.load(Ordering::Relaxed),
            bytes_down: self.bytes_down.load(Ordering::Relaxed),
            denied: self.denied.load(Ordering::Relaxed),
        }
    }

    fn recent(&self) -> std::sync::MutexGuard<'_, Recent> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn normal(host: &str) -> String {
    TargetHost::parse(host).map_or_else(|| host.to_owned(), |host| host.to_string())
}

/// Newest last, one per host, the oldest forgotten first.
fn remember<T: Clone>(entries: &mut VecDeque<T>, entry: &T, same_host: impl Fn(&T) -> bool) {
    entries.retain(|other| !same_host(other));
    if entries.len() == REMEMBERED_HOSTS {
        entries.pop_front();
    }
    entries.push_back(entry.clone());
}

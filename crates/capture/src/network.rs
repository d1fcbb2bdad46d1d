//! The requests of a page: what failed, and all of them as a HAR log.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::har::{Har, HarEntry};
use crate::stamp;

/// A request that brought nothing, or an answer that says so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NetworkFailure {
    /// HTTP method.
    pub method: String,
    /// Address asked for.
    pub url: String,
    /// `Document`, `Script`, `XHR` …, as the browser names it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub resource_type: Option<String>,
    /// Status of the answer, 400 or more; none when there was no answer.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub status: Option<u16>,
    /// The browser's error, such as `net::ERR_CONNECTION_REFUSED`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub error: Option<String>,
    /// When it was known.
    #[serde(with = "stamp")]
    pub at: SystemTime,
}

/// A request as it left the page.
#[derive(Debug, Clone)]
pub struct RequestSeen {
    /// The browser's id of the request; redirects keep it.
    pub id: String,
    /// HTTP method.
    pub method: String,
    /// Address asked for.
    pub url: String,
    /// Kind of resource, as the browser names it.
    pub resource_type: String,
    /// Header fields, in order.
    pub headers: Vec<(String, String)>,
    /// When it was sent.
    pub at: SystemTime,
    /// The same moment in seconds on the clock that the other events use.
    pub monotonic: f64,
}

/// The head of an answer.
#[derive(Debug, Clone)]
pub struct ResponseSeen {
    /// The request's id.
    pub id: String,
    /// HTTP status.
    pub status: u16,
    /// Its text, empty over HTTP/2.
    pub status_text: String,
    /// Media type.
    pub mime: String,
    /// Header fields, in order.
    pub headers: Vec<(String, String)>,
    /// The browser took it from its cache.
    pub from_cache: bool,
    /// Address that answered.
    pub remote_address: Option<String>,
    /// Protocol, such as `h2` or `http/1.1`.
    pub protocol: Option<String>,
    /// When the head arrived, in seconds on the clock of the request's `monotonic`.
    pub monotonic: f64,
    /// What the time until then was spent on.
    pub phases: Option<Phases>,
}

/// What the time before an answer was spent on, in milliseconds; `None` where a phase did not happen.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Phases {
    /// Finding the address.
    pub dns: Option<f64>,
    /// Connecting, the secure handshake included.
    pub connect: Option<f64>,
    /// The secure handshake.
    pub ssl: Option<f64>,
    /// Sending the request.
    pub send: f64,
    /// Waiting for the first byte.
    pub wait: f64,
}

/// Follows the requests of a page; keeps the newest ones.
#[derive(Debug)]
pub struct NetworkLog {
    open: HashMap<String, HarEntry>,
    done: VecDeque<HarEntry>,
    failures: VecDeque<NetworkFailure>,
    limit: usize,
}

impl NetworkLog {
    /// Keeps the last `limit` finished requests and as many failures; at most `limit` may be open.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self {
            open: HashMap::new(),
            done: VecDeque::new(),
            failures: VecDeque::new(),
            limit: limit.max(1),
        }
    }

    /// A request left. The same id again is a redirect: the hop before it is finished.
    pub fn request(&mut self, seen: RequestSeen) {
        if let Some(hop) = self.open.remove(&seen.id) {
            self.keep(hop);
        }
        if self.open.len() >= self.limit {
            // A page that never lets its requests end must not grow us: the oldest open one goes.
            let oldest = self
                .open
                .iter()
                .min_by_key(|(_, entry)| entry.started())
                .map(|(id, _)| id.clone());
            if let Some(entry) = oldest.and_then(|id| self.open.remove(&id)) {
                self.keep(entry);
            }
        }
        self.open
            .insert(seen.id.clone(), HarEntry::started_by(seen));
    }

    /// The head of an answer came. Gives the failure when its status says one.
    pub fn response(&mut self, seen: ResponseSeen) -> Option<NetworkFailure> {
        let entry = self.open.get_mut(&seen.id)?;
        let (status, monotonic) = (seen.status, seen.monotonic);
        entry.answered_by(seen);
        if status < 400 {
            return None;
        }
        let failure = entry.failure(Some(status), None, monotonic);
        self.keep_failure(failure.clone());
        Some(failure)
    }

    /// The body is complete.
    pub fn finished(&mut self, id: &str, encoded_bytes: u64, monotonic: f64) {
        if let Some(mut entry) = self.open.remove(id) {
            entry.finished(encoded_bytes, monotonic);
            self.keep(entry);
        }
    }

    /// The request came to nothing. One that the page itself gave up is no failure.
    pub fn failed(
        &mut self,
        id: &str,
        error: &str,
        canceled: bool,
        monotonic: f64,
    ) -> Option<NetworkFailure> {
        let mut entry = self.open.remove(id)?;
        entry.failed(error, monotonic);
        let failure = (!canceled).then(|| entry.failure(None, Some(error.to_owned()), monotonic));
        self.keep(entry);
        if let Some(failure) = failure.clone() {
            self.keep_failure(failure);
        }
        failure
    }

    /// The newest failures, oldest first.
    #[must_use]
    pub fn failures(&self) -> Vec<NetworkFailure> {
        self.failures.iter().cloned().collect()
    }

    /// Requests without an end so far, with the time since they were sent.
    #[must_use]
    pub fn open(&self, now: SystemTime) -> Vec<(String, Duration)> {
        self.open
            .values()
            .map(|entry| {
                (
                    entry.url().to_owned(),
                    now.duration_since(entry.started()).unwrap_or_default(),
                )
            })
            .collect()
    }

    /// The log as HAR 1.2, by the time the requests were sent.
    #[must_use]
    pub fn har(&self, browser: (&str, &str)) -> Har {
        let mut entries: Vec<_> = self
            .done
            .iter()
            .chain(self.open.values())
            .cloned()
            .collect();
        entries.sort_by_key(HarEntry::started);
        Har::new(browser, entries)
    }

    fn keep(&mut self, entry: HarEntry) {
        if self.done.len() == self.limit {
            self.done.pop_front();
        }
        self.done.push_back(entry);
    }

    fn keep_failure(&mut self, failure: NetworkFailure) {
        if self.failures.len() == self.limit {
            self.failures.pop_front();
        }
        self.failures.push_back(failure);
    }
}

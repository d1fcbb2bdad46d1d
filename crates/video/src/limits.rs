//! How long a browser that renders is kept, and why others took its place.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::error::RenderError;
use crate::job::RenderJob;

/// How long a browser is kept: long-lived browsers grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BrowserLimits {
    /// Jobs that it renders before another takes its place.
    pub jobs: u32,
    /// Its age at which another takes its place, between two jobs.
    pub age: Duration,
    /// Bytes of memory, all of its processes together, with which it is not kept for another job.
    pub kept: u64,
    /// Bytes of memory, all browsers of a job together, at which the job is ended, and its browsers with it.
    pub memory: u64,
    /// Processor time, all browsers of a job together, after which the job that it renders is ended, and the browser with it.
    pub cpu: Duration,
}

impl Default for BrowserLimits {
    fn default() -> Self {
        Self {
            jobs: 100,
            age: Duration::from_secs(30 * 60),
            kept: 1 << 30,
            memory: 3 << 30,
            cpu: Duration::from_secs(60 * 60),
        }
    }
}

impl BrowserLimits {
    /// The limits for a job, which may ask for less memory and less processor time, and never for more.
    pub(crate) fn of(self, job: &RenderJob) -> Self {
        Self {
            cpu: job.most_cpu.map_or(self.cpu, |most| most.min(self.cpu)),
            memory: job
                .most_memory
                .map_or(self.memory, |most| most.min(self.memory)),
            ..self
        }
    }

    /// Which limit a browser has come to, if any.
    pub(crate) fn reached(&self, jobs: u32, since: Instant) -> Option<BrowserEnd> {
        if jobs >= self.jobs {
            Some(BrowserEnd::Jobs)
        } else if since.elapsed() >= self.age {
            Some(BrowserEnd::Age)
        } else {
            None
        }
    }
}

/// Why a browser was replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BrowserEnd {
    /// It had rendered its jobs.
    Jobs,
    /// It was old.
    Age,
    /// It had grown.
    Memory,
    /// A page had taken too much processor time.
    Cpu,
    /// The next job wanted another scale.
    Scale,
    /// A page did not answer, or left its document.
    Page,
    /// It died.
    Crash,
}

impl BrowserEnd {
    /// Every reason, in the order of the counters.
    pub const ALL: [Self; 7] = [
        Self::Jobs,
        Self::Age,
        Self::Memory,
        Self::Cpu,
        Self::Scale,
        Self::Page,
        Self::Crash,
    ];

    /// The word for metrics.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Jobs => "jobs",
            Self::Age => "age",
            Self::Memory => "memory",
            Self::Cpu => "cpu",
            Self::Scale => "scale",
            Self::Page => "page",
            Self::Crash => "crash",
        }
    }

    pub(crate) fn of<T>(result: &Result<T, RenderError>, is_connected: bool) -> Self {
        match result {
            Err(RenderError::Memory { .. }) => Self::Memory,
            Err(RenderError::Cpu { .. }) => Self::Cpu,
            _ if !is_connected => Self::Crash,
            Err(RenderError::BrowserGone { .. } | RenderError::Crashed { .. }) => Self::Crash,
            _ => Self::Page,
        }
    }
}

/// Counts starts and ends; clones count together.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ends(Arc<Counters>);

#[derive(Debug, Default)]
struct Counters {
    started: AtomicU64,
    /// Whether the latest browser that was to draw frames on command did.
    on_command: Mutex<Option<bool>>,
    drawn_by: Mutex<BTreeMap<String, u64>>,
    ended: [AtomicU64; BrowserEnd::ALL.len()],
}

impl Ends {
    /// A browser was started, and draws with this.
    pub(crate) fn started(&self, drawn_by: &str) {
        self.0.started.fetch_add(1, Ordering::Relaxed);
        *self.drawing().entry(drawn_by.to_owned()).or_default() += 1;
    }

    /// Takes note of what a browser that is to draw frames on command came to.
    pub(crate) fn look<T>(&self, result: &Result<T, RenderError>) {
        let seen = match result {
            Ok(_) => true,
            Err(RenderError::NoFramesOnCommand) => false,
            Err(_) => return,
        };
        *self.on_command() = Some(seen);
    }

    /// Takes note of how a browser's start went: one that does not start draws nothing, whatever the reason.
    pub(crate) fn launched<T>(&self, result: &Result<T, RenderError>) {
        if !matches!(result, Err(RenderError::Cancelled)) {
            *self.on_command() = Some(result.is_ok());
        }
    }

    /// Whether frames can be drawn on command; nothing while no browser was tried.
    pub(crate) fn draws_on_command(&self) -> Option<bool> {
        *self.on_command()
    }

    fn on_command(&self) -> MutexGuard<'_, Option<bool>> {
        let lock = self.0.on_command.lock();
        lock.unwrap_or_else(PoisonError::into_inner)
    }

    /// Browsers that were started, by what draws in them.
    pub(crate) fn drawn_by(&self) -> BTreeMap<String, u64> {
        self.drawing().clone()
    }

    fn drawing(&self) -> MutexGuard<'_, BTreeMap<String, u64>> {
        self.0
            .drawn_by
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn count(&self, end: BrowserEnd) {
        tracing::debug!(reason = end.as_str(), "a browser that renders is replaced");
        self.0.ended[end as usize].fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn starts(&self) -> u64 {
        self.0.started.load(Ordering::Relaxed)
    }

    pub(crate) fn of(&self, end: BrowserEnd) -> u64 {
        self.0.ended[end as usize].load(Ordering::Relaxed)
    }
}

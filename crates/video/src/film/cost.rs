//! What a film takes of the machine: looked up in `/proc` while it is made.

use std::collections::HashMap;
use std::fs;
use std::time::{Duration, Instant};

use tokio_util::task::AbortOnDropHandle;

/// How often it is looked.
const EVERY: Duration = Duration::from_millis(500);

/// `/proc` counts in ticks; Linux has told programs that there are a hundred a second since it has had more.
const TICKS: f64 = 100.0;

/// Bytes of a page of memory on the machines that are built for.
const PAGE: u64 = 4096;

/// Looks at process groups until it is asked.
pub(crate) struct Meter {
    running: AbortOnDropHandle<()>,
    seen: tokio::sync::watch::Receiver<Seen>,
    began: Instant,
}

/// What was seen.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Seen {
    ticks: u64,
    peak: u64,
}

impl Meter {
    /// Looks at ourselves and at the process groups of these leaders.
    pub(crate) fn start(groups: Vec<u32>) -> Self {
        let (sender, seen) = tokio::sync::watch::channel(Seen::default());
        let running = AbortOnDropHandle::new(tokio::spawn(async move {
            let mut tally = Tally::default();
            loop {
                sender.send_replace(tally.look(&groups));
                tokio::time::sleep(EVERY).await;
            }
        }));
        Self {
            running,
            seen,
            began: Instant::now(),
        }
    }

    /// Processor time in per cent of one core, and the most memory, in bytes.
    pub(crate) fn stop(self) -> (f64, u64) {
        let seen = *self.seen.borrow();
        drop(self.running);
        #[expect(clippy::cast_precision_loss, reason = "ticks of an hour are few")]
        let seconds = seen.ticks as f64 / TICKS;
        let elapsed = self.began.elapsed().as_secs_f64().max(f64::EPSILON);
        (seconds / elapsed * 100.0, seen.peak)
    }
}

/// Processes by their ids: first and last ticks, since those that have ended count too.
#[derive(Default)]
struct Tally {
    processes: HashMap<u32, (u64, u64)>,
    peak: u64,
}

impl Tally {
    fn look(&mut self, groups: &[u32]) -> Seen {
        let own = std::process::id();
        let is_first = self.processes.is_empty();
        let mut memory = 0;
        let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
        for entry in entries {
            let Some(pid) = entry
                .file_name()
                .to_str()
                .and_then(|name| name.parse::<u32>().ok())
            else {
                continue;
            };
            let Some(process) =
                read(pid).filter(|found| pid == own || groups.contains(&found.group))
            else {
                continue;
            };
            memory += process.pages * PAGE;
            // What began before the film did is counted from now on.
            let begun = if is_first { process.ticks } else { 0 };
            let known = self.processes.entry(pid).or_insert((begun, begun));
            known.1 = process.ticks;
        }
        self.peak = self.peak.max(memory);
        Seen {
            ticks: self.processes.values().map(|(from, to)| to - from).sum(),
            peak: self.peak,
        }
    }
}

struct Process {
    group: u32,
    ticks: u64,
    pages: u64,
}

fn read(pid: u32) -> Option<Process> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name may hold anything; what follows it is numbers.
    let (_, numbers) = text.rsplit_once(')')?;
    let fields: Vec<&str> = numbers.split_whitespace().collect();
    Some(Process {
        group: fields.get(2)?.parse().ok()?,
        ticks: fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?,
        pages: fields.get(21)?.parse().ok()?,
    })
}

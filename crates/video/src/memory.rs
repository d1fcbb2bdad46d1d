//! What a browser takes of the machine, all of its processes together.

use std::collections::{HashMap, HashSet};

use sysinfo::{Pid, Process, ProcessRefreshKind, ProcessesToUpdate, System};

/// What a process and those that it started take.
#[derive(Debug, Default)]
pub(crate) struct Look {
    /// What they have for themselves.
    pub(crate) bytes: u64,
    /// The processor time of each since it began, in milliseconds.
    pub(crate) cpu: HashMap<Pid, u64>,
}

/// Whether the browser has more than `most` bytes now.
pub(crate) async fn is_above(browser: u32, most: u64) -> bool {
    look(&[browser]).await.is_some_and(|look| look.bytes > most)
}

/// What the processes of some browsers and those that they started take, all together; nothing when none is left.
pub(crate) async fn look(browsers: &[u32]) -> Option<Look> {
    let browsers: Vec<Pid> = browsers.iter().copied().map(Pid::from_u32).collect();
    // It reads a file for each process of the machine.
    tokio::task::spawn_blocking(move || families(&browsers))
        .await
        .ok()
        .flatten()
}

pub(crate) fn families(heads: &[Pid]) -> Option<Look> {
    let mut system = System::new().ok()?;
    let what = ProcessRefreshKind::nothing().with_memory().with_cpu();
    system.refresh_processes_specifics(ProcessesToUpdate::All, true, what);
    let mut look = Look::default();
    let mut family = HashSet::new();
    for head in heads {
        if let Some(process) = system.process(*head) {
            look.add(process);
            family.insert(*head);
        }
    }
    if family.is_empty() {
        return None;
    }
    // Parents have not always the smaller number: go on until nobody is added.
    loop {
        let before = family.len();
        for (pid, process) in system.processes() {
            let is_child = process
                .parent()
                .is_some_and(|parent| family.contains(&parent));
            if is_child && process.thread_kind().is_none() && family.insert(*pid) {
                look.add(process);
            }
        }
        if family.len() == before {
            return Some(look);
        }
    }
}

impl Look {
    fn add(&mut self, process: &Process) {
        self.bytes += own(process);
        self.cpu
            .insert(process.pid(), process.accumulated_cpu_time());
    }
}

/// Bytes that a process has for itself. The program, its libraries and fonts are in each of a browser's processes and only
/// once in memory: counted each time they would be most of the sum.
pub(crate) fn own(process: &Process) -> u64 {
    let resident = process.memory();
    resident.saturating_sub(shared(process.pid()).unwrap_or(0))
}

/// Bytes that it has in common with others.
#[cfg(target_os = "linux")]
fn shared(pid: Pid) -> Option<u64> {
    // Pages, as proc(5) has them: size, resident, shared, …
    let statm = std::fs::read_to_string(format!("/proc/{pid}/statm")).ok()?;
    let mut pages = statm.split(' ').skip(1).map(str::parse::<u64>);
    let (resident, shared) = (pages.next()?.ok()?, pages.next()?.ok()?);
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    // The size of a page follows from the same number in two units.
    (kib * 1024 * shared).checked_div(resident)
}

#[cfg(not(target_os = "linux"))]
fn shared(_: Pid) -> Option<u64> {
    None
}

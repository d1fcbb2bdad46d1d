//! How much memory a browser has, all of its processes together.

use std::collections::HashSet;
use std::time::Duration;

use sysinfo::{Pid, Process, ProcessRefreshKind, ProcessesToUpdate, System};
use tokio::time::Instant;

/// Between two looks. The system tells nobody when a process grows, so it has to be asked.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Answers once the browser has more than `most` bytes, and with how many; never otherwise.
pub(crate) async fn beyond(browser: u32, most: u64) -> u64 {
    // Looking takes longer than a small picture: what is done before the first look has not grown much.
    let mut looks = tokio::time::interval_at(Instant::now() + LOOK_EVERY, LOOK_EVERY);
    loop {
        looks.tick().await;
        if let Some(used) = used(browser).await.filter(|used| *used > most) {
            return used;
        }
    }
}

/// Whether the browser has more than `most` bytes now.
pub(crate) async fn is_above(browser: u32, most: u64) -> bool {
    used(browser).await.is_some_and(|used| used > most)
}

/// Bytes of the browser's process and of those that it started; nothing when it is gone.
pub(crate) async fn used(browser: u32) -> Option<u64> {
    // It reads a file for each process of the machine.
    tokio::task::spawn_blocking(move || sum(Pid::from_u32(browser)))
        .await
        .ok()
        .flatten()
}

pub(crate) fn sum(browser: Pid) -> Option<u64> {
    let mut system = System::new().ok()?;
    let what = ProcessRefreshKind::nothing().with_memory();
    system.refresh_processes_specifics(ProcessesToUpdate::All, true, what);
    let mut bytes = own(system.process(browser)?);
    let mut family = HashSet::from([browser]);
    // Parents have not always the smaller number: go on until nobody is added.
    loop {
        let before = family.len();
        for (pid, process) in system.processes() {
            let is_child = process
                .parent()
                .is_some_and(|parent| family.contains(&parent));
            if is_child && process.thread_kind().is_none() && family.insert(*pid) {
                bytes += own(process);
            }
        }
        if family.len() == before {
            return Some(bytes);
        }
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

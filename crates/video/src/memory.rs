//! How much memory a browser has, all of its processes together.

use std::collections::HashSet;
use std::time::Duration;

use sysinfo::{Pid, ProcessRefreshKind, ProcessesToUpdate, System};

/// Between two looks. The system tells nobody when a process grows, so it has to be asked.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Answers once the browser has more than `most` bytes, and with how many; never otherwise.
pub(crate) async fn beyond(browser: u32, most: u64) -> u64 {
    let mut looks = tokio::time::interval(LOOK_EVERY);
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

/// Memory that processes share is counted for each of them: the sum is somewhat more than what would come free.
fn sum(browser: Pid) -> Option<u64> {
    let mut system = System::new().ok()?;
    let what = ProcessRefreshKind::nothing().with_memory();
    system.refresh_processes_specifics(ProcessesToUpdate::All, true, what);
    let mut bytes = system.process(browser)?.memory();
    let mut family = HashSet::from([browser]);
    // Parents have not always the smaller number: go on until nobody is added.
    loop {
        let before = family.len();
        for (pid, process) in system.processes() {
            let is_child = process
                .parent()
                .is_some_and(|parent| family.contains(&parent));
            if is_child && process.thread_kind().is_none() && family.insert(*pid) {
                bytes += process.memory();
            }
        }
        if family.len() == before {
            return Some(bytes);
        }
    }
}

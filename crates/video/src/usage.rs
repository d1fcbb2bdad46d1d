//! What this process and the programs that it started take of the machine.

use sysinfo::{Pid, ProcessRefreshKind, ProcessesToUpdate, System};

use crate::memory;

/// What a process and the programs that it started take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Usage {
    /// Bytes of the process for itself.
    pub own_bytes: u64,
    /// Bytes of everything that it started, what they share with others left out.
    pub started_bytes: u64,
    /// Processor time of the process since it began, in whole seconds.
    pub own_cpu_seconds: u64,
}

/// What this process takes now; nothing when the system does not tell.
pub async fn usage_of_this_process() -> Option<Usage> {
    // It reads a file for each process of the machine.
    tokio::task::spawn_blocking(usage).await.ok().flatten()
}

fn usage() -> Option<Usage> {
    let own = Pid::from_u32(std::process::id());
    let mut system = System::new().ok()?;
    let what = ProcessRefreshKind::nothing().with_memory().with_cpu();
    system.refresh_processes_specifics(ProcessesToUpdate::Some(&[own]), true, what);
    let process = system.process(own)?;
    let own_bytes = memory::own(process);
    let own_cpu_seconds = process.accumulated_cpu_time() / 1000;
    let all = memory::families(&[own])?.bytes;
    Some(Usage {
        own_bytes,
        started_bytes: all.saturating_sub(own_bytes),
        own_cpu_seconds,
    })
}

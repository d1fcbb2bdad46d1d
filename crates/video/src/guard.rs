//! Watches what a browser takes while it renders: beyond a limit the job is ended.

use std::collections::HashMap;
use std::time::Duration;

use sysinfo::Pid;
use tokio::time::Instant;

use crate::error::RenderError;
use crate::limits::BrowserLimits;
use crate::memory::{self, Look};

/// Between two looks. The system tells nobody when a process grows, so it has to be asked.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Answers once the browsers of a job, all together, have gone beyond a limit, and with which; never otherwise. Processor time
/// counts from the first look on.
pub(crate) async fn beyond(browsers: &[u32], limits: &BrowserLimits) -> RenderError {
    // Looking takes longer than a small picture: what is done before the first look has not grown much.
    let mut looks = tokio::time::interval_at(Instant::now() + LOOK_EVERY, LOOK_EVERY);
    let mut spent: Option<Spent> = None;
    loop {
        looks.tick().await;
        let Some(look) = memory::look(browsers).await else {
            continue;
        };
        if look.bytes > limits.memory {
            return RenderError::Memory {
                used: look.bytes,
                most: limits.memory,
            };
        }
        match &mut spent {
            None => spent = Some(Spent::since(&look)),
            Some(spent) => {
                let used = spent.until(&look);
                if used > limits.cpu {
                    return RenderError::Cpu {
                        used,
                        most: limits.cpu,
                    };
                }
            }
        }
    }
}

/// The processor time of a family of processes since a first look. Those that have ended meanwhile count as they were seen
/// last.
struct Spent {
    before: HashMap<Pid, u64>,
    last: HashMap<Pid, u64>,
}

impl Spent {
    fn since(look: &Look) -> Self {
        Self {
            before: look.cpu.clone(),
            last: HashMap::new(),
        }
    }

    fn until(&mut self, look: &Look) -> Duration {
        self.last.extend(&look.cpu);
        let spent = self.last.iter().map(|(pid, now)| {
            let before = self.before.get(pid).copied().unwrap_or(0);
            now.saturating_sub(before)
        });
        Duration::from_millis(spent.sum())
    }
}

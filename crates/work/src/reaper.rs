//! Clears up after workers that died: their jobs go back into the queue, and what their browsers left on this machine
//! goes. The kernel ends the browsers themselves together with their worker.

use std::sync::Arc;

use store::{LostJob, Store};
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

use crate::backoff::Backoff;
use crate::job::Handler;
use crate::worker::WorkerOptions;

/// Looks at every beat until told to quit: a dead worker's files are gone within one beat, its jobs are back in the queue
/// one beat after their lease at the latest.
pub(crate) async fn watch(
    store: Store,
    handlers: Vec<Arc<dyn Handler>>,
    options: WorkerOptions,
    quit: CancellationToken,
) {
    let mut ticks = tokio::time::interval(options.times.beat);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = quit.cancelled() => return,
            _ = ticks.tick() => {}
        }
        // It says by itself what it could not remove.
        let _ = tokio::task::spawn_blocking(browser::sweep_orphans).await;
        match store
            .jobs()
            .reap(|attempt| options.backoff.after(attempt))
            .await
        {
            Ok(lost) => tell(&handlers, &lost).await,
            Err(error) => tracing::error!(error = %error, "lost jobs could not be looked for"),
        }
    }
}

/// Puts the jobs of workers that are known to be dead back at once, without waiting for their leases.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn recover(
    store: &Store,
    handlers: &[Arc<dyn Handler>],
    worker: &str,
    backoff: Backoff,
) -> Result<usize, store::StoreError> {
    let lost = store
        .jobs()
        .reap_worker(worker, |attempt| backoff.after(attempt))
        .await?;
    tell(handlers, &lost).await;
    Ok(lost.len())
}

async fn tell(handlers: &[Arc<dyn Handler>], lost: &[LostJob]) {
    for job in lost {
        tracing::warn!(job = %job.id, kind = job.kind, worker = job.worker, "a worker was lost; its job is in the queue again");
        let Some(handler) = handlers.iter().find(|handler| handler.kind() == job.kind) else {
            continue;
        };
        if let Err(error) = handler.lost(job).await {
            tracing::error!(job = %job.id, error = %error, "a lost job could not be told of");
        }
    }
}

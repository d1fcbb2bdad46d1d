//! Finds the jobs of workers that died and puts them back into the queue.

use std::sync::Arc;

use store::{LostJob, Store};
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

use crate::backoff::Backoff;
use crate::job::Handler;
use crate::worker::WorkerOptions;

/// Looks again and again until told to quit.
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

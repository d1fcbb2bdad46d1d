//! Keeps a lease alive while the job is performed, and hears of cancellation on the way.

use std::time::Duration;

use store::{Fence, Store, StoreError};
use tokio::time::{Instant, MissedTickBehavior};
use tokio_util::task::AbortOnDropHandle;

use crate::stop::{Stop, StopReason};

/// How long a lease lasts and how often it is extended.
#[derive(Clone, Copy, Debug)]
pub struct LeaseTimes {
    /// A worker that is silent for so long has lost its jobs.
    pub lease: Duration,
    /// Between two beats; a third of the lease leaves room for two lost ones.
    pub beat: Duration,
}

impl Default for LeaseTimes {
    fn default() -> Self {
        Self {
            lease: Duration::from_secs(15),
            beat: Duration::from_secs(5),
        }
    }
}

/// Extends the lease until it is dropped.
#[derive(Debug)]
pub(crate) struct LeaseKeeper {
    _task: AbortOnDropHandle<()>,
}

impl LeaseKeeper {
    pub(crate) fn start(store: Store, fence: Fence, times: LeaseTimes, stop: Stop) -> Self {
        Self {
            _task: AbortOnDropHandle::new(tokio::spawn(beat(store, fence, times, stop))),
        }
    }
}

async fn beat(store: Store, fence: Fence, times: LeaseTimes, stop: Stop) {
    let mut valid_until = Instant::now() + times.lease;
    let mut ticks = tokio::time::interval_at(Instant::now() + times.beat, times.beat);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let asked_at = Instant::now();
        match store.jobs().heartbeat(fence, times.lease).await {
            Ok(beat) => {
                valid_until = asked_at + times.lease;
                if beat.cancel_requested {
                    stop.stop(StopReason::Cancelled);
                }
            }
            Err(StoreError::LeaseLost) => return stop.stop(StopReason::LeaseLost),
            Err(error) => {
                tracing::warn!(job = %fence.job(), error = %error, "a heartbeat failed");
                // Nobody else may take the job before the lease is over, so trying again is safe until then.
                if Instant::now() >= valid_until {
                    return stop.stop(StopReason::LeaseLost);
                }
            }
        }
    }
}

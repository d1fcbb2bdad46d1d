//! Says that this worker lives: whoever finds it silent takes its jobs up.

use std::time::Duration;

use redis::AsyncCommands as _;
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

use crate::error::{Doing as _, IntakeError};
use crate::link::Link;

/// Names the worker and says that it lives, for as long as `silence` from now.
pub(crate) async fn say(link: &mut Link, silence: Duration) -> Result<(), IntakeError> {
    let (workers, alive) = (link.keys.workers(), link.keys.alive(&link.worker));
    let milliseconds = u64::try_from(silence.as_millis()).unwrap_or(u64::MAX);
    let worker = link.worker.clone();
    redis::pipe()
        .atomic()
        .sadd(workers, worker)
        .ignore()
        .pset_ex(alive, 1, milliseconds)
        .ignore()
        .query_async(&mut link.connection)
        .await
        .doing("say that this worker lives")
}

/// Says it three times in each `silence` until told to quit.
pub(crate) async fn beat(mut link: Link, silence: Duration, quit: CancellationToken) {
    let mut beats = tokio::time::interval(silence / 3);
    beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = quit.cancelled() => return,
            _ = beats.tick() => {}
        }
        if let Err(error) = say(&mut link, silence).await {
            tracing::warn!(
                error = work::chain(&error),
                "Redis did not hear that this worker lives"
            );
        }
    }
}

/// Says that this worker ends: its jobs may be taken up at once.
pub(crate) async fn end(link: &mut Link) -> Result<(), IntakeError> {
    let alive = link.keys.alive(&link.worker);
    let _: u32 = link
        .connection
        .del(alive)
        .await
        .doing("say that this worker ends")?;
    Ok(())
}

//! Waits for the earliest moment of all schedules, begins what is due, and waits again.

use std::time::Duration;

use store::{StoreError, Time};
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

use super::turns;
use crate::app::App;

/// The longest wait: another process may have changed a schedule, or this machine slept while the world's clock went on.
const LONGEST: Duration = Duration::from_secs(60);

/// The task that waits.
#[derive(Debug)]
pub struct Scheduler {
    quit: CancellationToken,
    task: AbortOnDropHandle<()>,
}

/// Begins to wait. Several servers on one database may do so: each moment is taken by one of them.
#[must_use]
pub fn start(app: App) -> Scheduler {
    let quit = CancellationToken::new();
    let task = tokio::spawn(watch(app, quit.clone()));
    Scheduler {
        quit,
        task: AbortOnDropHandle::new(task),
    }
}

impl Scheduler {
    /// Ends after the turn that is under way.
    pub async fn shutdown(self) {
        self.quit.cancel();
        if let Err(error) = self.task.await {
            tracing::error!(%error, "what begins scheduled runs broke off");
        }
    }
}

async fn watch(app: App, quit: CancellationToken) {
    while !quit.is_cancelled() {
        // Listened before looking: a change in between is not missed.
        let changed = app.store().schedule_changed();
        tokio::pin!(changed);
        changed.as_mut().enable();
        let wait = match look(&app, &quit).await {
            Ok(wait) => wait,
            Err(error) => {
                tracing::error!(
                    error = work::chain(&error),
                    "schedules could not be looked at"
                );
                LONGEST
            }
        };
        tokio::select! {
            () = quit.cancelled() => {}
            () = changed => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// Does what is due and says how long nothing else is.
async fn look(app: &App, quit: &CancellationToken) -> Result<Duration, StoreError> {
    let now = Time::now();
    for schedule in app.store().schedules().due(now).await? {
        if quit.is_cancelled() {
            break;
        }
        turns::come(app, schedule, now).await?;
    }
    let earliest = app.store().schedules().earliest().await?;
    Ok(earliest.map_or(LONGEST, |at| at.since(Time::now()).min(LONGEST)))
}

//! Whether the storage of outputs is there, for the health report.

use std::time::{Duration, Instant};

use delivery::{Delivery, StorageState};
use tokio::sync::Mutex;

/// Health is open to everybody: however often it is read, the storage is not asked more often.
const FRESH: Duration = Duration::from_secs(5);

/// What was seen of it last.
#[derive(Debug, Default)]
pub(crate) struct StorageWatch {
    last: Mutex<Option<(Instant, StorageState)>>,
}

impl StorageWatch {
    /// How it was a moment ago. Who comes while it is asked waits for the same answer.
    pub(crate) async fn look(&self, delivery: &Delivery) -> StorageState {
        let mut last = self.last.lock().await;
        if let Some((seen, state)) = *last
            && seen.elapsed() < FRESH
        {
            return state;
        }
        let state = delivery.look().await;
        *last = Some((Instant::now(), state));
        state
    }
}

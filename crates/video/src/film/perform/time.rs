//! The film's time, as whoever performs has it.

use std::time::{Duration, Instant};

use browser::Progress;

use crate::film::error::FilmError;
use crate::film::notes::Start;

/// Between two places of a pointer that moves: as often as screens show it.
pub(super) const TICK: Duration = Duration::from_micros(16_667);

/// The film's time.
pub(crate) struct Time(pub(crate) Start);

impl Time {
    /// Since the film's beginning.
    pub(crate) fn now(&self) -> Duration {
        self.0.elapsed()
    }

    /// Waits until the film has come so far.
    pub(crate) async fn until(&self, progress: &Progress, at: Duration) -> Result<(), FilmError> {
        let when: Instant = self.0.0 + at;
        progress
            .race("performing", tokio::time::sleep_until(when.into()))
            .await
            .map_err(|why| FilmError::browser("performing", why.into()))
    }

    /// Lets so much time pass.
    pub(crate) async fn pass(
        &self,
        progress: &Progress,
        duration: Duration,
    ) -> Result<(), FilmError> {
        self.until(progress, self.now() + duration).await
    }
}

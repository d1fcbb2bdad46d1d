//! The film's time, as whoever performs has it.

use std::time::{Duration, Instant};

use browser::Progress;

use crate::film::error::FilmError;
use crate::film::notes::Start;

/// Between two places of a pointer that moves: as often as screens show it.
const TICK: Duration = Duration::from_micros(16_667);

/// The film's time.
pub(crate) enum Time {
    /// It passes by itself.
    Real(Start),
}

impl Time {
    /// Since the film's beginning.
    pub(crate) fn now(&self) -> Duration {
        match self {
            Self::Real(start) => start.elapsed(),
        }
    }

    /// The shortest time that is worth doing something after.
    pub(crate) fn tick(&self) -> Duration {
        match self {
            Self::Real(_) => TICK,
        }
    }

    /// Waits until the film has come so far.
    pub(crate) async fn until(&self, progress: &Progress, at: Duration) -> Result<(), FilmError> {
        match self {
            Self::Real(start) => {
                let when: Instant = start.0 + at;
                progress
                    .race("performing", tokio::time::sleep_until(when.into()))
                    .await
                    .map_err(|why| FilmError::browser("performing", why.into()))
            }
        }
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

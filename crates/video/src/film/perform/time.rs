//! The film's time, as whoever performs has it: the real one, or one that waits until everything has been drawn.

use std::sync::Arc;
use std::time::{Duration, Instant};

use browser::{Progress, Receipt};

use crate::film::error::FilmError;
use crate::film::notes::Start;
use crate::film::stepped::Stepper;

/// Between two places of a pointer that moves: as often as screens show it.
const TICK: Duration = Duration::from_micros(16_667);

/// How long a page may take, in real time, to find out that something can be done where time stands still.
const FIRST_LOOK: Duration = Duration::from_secs(1);

/// The film's time.
#[derive(Clone)]
pub(crate) enum Time {
    /// Goes on by itself.
    Real(Start),
    /// Stands still but for what is asked of it here.
    Virtual(Arc<Stepper>),
}

impl Time {
    /// Since the film's beginning.
    pub(crate) fn now(&self) -> Duration {
        match self {
            Self::Real(start) => start.elapsed(),
            Self::Virtual(stepper) => stepper.now(),
        }
    }

    /// Waits until the film has come so far.
    pub(crate) async fn until(&self, progress: &Progress, at: Duration) -> Result<(), FilmError> {
        let start = match self {
            Self::Real(start) => start,
            Self::Virtual(stepper) => return stepper.until(progress, at).await,
        };
        let when: Instant = start.0 + at;
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

    /// Lets time pass until a pointer that moves is seen at its next place.
    pub(super) async fn beat(&self, progress: &Progress) -> Result<(), FilmError> {
        match self {
            Self::Real(_) => self.pass(progress, TICK).await,
            Self::Virtual(stepper) => stepper.until(progress, stepper.next_frame().await).await,
        }
    }

    /// Input is on its way to the page. The next frame shows what comes of it, as far as somebody can see to that.
    pub(super) fn written(&self, receipt: Receipt) {
        match self {
            Self::Real(_) => receipt.forget(),
            Self::Virtual(stepper) => stepper.written(receipt),
        }
    }

    /// Waits for an answer of the page. Pages answer in their frames: a browser that draws on command has to draw some for it,
    /// which are in no film and in which no time passes.
    pub(super) async fn attend<T>(
        &self,
        progress: &Progress,
        answer: impl Future<Output = T>,
    ) -> T {
        match self {
            Self::Real(_) => answer.await,
            Self::Virtual(stepper) => stepper.attend(progress, answer).await,
        }
    }
}

/// Waiting for a page to become what it should be. In real time the page itself waits, and tells at once; where time stands
/// still it is asked again frame after frame.
pub(super) struct Waiting<'a> {
    time: &'a Time,
    until: Duration,
    patience: Duration,
    is_first: bool,
}

impl<'a> Waiting<'a> {
    /// So long in the film's time.
    pub(super) fn new(time: &'a Time, patience: Duration) -> Self {
        let until = time.now() + patience;
        Self {
            time,
            until,
            patience,
            is_first: true,
        }
    }

    /// How long the page may take to answer, in real time.
    pub(super) fn in_page(&self) -> Duration {
        match self.time {
            Time::Real(_) => self.patience,
            // What can be done is done at the same frame each time, however busy the machine is.
            Time::Virtual(_) if self.is_first => self.patience.min(FIRST_LOOK),
            Time::Virtual(_) => Duration::ZERO,
        }
    }

    /// After an answer that is not the wanted one: whether it is worth asking again, which is after the next frame.
    pub(super) async fn goes_on(&mut self, progress: &Progress) -> Result<bool, FilmError> {
        match self.time {
            Time::Virtual(stepper) if stepper.now() < self.until => {
                self.is_first = false;
                self.time.beat(progress).await?;
                Ok(true)
            }
            _ => Ok(false),
        }
    }
}

//! The camera: takes the pictures that the browser draws, with the times at which it drew them.

use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use browser::{CastFrame, Page, Progress, Screencast, ScreencastOptions};
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

use crate::film::error::FilmError;
use crate::film::notes::{Note, Notes, Start};
use crate::film::spool::{Reel, Spool, spool};

/// Of the pictures, 1 to 100: what is seen afterwards is the encoder's loss, not this one's.
const QUALITY: u8 = 94;

/// The first picture comes within this time, or none will.
const FIRST_PICTURE: Duration = Duration::from_secs(15);

/// How long the browser may take to stop sending.
const STOP_LIMIT: Duration = Duration::from_secs(5);

/// A picture's own clock and ours may differ by this much before ours counts.
const CLOCK_DRIFT: Duration = Duration::from_secs(10);

/// A running camera.
pub(crate) struct Camera {
    start: Start,
    stop: CancellationToken,
    running: AbortOnDropHandle<Result<Counts, FilmError>>,
}

/// What the camera got.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counts {
    pub(crate) delivered: u64,
    pub(crate) dropped: u64,
}

struct Task {
    page: Page,
    cast: Screencast,
    spool: Spool,
    notes: Notes,
    clock: Clock,
    stop: CancellationToken,
}

/// Turns the browser's times into the film's.
#[derive(Clone, Copy)]
struct Clock {
    start: Start,
    /// The same moment on the clock of the calendar, which is the browser's.
    began: SystemTime,
    /// From what a page does to the time of the picture that shows it.
    lag: Duration,
}

impl Camera {
    /// What it asks of the browser, for pictures of this many pixels.
    pub(crate) fn options((width, height): (u32, u32)) -> ScreencastOptions {
        ScreencastOptions {
            quality: QUALITY,
            max_width: width,
            max_height: height,
            every_nth: 1,
        }
    }

    /// Starts; the film begins with the first picture that has come. `folder` is where pictures wait, `lag` how late they
    /// are.
    pub(crate) async fn start(
        progress: &Progress,
        page: &Page,
        notes: Notes,
        folder: &Path,
        options: ScreencastOptions,
        lag: Duration,
    ) -> Result<(Self, Reel), FilmError> {
        const DOING: &str = "starting the camera";
        let refused = |source| FilmError::browser(DOING, source);
        let (spool, reel) = spool(folder)
            .map_err(|source| FilmError::file("creating a temporary file in", folder, source))?;
        let mut cast = page
            .start_screencast(progress, options)
            .await
            .map_err(refused)?;
        let limited = progress.within(FIRST_PICTURE);
        let first = limited
            .race("waiting for the first picture", cast.next())
            .await;
        let first = match first {
            Ok(Some(first)) => first,
            Ok(None) => return Err(refused(browser::BrowserError::PageClosed)),
            Err(browser::Interrupted::Cancelled { .. }) => return Err(FilmError::Cancelled),
            Err(_) => return Err(FilmError::NoPicture(FIRST_PICTURE)),
        };
        let clock = Clock {
            start: Start(Instant::now()),
            began: SystemTime::now(),
            lag,
        };
        let stop = CancellationToken::new();
        let mut task = Task {
            page: page.clone(),
            cast,
            spool,
            notes,
            clock,
            stop: stop.clone(),
        };
        task.keep(&first, Duration::ZERO)?;
        // The task must not begin before the caller has the start.
        let (ready, go) = oneshot::channel();
        let running = AbortOnDropHandle::new(tokio::spawn(async move {
            let _ = go.await;
            task.run().await
        }));
        let _ = ready.send(());
        let camera = Self {
            start: clock.start,
            stop,
            running,
        };
        Ok((camera, reel))
    }

    pub(crate) fn started(&self) -> Start {
        self.start
    }

    /// Stops, and says what it got.
    pub(crate) async fn stop(self) -> Result<Counts, FilmError> {
        self.stop.cancel();
        match self.running.await {
            Ok(counts) => counts,
            Err(error) => Err(FilmError::Performance(Box::new(error))),
        }
    }
}

impl Task {
    async fn run(mut self) -> Result<Counts, FilmError> {
        loop {
            tokio::select! {
                biased;
                () = self.stop.cancelled() => break,
                picture = self.cast.next() => {
                    let Some(picture) = picture else { break };
                    let at = self.clock.time_of(&picture);
                    self.keep(&picture, at)?;
                }
            }
        }
        let counts = Counts {
            delivered: self.cast.captured(),
            dropped: self.cast.skipped(),
        };
        let progress = Progress::with_timeout(STOP_LIMIT);
        if let Err(error) = self.cast.stop(&progress).await
            && !self.page.is_closed()
        {
            tracing::debug!(%error, "the stream of pictures did not stop in order");
        }
        Ok(counts)
    }

    fn keep(&mut self, picture: &CastFrame, at: Duration) -> Result<(), FilmError> {
        let refused = |source| FilmError::file("writing a picture to", "a temporary file", source);
        let spot = self.spool.append(&picture.jpeg).map_err(refused)?;
        self.notes.tell(Note::Picture(at, spot));
        Ok(())
    }
}

impl Clock {
    /// When the picture was drawn, in the film's time.
    fn time_of(&self, picture: &CastFrame) -> Duration {
        let arrived = picture.received.saturating_duration_since(self.start.0);
        let taken = picture
            .timestamp
            .duration_since(self.began)
            .unwrap_or_default();
        // Somebody has set the calendar's clock meanwhile: the arrival is the best that is known.
        let taken = if taken.abs_diff(arrived) > CLOCK_DRIFT {
            arrived
        } else {
            taken
        };
        taken.saturating_sub(self.lag)
    }
}

//! The camera: takes the pictures that the browser draws, with the times at which it drew them.

use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use crate::film::error::FilmError;
use crate::film::notes::{Note, Notes, Start};
use crate::film::spool::{Reel, Spool, spool};
use browser::{
    BrowserError, CastFrame, Interrupted, Page, Progress, Screencast, ScreencastOptions,
};

/// Of the pictures, 1 to 100: what is seen afterwards is the encoder's loss, not this one's.
const QUALITY: u8 = 94;

/// The first picture comes within this time, or none will.
const FIRST_PICTURE: Duration = Duration::from_secs(15);

/// How long the browser may take to stop sending.
const STOP_LIMIT: Duration = Duration::from_secs(5);

/// A picture's own clock and ours may differ by this much before ours counts.
const CLOCK_DRIFT: Duration = Duration::from_secs(10);

/// What the camera got.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counts {
    pub(crate) delivered: u64,
    pub(crate) dropped: u64,
}

/// A page that pictures are taken of.
pub(crate) struct Shot {
    page: Page,
    cast: Screencast,
}

/// Where pictures go, each at its time.
pub(crate) struct Roll {
    spool: Spool,
    notes: Notes,
    clock: Clock,
    /// No picture has an earlier time: those of the page before have them.
    since: Duration,
    newest: Duration,
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

/// What the camera asks of the browser, for pictures of this many pixels.
pub(crate) fn options((width, height): (u32, u32)) -> ScreencastOptions {
    ScreencastOptions {
        quality: QUALITY,
        max_width: width,
        max_height: height,
        every_nth: 1,
    }
}

/// Begins a film with the first picture of a page.
pub(crate) async fn roll(
    progress: &Progress,
    page: &Page,
    notes: Notes,
    folder: &Path,
    options: ScreencastOptions,
    lag: Duration,
) -> Result<(Shot, Roll, Reel), FilmError> {
    let (spool, reel) = spool(folder)
        .map_err(|source| FilmError::file("creating a temporary file in", folder, source))?;
    let (shot, first) = Shot::begin(progress, page, options).await?;
    let clock = Clock {
        start: Start(Instant::now()),
        began: SystemTime::now(),
        lag,
    };
    let mut roll = Roll {
        spool,
        notes,
        clock,
        since: Duration::ZERO,
        newest: Duration::ZERO,
    };
    roll.write(&first, Duration::ZERO)?;
    Ok((shot, roll, reel))
}

impl Shot {
    /// Begins, and waits for the first picture.
    pub(crate) async fn begin(
        progress: &Progress,
        page: &Page,
        options: ScreencastOptions,
    ) -> Result<(Self, CastFrame), FilmError> {
        let refused = |source| FilmError::browser("starting the camera", source);
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
            Ok(None) => return Err(refused(BrowserError::PageClosed)),
            Err(Interrupted::Cancelled { .. }) => return Err(FilmError::Cancelled),
            Err(_) => return Err(FilmError::NoPicture(FIRST_PICTURE)),
        };
        let page = page.clone();
        Ok((Self { page, cast }, first))
    }

    /// The next picture; none when the page has gone.
    pub(crate) async fn next(&mut self) -> Option<CastFrame> {
        self.cast.next().await
    }

    /// What it got so far.
    pub(crate) fn counts(&self) -> Counts {
        Counts {
            delivered: self.cast.captured(),
            dropped: self.cast.skipped(),
        }
    }

    /// Ends, and says what it got.
    pub(crate) async fn end(self) -> Counts {
        let counts = self.counts();
        let progress = Progress::with_timeout(STOP_LIMIT);
        if let Err(error) = self.cast.stop(&progress).await
            && !self.page.is_closed()
        {
            tracing::debug!(%error, "the stream of pictures did not stop in order");
        }
        counts
    }
}

impl Roll {
    pub(crate) fn started(&self) -> Start {
        self.clock.start
    }

    /// A picture of the page that is filmed.
    pub(crate) fn keep(&mut self, picture: &CastFrame) -> Result<(), FilmError> {
        let at = self.clock.time_of(picture).max(self.since);
        self.write(picture, at)
    }

    /// The first picture of another page: from its time on, which is the answer, the page before is not seen any more.
    pub(crate) fn cut(&mut self, picture: &CastFrame) -> Result<Duration, FilmError> {
        self.since = self.clock.time_of(picture).max(self.newest);
        self.keep(picture)?;
        Ok(self.since)
    }

    fn write(&mut self, picture: &CastFrame, at: Duration) -> Result<(), FilmError> {
        let refused = |source| FilmError::file("writing a picture to", "a temporary file", source);
        let spot = self.spool.append(&picture.jpeg).map_err(refused)?;
        self.newest = self.newest.max(at);
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

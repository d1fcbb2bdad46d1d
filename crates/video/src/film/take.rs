//! How the pictures of a film are taken: as the browser draws them, or one for each frame.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use browser::{Page, Progress};

use crate::film::bar::Bar;
use crate::film::camera::{self, Counts};
use crate::film::cards::Cards;
use crate::film::director::{Director, Dressing, Front, Set};
use crate::film::error::FilmError;
use crate::film::lag;
use crate::film::look::Layout;
use crate::film::notes::{Notes, Start};
use crate::film::order::{Clock, FilmOrder};
use crate::film::perform::Time;
use crate::film::spool::Reel;
use crate::film::stepped::Stepper;

/// Pictures that are being taken.
pub(crate) enum Take {
    /// The browser draws when it likes, whichever page is in front.
    Cast(Director),
    /// It draws each frame of the film, when it is told to, of one page.
    Stepped(Arc<Stepper>, Page),
}

impl Take {
    /// Begins; the film begins with the first picture. `folder` is where pictures wait, `lag` how
    /// late they are, when that is known.
    pub(crate) async fn start(
        progress: &Progress,
        order: &FilmOrder,
        (page, cards, bar): (&Page, &Cards, &Arc<Bar>),
        notes: Notes,
        folder: &Path,
        (layout, lag): (Layout, Option<Duration>),
    ) -> Result<(Self, Reel), FilmError> {
        match order.clock {
            Clock::Real => {
                let options = camera::options((layout.page.2, layout.page.3));
                let lag = match lag {
                    Some(lag) => lag,
                    None => lag::measure(progress, cards.page(), options).await,
                };
                let set = Set {
                    context: page.context(),
                    options,
                    dressing: Some(Dressing {
                        viewport: layout.screen(),
                        bar: Arc::clone(bar),
                    }),
                };
                let (director, reel) =
                    Director::start(progress, page, notes, folder, set, lag).await?;
                Ok((Self::Cast(director), reel))
            }
            Clock::Virtual => {
                let rate = order.setup.rate;
                let (stepper, reel) = Stepper::start(progress, page, notes, folder, rate).await?;
                Ok((Self::Stepped(Arc::new(stepper), page.clone()), reel))
            }
        }
    }

    /// The film's time.
    pub(crate) fn time(&self) -> Time {
        match self {
            Self::Cast(director) => Time::Real(director.started()),
            Self::Stepped(stepper, _) => Time::Virtual(Arc::clone(stepper)),
        }
    }

    /// The page in front.
    pub(crate) fn front(&self) -> Front {
        match self {
            Self::Cast(director) => director.front(),
            Self::Stepped(_, page) => Front::Only(page.clone()),
        }
    }

    /// The film's beginning, where its time is the real one.
    pub(crate) fn started(&self) -> Option<Start> {
        match self {
            Self::Cast(director) => Some(director.started()),
            Self::Stepped(..) => None,
        }
    }

    /// What it is called in the film's label.
    pub(crate) fn way(&self) -> &'static str {
        match self {
            Self::Cast(_) => "screencast",
            Self::Stepped(..) => "begin-frame",
        }
    }

    /// Resolves when no more pictures will come, and says why. Where they are drawn on command, whoever commands learns it.
    pub(crate) async fn broken(&mut self) -> FilmError {
        match self {
            Self::Cast(director) => director.broken().await,
            Self::Stepped(..) => std::future::pending().await,
        }
    }

    /// Stops, and says what it got.
    pub(crate) async fn stop(self) -> Result<Counts, FilmError> {
        match self {
            Self::Cast(director) => director.stop().await,
            Self::Stepped(stepper, _) => Ok(stepper.counts().await),
        }
    }
}

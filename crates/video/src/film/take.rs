//! How the pictures of a film are taken: as the browser draws them, or one for each frame.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use browser::{Page, Progress};

use crate::film::camera::{Camera, Counts};
use crate::film::cards::Cards;
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
    /// The browser draws when it likes.
    Cast(Camera),
    /// It draws each frame of the film, when it is told to.
    Stepped(Arc<Stepper>),
}

impl Take {
    /// Begins; the film begins with the first picture. `folder` is where pictures wait, `lag` how
    /// late they are, when that is known.
    pub(crate) async fn start(
        progress: &Progress,
        order: &FilmOrder,
        (page, cards): (&Page, &Cards),
        notes: Notes,
        folder: &Path,
        (layout, lag): (Layout, Option<Duration>),
    ) -> Result<(Self, Reel), FilmError> {
        match order.clock {
            Clock::Real => {
                let options = Camera::options((layout.page.2, layout.page.3));
                let lag = match lag {
                    Some(lag) => lag,
                    None => lag::measure(progress, cards.page(), options).await,
                };
                let (camera, reel) =
                    Camera::start(progress, page, notes, folder, options, lag).await?;
                Ok((Self::Cast(camera), reel))
            }
            Clock::Virtual => {
                let rate = order.setup.rate;
                let (stepper, reel) = Stepper::start(progress, page, notes, folder, rate).await?;
                Ok((Self::Stepped(Arc::new(stepper)), reel))
            }
        }
    }

    /// The film's time.
    pub(crate) fn time(&self) -> Time {
        match self {
            Self::Cast(camera) => Time::Real(camera.started()),
            Self::Stepped(stepper) => Time::Virtual(Arc::clone(stepper)),
        }
    }

    /// The film's beginning, where its time is the real one.
    pub(crate) fn started(&self) -> Option<Start> {
        match self {
            Self::Cast(camera) => Some(camera.started()),
            Self::Stepped(_) => None,
        }
    }

    /// What it is called in the film's label.
    pub(crate) fn way(&self) -> &'static str {
        match self {
            Self::Cast(_) => "screencast",
            Self::Stepped(_) => "begin-frame",
        }
    }

    /// Stops, and says what it got.
    pub(crate) async fn stop(self) -> Result<Counts, FilmError> {
        match self {
            Self::Cast(camera) => camera.stop().await,
            Self::Stepped(stepper) => Ok(stepper.counts().await),
        }
    }
}

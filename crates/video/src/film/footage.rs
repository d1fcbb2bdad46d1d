//! What was filmed until a failure: people see in it what went wrong. There is none where the browser has gone (see
//! [`super::loss`]), where somebody cancelled, and where the page cannot be filmed in this way at all.

use std::path::Path;
use std::time::{Duration, Instant};

use browser::Progress;

use crate::film::error::FilmError;
use crate::film::order::FilmOrder;

/// How long the page is seen after a step that failed.
pub(crate) const AFTERMATH: Duration = Duration::from_millis(800);

/// How long that may take where the film's time is not the real one.
pub(crate) const LINGERING: Duration = Duration::from_secs(10);

/// How long it may take to make a file of it. The film's own time may be over.
const FINISHING: Duration = Duration::from_secs(60);

/// What is to blame when the time is over: not what was being done just then.
pub(crate) fn blame(progress: &Progress, limit: Duration, error: FilmError) -> FilmError {
    let is_late = progress.remaining().is_zero() && !progress.cancel_token().is_cancelled();
    match error {
        FilmError::Cancelled => error,
        _ if is_late => FilmError::TimeLimit(limit),
        error => error,
    }
}

/// Where that goes which led to a failure, when it is worth seeing.
pub(crate) fn place<'a>(order: &'a FilmOrder, error: &FilmError) -> Option<&'a Path> {
    match error {
        FilmError::Step { .. } | FilmError::Performance(_) | FilmError::TimeLimit(_) => {
            order.footage.as_deref()
        }
        _ => None,
    }
}

/// The time that it has; cancelled with the film.
pub(crate) fn grace(progress: &Progress) -> Progress {
    let until = Instant::now() + FINISHING;
    Progress::with_deadline(until, progress.cancel_token().clone())
}

//! Whoever else may perform in a film.

use std::error::Error;
use std::pin::Pin;

use browser::Progress;

use crate::film::perform::Performer;

/// What a performance returns: nothing, or why it ended early.
pub type Performing<'a> =
    Pin<Box<dyn Future<Output = Result<(), Box<dyn Error + Send + Sync>>> + Send + 'a>>;

/// Something other than a storyboard that is performed while the camera runs.
pub trait Performance: Send + Sync {
    /// The address to open before the camera runs, when there is one.
    fn opening(&self) -> Option<String>;

    /// Performs. What it does on the page is filmed; the performer's methods tell the film about it.
    fn perform<'a>(&'a self, progress: &'a Progress, performer: &'a Performer) -> Performing<'a>;
}

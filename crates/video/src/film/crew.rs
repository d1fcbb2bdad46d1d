//! Whoever else may perform in a film.

use std::pin::Pin;

use browser::Progress;

use crate::film::error::FilmError;
use crate::film::perform::Performer;
use crate::film::storyboard::Title;

/// What a performance returns: nothing, or why it ended early. [`FilmError::Step`] names the step that is to blame.
pub type Performing<'a> = Pin<Box<dyn Future<Output = Result<(), FilmError>> + Send + 'a>>;

/// Something other than a storyboard that is performed while the camera runs.
pub trait Performance: Send + Sync {
    /// The address to open before the camera runs, when there is one.
    fn opening(&self) -> Option<String>;

    /// The card before everything else, when there is one.
    fn title(&self) -> Option<Title> {
        None
    }

    /// What the window's bar shows for an address: what is typed into a page may stand in its address too.
    fn shown_address(&self, address: String) -> String {
        address
    }

    /// Performs. What it does on the page is filmed; the performer's methods tell the film about it.
    fn perform<'a>(&'a self, progress: &'a Progress, performer: &'a Performer) -> Performing<'a>;
}

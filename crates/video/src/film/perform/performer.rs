//! Who performs.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use browser::{Context, Page, Progress};

use super::hand::Hand;
use super::time::Time;
use crate::film::cards::Cards;
use crate::film::error::FilmError;
use crate::film::event::FilmEvent;
use crate::film::filmed::{Chapter, Performed};
use crate::film::look::Layout;
use crate::film::notes::{Happening, Notes};

/// Milliseconds that nobody notices: about two frames.
const LATE: f64 = 80.0;

/// How a film is told how far it has come.
pub(crate) type Tell = Arc<dyn Fn(FilmEvent) + Send + Sync>;

/// Everything that a performer works with.
pub(crate) struct Stagecraft {
    pub(crate) context: Context,
    pub(crate) page: Page,
    pub(crate) notes: Notes,
    pub(crate) time: Time,
    pub(crate) cards: Arc<Cards>,
    pub(crate) layout: Layout,
    pub(crate) seed: u64,
    pub(crate) tell: Tell,
}

/// Performs on a page as a person would: the pointer moves along a curve, pages scroll smoothly, text is typed key by key;
/// and tells the film what happens where.
pub struct Performer {
    pub(super) craft: Stagecraft,
    hand: Mutex<Hand>,
}

impl Performer {
    pub(crate) fn new(craft: Stagecraft) -> Self {
        let hand = Mutex::new(Hand::new(craft.seed));
        Self { craft, hand }
    }

    /// The page that is filmed.
    pub fn page(&self) -> &Page {
        &self.craft.page
    }

    /// Its context.
    pub fn context(&self) -> &Context {
        &self.craft.context
    }

    /// Since the film's beginning.
    pub fn now(&self) -> Duration {
        self.craft.time.now()
    }

    /// A part of the film begins.
    pub fn chapter(&self, title: &str) {
        let start_ms = self.now().as_secs_f64() * 1000.0;
        self.hand().chapters.push(Chapter {
            title: title.to_owned(),
            start_ms,
        });
    }

    /// A step begins; what it is called is in the result. The answer is for [`Performer::step_ended`].
    pub fn step_begins(&self, number: usize, of: Option<usize>, what: &str) -> Duration {
        let at = self.now();
        (self.craft.tell)(FilmEvent::Step {
            number,
            of,
            what: what.to_owned(),
            at,
        });
        at
    }

    /// A step has been performed; `at` is when it should have begun, `note` what is worth telling of it.
    pub fn step_ended(
        &self,
        what: &str,
        began: Duration,
        at: Option<Duration>,
        note: Option<String>,
    ) {
        let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
        let took_ms = milliseconds(self.now().saturating_sub(began));
        self.hand().steps.push(Performed {
            what: what.to_owned(),
            at_ms: milliseconds(began),
            took_ms,
            late_ms: at
                .map(|at| milliseconds(began.saturating_sub(at)))
                .filter(|late| *late > LATE),
            note,
        });
    }

    /// Words at the bottom of the film; none takes them away.
    ///
    /// # Errors
    /// When they cannot be drawn.
    pub async fn caption(&self, progress: &Progress, words: Option<&str>) -> Result<(), FilmError> {
        let card = match words {
            Some(words) => Some(self.craft.cards.caption(progress, words).await?),
            None => None,
        };
        self.happened(Happening::Caption(card));
        Ok(())
    }

    /// The view shows everything again, unless the script holds it near.
    pub fn look_wide(&self) {
        if !self.hand().is_held_near {
            self.happened(Happening::Wide);
        }
    }

    /// Lets time pass.
    ///
    /// # Errors
    /// When it is cancelled or too late.
    pub async fn pause(&self, progress: &Progress, duration: Duration) -> Result<(), FilmError> {
        self.craft.time.pass(progress, duration).await
    }

    /// Waits until the film has come so far.
    ///
    /// # Errors
    /// When it is cancelled or too late.
    pub async fn until(&self, progress: &Progress, at: Duration) -> Result<(), FilmError> {
        self.craft.time.until(progress, at).await
    }

    /// The window's bar shows where the page is.
    ///
    /// # Errors
    /// When it cannot be drawn.
    pub async fn show_address(&self, progress: &Progress) -> Result<(), FilmError> {
        let address = self.craft.page.url();
        self.show_as_address(progress, &address).await
    }

    /// The window's bar shows this in place of where the page is.
    ///
    /// # Errors
    /// When it cannot be drawn.
    pub async fn show_as_address(&self, progress: &Progress, words: &str) -> Result<(), FilmError> {
        if self.hand().address == words {
            return Ok(());
        }
        if let Some(bar) = self.craft.cards.bar(progress, words).await? {
            self.happened(Happening::Bar(bar));
        }
        words.clone_into(&mut self.hand().address);
        Ok(())
    }

    /// What was done, and the film's parts.
    pub(crate) fn into_records(self) -> (Vec<Performed>, Vec<Chapter>) {
        let hand = self
            .hand
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        (hand.steps, hand.chapters)
    }

    pub(super) fn hand(&self) -> MutexGuard<'_, Hand> {
        self.hand.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn happened(&self, happening: Happening) {
        self.craft.notes.happened(self.now(), happening);
    }
}

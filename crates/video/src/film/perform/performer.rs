//! Who performs.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use browser::{Context, Page, Progress};

use super::hand::Hand;
use super::time::Time;
use crate::film::bar::Bar;
use crate::film::cards::Cards;
use crate::film::director::Front;
use crate::film::error::FilmError;
use crate::film::event::FilmEvent;
use crate::film::filmed::{Chapter, Performed};
use crate::film::look::Layout;
use crate::film::notes::{Happening, Notes};
use crate::film::pace::Pace;

/// Milliseconds that nobody notices: about two frames.
const LATE: f64 = 80.0;

/// How long a page may take to open.
const OPENING: Duration = Duration::from_secs(20);

/// How a film is told how far it has come.
pub(crate) type Tell = Arc<dyn Fn(FilmEvent) + Send + Sync>;

/// Everything that a performer works with.
pub(crate) struct Stagecraft {
    pub(crate) context: Context,
    pub(crate) front: Front,
    pub(crate) bar: Arc<Bar>,
    pub(crate) notes: Notes,
    pub(crate) time: Time,
    pub(crate) cards: Arc<Cards>,
    pub(crate) layout: Layout,
    pub(crate) pace: Pace,
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

    /// The page that is seen: the one in front.
    pub fn page(&self) -> Page {
        self.craft.front.page()
    }

    /// Its context.
    pub fn context(&self) -> &Context {
        &self.craft.context
    }

    /// Since the film's beginning.
    pub fn now(&self) -> Duration {
        self.craft.time.now()
    }

    /// Lets the time pass that is between two steps, which is `usual` when nobody has said another.
    ///
    /// # Errors
    /// When it is cancelled or too late.
    pub async fn breathe(&self, progress: &Progress, usual: Duration) -> Result<(), FilmError> {
        let between = self.craft.pace.between.unwrap_or(usual);
        self.craft.time.pass(progress, between).await
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
        if !self.is_held_near() {
            self.happened(Happening::Wide);
        }
    }

    /// Another page is to be seen. It is when this returns, unless a dialog keeps the page from being drawn, or it has gone.
    ///
    /// # Errors
    /// When it is cancelled or too late.
    pub async fn turn_to(&self, progress: &Progress, page: &Page) -> Result<(), FilmError> {
        self.craft.front.turn_to(progress, page).await
    }

    /// Waits until the page is seen that is in front by all that was done: pages that are being opened are, and those that
    /// have closed are not any more.
    ///
    /// # Errors
    /// When it is cancelled or too late.
    pub async fn settle(&self, progress: &Progress) -> Result<(), FilmError> {
        if let Time::Real(_) = self.craft.time {
            let limited = progress.within(OPENING);
            let opened = self.craft.context.opened(&limited).await;
            opened.map_err(|source| FilmError::browser("waiting for another page", source))?;
        }
        self.craft.front.settle(progress).await
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
        let bar = &self.craft.bar;
        if let Some(words) = bar.draw(progress, self.page().url()).await? {
            bar.show(self.now(), words);
        }
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

    /// Whether the script has said where to look, of the page that is seen.
    pub(super) fn is_held_near(&self) -> bool {
        let seen = self.page().id();
        self.hand().held_near.as_ref() == Some(&seen)
    }

    pub(super) fn happened(&self, happening: Happening) {
        self.craft.notes.happened(self.now(), happening);
    }
}

//! The window's bar: the address of the page that is seen.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use browser::Progress;
use tiny_skia::Pixmap;

use crate::film::cards::Cards;
use crate::film::crew::Performance;
use crate::film::error::FilmError;
use crate::film::notes::{Happening, Notes};

/// The window's bar.
pub(crate) struct Bar {
    cards: Arc<Cards>,
    notes: Notes,
    /// Knows what of an address may be seen.
    performance: Option<Arc<dyn Performance>>,
    /// The words that it shows.
    shown: Mutex<String>,
}

/// The bar with other words.
pub(crate) struct Words {
    words: String,
    card: Option<Arc<Pixmap>>,
}

impl Bar {
    pub(crate) fn new(
        cards: Arc<Cards>,
        notes: Notes,
        performance: Option<Arc<dyn Performance>>,
    ) -> Self {
        Self {
            cards,
            notes,
            performance,
            shown: Mutex::default(),
        }
    }

    /// Draws it for an address; nothing where it shows that one already.
    pub(crate) async fn draw(
        &self,
        progress: &Progress,
        address: String,
    ) -> Result<Option<Words>, FilmError> {
        let words = match &self.performance {
            Some(performance) => performance.shown_address(address),
            None => address,
        };
        if *self.shown() == words {
            return Ok(None);
        }
        let card = self.cards.bar(progress, &words).await?;
        Ok(Some(Words { words, card }))
    }

    /// Shows other words, from a time of the film on.
    pub(crate) fn show(&self, at: Duration, words: Words) {
        if let Some(card) = words.card {
            self.notes.happened(at, Happening::Bar(card));
        }
        *self.shown() = words.words;
    }

    fn shown(&self) -> MutexGuard<'_, String> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

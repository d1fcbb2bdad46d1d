//! Tells the film what the player does.

use std::pin::Pin;
use std::time::Duration;

use browser::Progress;
use recording::document_address;
use replay::{Observer, PlayEvent, StepResult, StepStatus};
use video::{FilmError, Performer};

use super::Played;

/// What a step did is looked at for so long.
const RESTING: Duration = Duration::from_millis(750);

/// Tells the film which step it is, and lets what it did be seen.
pub(super) struct Prompter<'a> {
    pub(super) progress: &'a Progress,
    pub(super) performer: &'a Performer,
    pub(super) played: &'a Played,
    /// The page of the latest chapter, where pages are chapters.
    pub(super) shown: Option<String>,
    pub(super) began: Option<Duration>,
}

impl Prompter<'_> {
    async fn begins(&mut self, index: usize, title: &str) -> Result<(), FilmError> {
        self.page_begins().await;
        let number = self.played.numbers.get(index).copied().unwrap_or(index + 1);
        let of = self.played.numbers.last().copied();
        self.began = Some(self.performer.step_begins(number, of, title));
        if self.played.captions {
            self.performer.caption(self.progress, Some(title)).await?;
        }
        Ok(())
    }

    /// Another page is another chapter, called as the page is.
    async fn page_begins(&mut self) {
        let Some(shown) = &mut self.shown else {
            return;
        };
        let page = self.performer.page();
        let address = page.url();
        if *shown == document_address(&address) {
            return;
        }
        document_address(&address).clone_into(shown);
        let title = page.title(self.progress).await.unwrap_or_default();
        let title = Some(title).filter(|title| !title.trim().is_empty());
        let title = self.played.masked(title.unwrap_or(address));
        self.performer.chapter(&title);
    }

    async fn ended(&mut self, result: &StepResult) -> Result<(), FilmError> {
        let began = self.began.take();
        if let StepStatus::Skipped { .. } = result.status
            && began.is_none()
        {
            return Ok(());
        }
        let note = note_of(result);
        let began = began.unwrap_or_else(|| self.performer.now());
        self.performer.step_ended(&result.title, began, None, note);
        if result.status != StepStatus::Passed {
            return Ok(());
        }
        self.performer.settle(self.progress).await?;
        self.performer.show_address(self.progress).await?;
        self.page_begins().await;
        self.performer.breathe(self.progress, RESTING).await?;
        if self.played.captions {
            self.performer.caption(self.progress, None).await?;
        }
        Ok(())
    }
}

impl Observer for Prompter<'_> {
    fn event<'a>(&'a mut self, event: PlayEvent) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>> {
        Box::pin(async move {
            let told = match event {
                PlayEvent::StepStarted { index, title, .. } => self.begins(index, &title).await,
                PlayEvent::StepFinished(result) => self.ended(&result).await,
                PlayEvent::Started { .. } | PlayEvent::Finished(_) => Ok(()),
            };
            // Cancelled or too late: the player finds that out at once.
            if let Err(error) = told {
                tracing::debug!(%error, "the film was not told of a step");
            }
        })
    }
}

/// What is worth telling of a step: that it was not performed, or on what else it was.
fn note_of(result: &StepResult) -> Option<String> {
    if let StepStatus::Skipped { reason } = &result.status {
        return Some(format!("skipped: {reason}"));
    }
    result.healed.as_ref().map(|healed| {
        format!(
            "healed: {} took the place of {}",
            healed.after.description, healed.before.value
        )
    })
}

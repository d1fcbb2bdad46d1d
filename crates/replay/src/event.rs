//! What a run tells while it goes on.

use std::future::{Future, ready};
use std::pin::Pin;

use browser::Page;
use tokio::sync::mpsc;

use crate::outcome::{Outcome, StepResult};

/// Something happened in a run.
#[derive(Debug, Clone)]
pub enum PlayEvent {
    /// The run began.
    Started {
        /// Number of steps.
        steps: usize,
    },
    /// A step began.
    StepStarted {
        /// Which, from 0.
        index: usize,
        /// Its id in the recording.
        id: String,
        /// What it does, as a sentence.
        title: String,
    },
    /// A step ended: performed, failed or skipped. Every step of the recording gets one.
    StepFinished(Box<StepResult>),
    /// The run ended.
    Finished(Box<Outcome>),
}

/// Takes the events of a run, one after the other. The run waits until an event is taken, so that what a reader
/// stored of it is stored before the next step begins.
pub trait Observer: Send + Sync {
    /// Takes one event.
    fn event<'a>(&'a mut self, event: PlayEvent) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

    /// What is done from here on is done in this page: the tab in front. Most often it was already.
    fn in_front(&mut self, _page: &Page) {}
}

/// An observer, and somebody besides who only wants to know which tab is in front.
pub struct WithTabs<'a, F>(pub &'a mut dyn Observer, pub F);

impl<F: FnMut(&Page) + Send + Sync> Observer for WithTabs<'_, F> {
    fn event<'a>(&'a mut self, event: PlayEvent) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>> {
        self.0.event(event)
    }

    fn in_front(&mut self, page: &Page) {
        self.0.in_front(page);
        (self.1)(page);
    }
}

/// Nobody watches.
impl Observer for () {
    fn event<'a>(&'a mut self, _event: PlayEvent) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>> {
        Box::pin(ready(()))
    }
}

/// Events go to a channel; one whose reader has gone is not waited for.
impl Observer for mpsc::Sender<PlayEvent> {
    fn event<'a>(&'a mut self, event: PlayEvent) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>> {
        Box::pin(async move { drop(self.send(event).await) })
    }
}

//! What a run tells while it goes on.

use std::future::{Future, ready};
use std::pin::Pin;

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

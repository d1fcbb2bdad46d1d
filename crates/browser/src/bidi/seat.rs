//! The right to the one context that a process has at a time.

use std::sync::Arc;

use tokio::sync::watch;

/// Of a process; taken or free.
#[derive(Clone)]
pub(crate) struct Seat {
    taken: Arc<watch::Sender<bool>>,
}

/// A taken seat. It is free again when this is dropped.
pub(crate) struct Seated(Seat);

impl Seat {
    /// A free one.
    pub(crate) fn new() -> Self {
        Self {
            taken: Arc::new(watch::Sender::new(false)),
        }
    }

    /// Takes it, if it is free.
    pub(crate) fn take(&self) -> Option<Seated> {
        let was_free = |taken: &mut bool| !std::mem::replace(taken, true);
        let took = self.taken.send_if_modified(was_free);
        took.then(|| Seated(self.clone()))
    }

    /// Tells whenever it is taken and when it is free, as long as the process is there.
    pub(crate) fn watch(&self) -> watch::Receiver<bool> {
        self.taken.subscribe()
    }
}

impl Drop for Seated {
    fn drop(&mut self) {
        self.0.taken.send_replace(false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time_has_it() {
        let seat = Seat::new();
        let news = seat.watch();
        let taken = seat.take();
        assert!(taken.is_some() && *news.borrow());
        assert!(seat.clone().take().is_none());
        assert!(*news.borrow(), "who did not get it changes nothing");
        drop(taken);
        assert!(!*news.borrow());
        assert!(seat.take().is_some());
    }
}

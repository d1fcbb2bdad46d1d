//! Which input a frame can show: the honest half of the latency that viewers measure.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use browser::Handled;
use capture::Frame;

/// Inputs remembered; a viewer sends at most some hundred a second and frames come faster than this fills.
const LIMIT: usize = 512;
/// While frames stream, one that arrives this soon after the page handled an input was drawn before it.
const IN_FLIGHT: Duration = Duration::from_millis(12);
/// Frames closer together than this are a stream.
const STREAM: Duration = Duration::from_millis(34);

/// The inputs of one viewer, and when the page has handled them.
#[derive(Debug, Default)]
pub(crate) struct InputClock {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    written: VecDeque<(u32, Handled)>,
    shown: u32,
    last_frame: Option<Instant>,
}

impl InputClock {
    /// The input `seq` was written to the browser, which tells when the page has handled it.
    pub(crate) fn written(&self, seq: u32, handled: Handled) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        if inner.written.len() == LIMIT {
            inner.written.pop_front();
        }
        inner.written.push_back((seq, handled));
    }

    /// The last input that a frame can show.
    pub(crate) fn shown_by(&self, frame: &Frame) -> u32 {
        match frame.asked {
            // Nothing of it was on its way before.
            Some(asked) => self.handled_before(asked, Duration::ZERO),
            None => self.shown_by_one_that_came(frame.received),
        }
    }

    fn shown_by_one_that_came(&self, received: Instant) -> u32 {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let last = inner.last_frame.replace(received);
        drop(inner);
        let streaming = last.is_some_and(|last| received.saturating_duration_since(last) < STREAM);
        let margin = if streaming { IN_FLIGHT } else { Duration::ZERO };
        self.handled_before(received, margin)
    }

    /// The last input that was handled at least `margin` before a moment.
    fn handled_before(&self, moment: Instant, margin: Duration) -> u32 {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let is_shown =
            |(_, handled): &(u32, Handled)| handled.at().is_some_and(|at| at + margin <= moment);
        // One that nobody answers, as while a dialog is open, says nothing about those after it.
        if let Some(last) = inner.written.iter().rposition(is_shown) {
            let seen = inner.written.drain(..=last).map(|(seq, _)| seq).max();
            inner.shown = inner.shown.max(seen.unwrap_or_default());
        }
        inner.shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(n: u64) -> Duration {
        Duration::from_millis(n)
    }

    fn handled(clock: &InputClock, seq: u32, at: Instant) {
        let handled = Handled::default();
        clock.written(seq, handled.clone());
        handled.note(at);
    }

    #[test]
    fn a_frame_shows_inputs_that_were_handled_before_it_arrived() {
        let (clock, start) = (InputClock::default(), Instant::now());
        handled(&clock, 1, start + ms(10));
        handled(&clock, 2, start + ms(300));
        assert_eq!(clock.shown_by_one_that_came(start + ms(5)), 0);
        assert_eq!(clock.shown_by_one_that_came(start + ms(100)), 1);
        assert_eq!(clock.shown_by_one_that_came(start + ms(400)), 2);
    }

    #[test]
    fn while_frames_stream_the_one_in_flight_does_not_count() {
        let (clock, start) = (InputClock::default(), Instant::now());
        clock.shown_by_one_that_came(start);
        handled(&clock, 7, start + ms(14));
        assert_eq!(clock.shown_by_one_that_came(start + ms(17)), 0);
        assert_eq!(clock.shown_by_one_that_came(start + ms(33)), 7);
    }

    #[test]
    fn an_input_that_is_never_answered_hides_none_after_it() {
        let (clock, start) = (InputClock::default(), Instant::now());
        clock.written(1, Handled::default());
        assert_eq!(clock.shown_by_one_that_came(start + ms(50)), 0);
        handled(&clock, 2, start + ms(60));
        assert_eq!(clock.shown_by_one_that_came(start + ms(100)), 2);
    }
}

//! Which input a frame can show: the honest half of the latency that viewers measure.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use capture::Frame;

/// Inputs remembered; a viewer sends at most some hundred a second and frames come faster than this fills.
const LIMIT: usize = 512;
/// While frames stream, one that arrives this soon after the page handled an input was drawn before it.
const IN_FLIGHT: Duration = Duration::from_millis(12);
/// Frames closer together than this are a stream.
const STREAM: Duration = Duration::from_millis(34);

/// The inputs of one viewer that the page has handled, and when.
#[derive(Debug, Default)]
pub(crate) struct InputClock {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    applied: VecDeque<(u32, Instant)>,
    shown: u32,
    last_frame: Option<Instant>,
}

impl InputClock {
    /// The page has handled the input `seq`; known from the browser's reply.
    pub(crate) fn applied(&self, seq: u32, at: Instant) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        if inner.applied.len() == LIMIT {
            inner.applied.pop_front();
        }
        inner.applied.push_back((seq, at));
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
        while let Some(&(seq, at)) = inner.applied.front() {
            if at + margin > moment {
                break;
            }
            inner.applied.pop_front();
            inner.shown = inner.shown.max(seq);
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

    #[test]
    fn a_frame_shows_inputs_that_were_handled_before_it_arrived() {
        let (clock, start) = (InputClock::default(), Instant::now());
        clock.applied(1, start + ms(10));
        clock.applied(2, start + ms(300));
        assert_eq!(clock.shown_by_one_that_came(start + ms(5)), 0);
        assert_eq!(clock.shown_by_one_that_came(start + ms(100)), 1);
        assert_eq!(clock.shown_by_one_that_came(start + ms(400)), 2);
    }

    #[test]
    fn while_frames_stream_the_one_in_flight_does_not_count() {
        let (clock, start) = (InputClock::default(), Instant::now());
        clock.shown_by_one_that_came(start);
        clock.applied(7, start + ms(14));
        assert_eq!(clock.shown_by_one_that_came(start + ms(17)), 0);
        assert_eq!(clock.shown_by_one_that_came(start + ms(33)), 7);
    }
}

//! Pictures with times of their own become frames of a constant rate, and time stays true: a picture appears in the frame
//! nearest to its time, and a film has as many frames as fit into its duration.

use std::collections::VecDeque;
use std::time::Duration;

use crate::job::FrameRate;

/// Orders pictures into frames.
#[derive(Debug)]
pub struct Resampler<P> {
    rate: FrameRate,
    next: u32,
    /// In the order of their times.
    waiting: VecDeque<(Duration, P)>,
    current: Option<(Duration, P)>,
    /// Pictures that came when their frame had been given away.
    late: u64,
    /// Pictures that fell into one frame with a newer one.
    merged: u64,
}

/// A frame of the film.
#[derive(Debug, PartialEq)]
pub struct Shown<'a, P> {
    /// Counted from 0.
    pub index: u32,
    /// Its time in the film.
    pub at: Duration,
    /// What it shows; the first pictures of a film may not be there yet.
    pub picture: Option<&'a P>,
    /// Whether the frame before showed another one.
    pub is_new: bool,
}

impl<P> Resampler<P> {
    /// A film of this rate.
    pub fn new(rate: FrameRate) -> Self {
        Self {
            rate,
            next: 0,
            waiting: VecDeque::new(),
            current: None,
            late: 0,
            merged: 0,
        }
    }

    /// A picture, drawn at this time of the film. Each finds its place by its time: a browser encodes several at once, and
    /// one that took longer comes after a newer one.
    pub fn push(&mut self, at: Duration, picture: P) {
        if self.next > 0 && at + self.half() < self.time_of(self.next - 1) {
            self.late += 1;
        }
        let place = self.waiting.partition_point(|(time, _)| *time <= at);
        self.waiting.insert(place, (at, picture));
    }

    /// The next frame, when everything that belongs into it has come: all pictures up to `known`.
    /// Pictures that are never shown go to `discard`.
    pub fn next(&mut self, known: Duration, mut discard: impl FnMut(P)) -> Option<Shown<'_, P>> {
        let at = self.time_of(self.next);
        let until = at + self.half();
        if until > known {
            return None;
        }
        let mut newest = None;
        // The first frame shows the first picture even when that came a little later: there is nothing else.
        while let Some((time, _)) = self.waiting.front()
            && (*time < until || (self.current.is_none() && newest.is_none()))
        {
            let Some((time, picture)) = self.waiting.pop_front() else {
                break;
            };
            // The film shows something newer already.
            if self
                .current
                .as_ref()
                .is_some_and(|(shown, _)| time < *shown)
            {
                discard(picture);
                continue;
            }
            if let Some((_, old)) = newest.replace((time, picture)) {
                self.merged += 1;
                discard(old);
            }
        }
        let is_new = newest.is_some();
        if is_new && let Some((_, old)) = std::mem::replace(&mut self.current, newest) {
            discard(old);
        }
        let index = self.next;
        self.next += 1;
        Some(Shown {
            index,
            at,
            picture: self.current.as_ref().map(|(_, picture)| picture),
            is_new,
        })
    }

    /// How many frames a film of this duration has; one at least.
    pub fn frames_in(&self, duration: Duration) -> u32 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "films are shorter than a year"
        )]
        let frames = self.rate.frames_in(duration.as_secs_f64() * 1000.0) as u32;
        frames.max(1)
    }

    /// The next frame's number.
    pub fn position(&self) -> u32 {
        self.next
    }

    /// Late and merged pictures so far.
    pub fn counts(&self) -> (u64, u64) {
        (self.late, self.merged)
    }

    /// The time at which frame `index` is shown.
    pub fn time_of(&self, index: u32) -> Duration {
        Duration::from_secs_f64(self.rate.time_of(index) / 1000.0)
    }

    fn half(&self) -> Duration {
        self.time_of(1) / 2
    }
}

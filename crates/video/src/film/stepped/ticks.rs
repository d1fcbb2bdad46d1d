//! The browser's own clock: what is drawn for the film has the film's distances on it, what is drawn besides has next to none.

use std::time::Duration;

/// The browser's clock at the film's beginning, in milliseconds. Any value does; it must not be zero.
const FIRST: f64 = 1_000_000.0;

/// Milliseconds between two frames of which only one is in the film: the least that the browser tells apart.
const LEAST: f64 = 0.001;

/// The browser's own clock, in milliseconds. It only goes forward.
#[derive(Debug)]
pub(super) struct Ticks {
    beginning: f64,
    last: f64,
}

impl Ticks {
    pub(super) fn new() -> Self {
        Self {
            beginning: FIRST,
            last: FIRST - 1.0,
        }
    }

    /// For the frame of the film at this time.
    pub(super) fn at(&mut self, film: Duration) -> f64 {
        let film = film.as_secs_f64() * 1000.0;
        let least = self.last + LEAST;
        // More was drawn besides than fits between two frames: everything comes that much later.
        self.beginning = self.beginning.max(least - film);
        self.last = self.beginning + film;
        self.last
    }

    /// For a frame that nobody sees.
    pub(super) fn besides(&mut self) -> f64 {
        self.last += LEAST;
        self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_of_the_film_keep_their_distance_whatever_is_drawn_between_them() {
        let mut ticks = Ticks::new();
        let first = ticks.at(Duration::ZERO);
        for _ in 0..100 {
            ticks.besides();
        }
        let second = ticks.at(Duration::from_millis(20));
        assert!((second - first - 20.0).abs() < 1e-6);
        for _ in 0..100_000 {
            ticks.besides();
        }
        let last = ticks.besides();
        assert!(ticks.at(Duration::from_millis(40)) > last);
    }
}

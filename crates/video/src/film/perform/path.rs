//! The way of a hand: a curve, not a line, slow at both ends.

use std::time::Duration;

/// How far a curve bends away from the straight line, as a share of the way.
const BEND: f64 = 0.2;

/// A way from one place to another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Path {
    points: [(f64, f64); 4],
    /// How long it takes.
    pub(crate) duration: Duration,
}

impl Path {
    /// A way; how it bends and how long it takes is drawn from `chance`.
    pub(crate) fn new(from: (f64, f64), to: (f64, f64), chance: &mut fastrand::Rng) -> Self {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let distance = dx.hypot(dy);
        let side = if chance.bool() { 1.0 } else { -1.0 };
        let mut control = |share: f64| {
            let bend = side * BEND * (0.35 + 0.65 * chance.f64());
            (
                from.0 + dx * share - dy * bend,
                from.1 + dy * share + dx * bend,
            )
        };
        let points = [from, control(0.3), control(0.75), to];
        // Fitts' law: time grows with the logarithm of the distance.
        let milliseconds = 240.0 + 165.0 * (1.0 + distance / 40.0).log2();
        let spread = 0.92 + 0.16 * chance.f64();
        Self {
            points,
            duration: Duration::from_secs_f64((milliseconds * spread).min(1400.0) / 1000.0),
        }
    }

    /// The place after so much time; the end afterwards.
    pub(crate) fn at(&self, time: Duration) -> (f64, f64) {
        let part = (time.as_secs_f64() / self.duration.as_secs_f64()).min(1.0);
        if part >= 1.0 {
            return self.points[3];
        }
        let t = ease(part);
        let u = 1.0 - t;
        let weights = [u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t];
        weights
            .iter()
            .zip(self.points)
            .fold((0.0, 0.0), |(x, y), (weight, point)| {
                (x + weight * point.0, y + weight * point.1)
            })
    }
}

/// As hands move: with the least change of acceleration (Flash and Hogan 1985).
pub(crate) fn ease(part: f64) -> f64 {
    let x = part.clamp(0.0, 1.0);
    x * x * x * (10.0 + x * (6.0 * x - 15.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_begins_and_ends_where_it_should_and_is_the_same_with_the_same_seed() {
        let make = |seed| {
            Path::new(
                (10.0, 20.0),
                (800.0, 500.0),
                &mut fastrand::Rng::with_seed(seed),
            )
        };
        let path = make(7);
        assert_eq!(path, make(7));
        assert_ne!(path, make(8));
        assert_eq!(path.at(Duration::ZERO), (10.0, 20.0));
        assert_eq!(path.at(path.duration), (800.0, 500.0));
        assert_eq!(path.at(path.duration * 2), (800.0, 500.0));
    }

    #[test]
    fn it_is_slow_at_both_ends_and_never_jumps() {
        let path = Path::new((0.0, 0.0), (1000.0, 0.0), &mut fastrand::Rng::with_seed(1));
        let steps = 60;
        let lengths: Vec<f64> = (0..steps)
            .map(|step| {
                let place = |step: u32| path.at(path.duration * step / steps);
                let ((x, y), (to_x, to_y)) = (place(step), place(step + 1));
                (to_x - x).hypot(to_y - y)
            })
            .collect();
        assert!(lengths[0] < 1.0 && lengths[59] < 1.0, "{lengths:?}");
        assert!(lengths.iter().all(|length| *length < 50.0), "{lengths:?}");
    }
}

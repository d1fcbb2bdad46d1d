//! The pause before a step: as long as the person paused, less what the run has already spent.

use std::time::{Duration, Instant};

use recording::{Recording, Step};

use crate::options::{PlayOptions, Timing};

/// Remembers when the step before ran, so that slow pages do not add to the recorded pauses.
pub(crate) struct Pace {
    factor: f64,
    longest: Duration,
    before: Option<Before>,
}

struct Before {
    /// Recorded beginning and end, in milliseconds.
    recorded: (f64, f64),
    has_end: bool,
    began: Instant,
    ended: Instant,
}

impl Pace {
    pub(crate) fn new(options: &PlayOptions) -> Self {
        let share = match options.timing {
            Timing::Realistic => 1.0,
            Timing::Fast => 0.25,
            Timing::Instant => 0.0,
        };
        let speed = if options.speed.is_finite() && options.speed > 0.0 {
            options.speed
        } else {
            1.0
        };
        Self {
            factor: share / speed,
            longest: options.max_delay,
            before: None,
        }
    }

    /// A recorded duration at this pace.
    pub(crate) fn scale(&self, recorded: Duration) -> Duration {
        recorded.mul_f64(self.factor).min(self.longest)
    }

    /// How long to pause now before `step`.
    pub(crate) fn pause(&self, recording: &Recording, step: &Step) -> Duration {
        let Some(before) = &self.before else {
            return Duration::ZERO;
        };
        let (begin, _) = recording.span_of(step);
        // With a recorded end the pause begins there; without, the time that the step took is part of it.
        let (gap, spent) = if before.has_end {
            (begin - before.recorded.1, before.ended.elapsed())
        } else {
            (begin - before.recorded.0, before.began.elapsed())
        };
        let gap = Duration::try_from_secs_f64(gap.max(0.0) / 1000.0).unwrap_or(self.longest);
        self.scale(gap).saturating_sub(spent)
    }

    /// A step was performed.
    pub(crate) fn done(&mut self, recording: &Recording, step: &Step, began: Instant) {
        self.before = Some(Before {
            recorded: recording.span_of(step),
            has_end: step.completed_at.is_some(),
            began,
            ended: Instant::now(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use recording::{Scroll, Size};

    fn step(timestamp: f64, completed_at: Option<f64>) -> Step {
        Step {
            timestamp,
            completed_at,
            ..Step::new(Scroll::default())
        }
    }

    fn pause_between(options: &PlayOptions, first: &Step, second: &Step) -> u128 {
        let recording = Recording::new("t", "http://a.test/", Size::new(1, 1), "");
        let mut pace = Pace::new(options);
        assert_eq!(pace.pause(&recording, first), Duration::ZERO);
        pace.done(&recording, first, Instant::now());
        // Rounded up: a few microseconds have passed since.
        pace.pause(&recording, second).as_micros().div_ceil(10_000) * 10
    }

    #[test]
    fn pauses_follow_the_recording_the_mode_the_speed_and_the_limit() {
        let (first, second) = (step(1000.0, Some(3000.0)), step(5000.0, None));
        let with = |timing, speed, max| PlayOptions {
            timing,
            speed,
            max_delay: Duration::from_secs(max),
            ..PlayOptions::default()
        };
        let cases = [
            (with(Timing::Realistic, 1.0, 30), 2000),
            (with(Timing::Realistic, 2.0, 30), 1000),
            (with(Timing::Realistic, 0.5, 30), 4000),
            (with(Timing::Fast, 1.0, 30), 500),
            (with(Timing::Instant, 1.0, 30), 0),
            (with(Timing::Realistic, 1.0, 1), 1000),
            (with(Timing::Realistic, 0.0, 30), 2000),
            (with(Timing::Realistic, f64::NAN, 30), 2000),
        ];
        for (options, expected) in cases {
            assert_eq!(
                pause_between(&options, &first, &second),
                expected,
                "{options:?}"
            );
        }
    }

    #[test]
    fn without_a_recorded_end_the_pause_counts_from_the_beginning_of_the_step_before() {
        let (first, second) = (step(1000.0, None), step(1500.0, None));
        assert_eq!(pause_between(&PlayOptions::default(), &first, &second), 500);
        let backwards = step(400.0, None);
        assert_eq!(
            pause_between(&PlayOptions::default(), &first, &backwards),
            0
        );
    }
}

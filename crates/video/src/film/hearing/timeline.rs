//! Which sample was heard when.

use std::time::{Duration, Instant};

use browser::Loudspeaker;

/// How long is looked whether everything comes later than it did.
const WINDOW: Duration = Duration::from_secs(1);

/// Blocks of sound are 21 ms long at most, and come as they are heard. What is later all the time follows a gap.
const GAP: Duration = Duration::from_millis(60);

/// Tells from the times at which samples arrive when they were heard: samples are regular, arrivals are late now and then.
#[derive(Debug, Default)]
pub(super) struct Timeline {
    /// When the first sample was heard.
    began: Option<Instant>,
    /// Samples of one channel, with those that were lost.
    samples: u64,
    window: Option<Window>,
}

/// How late samples came, at least, since then.
#[derive(Debug)]
struct Window {
    since: Instant,
    least: Duration,
}

impl Timeline {
    /// So many samples have come. The answer is how many were lost before them: silence belongs in their place.
    pub(super) fn arrived(&mut self, at: Instant, samples: u64) -> u64 {
        self.samples += samples;
        let length = length_of(self.samples);
        let heard = at.checked_sub(length).unwrap_or(at);
        let began = *self.began.get_or_insert(heard);
        let late = heard.saturating_duration_since(began);
        if heard < began {
            self.began = Some(heard);
        }
        let window = self.window.get_or_insert(Window {
            since: at,
            least: late,
        });
        window.least = window.least.min(late);
        if at.duration_since(window.since) < WINDOW {
            return 0;
        }
        let least = window.least;
        self.window = None;
        if least < GAP {
            return 0;
        }
        let lost = samples_in(least);
        self.samples += lost;
        lost
    }

    /// How much of the sound is before this moment; nothing while none has come.
    pub(super) fn before(&self, moment: Instant) -> Option<Duration> {
        Some(moment.saturating_duration_since(self.began?))
    }
}

fn length_of(samples: u64) -> Duration {
    let rate = u64::from(Loudspeaker::RATE);
    let rest = samples % rate * 1_000_000_000 / rate;
    Duration::from_secs(samples / rate) + Duration::from_nanos(rest)
}

fn samples_in(time: Duration) -> u64 {
    let rate = u64::from(Loudspeaker::RATE);
    time.as_secs() * rate + u64::from(time.subsec_nanos()) * rate / 1_000_000_000
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLOCK: u64 = 1024;

    /// Blocks that arrive so late, one after another.
    fn told(
        lates: impl IntoIterator<Item = Duration>,
        skip: impl Fn(u64) -> bool,
    ) -> (Timeline, Instant, u64) {
        let start = Instant::now();
        let mut timeline = Timeline::default();
        let mut lost = 0;
        for (index, late) in (1..).zip(lates) {
            if !skip(index) {
                lost += timeline.arrived(start + length_of(index * BLOCK) + late, BLOCK);
            }
        }
        (timeline, start, lost)
    }

    #[test]
    fn a_busy_machine_moves_nothing() {
        let lates = (0..500)
            .map(|block| Duration::from_millis(if block % 7 == 3 { 0 } else { block % 90 }));
        let (timeline, start, lost) = told(lates, |_| false);
        assert_eq!(lost, 0);
        assert_eq!(
            timeline.before(start + Duration::from_secs(3)),
            Some(Duration::from_secs(3))
        );
    }

    #[test]
    fn samples_that_were_lost_are_missed_once() {
        let blocks = 200..220;
        let (timeline, start, lost) = told([Duration::ZERO; 500], |block| blocks.contains(&block));
        assert!(lost.abs_diff(20 * BLOCK) <= 1, "{lost}");
        assert_eq!(timeline.before(start), Some(Duration::ZERO));
    }

    #[test]
    fn nothing_is_known_before_something_came() {
        assert_eq!(Timeline::default().before(Instant::now()), None);
    }
}

//! How long a failed job waits: twice as long each time, up to a cap, and never in step with others.

use std::time::Duration;

/// How long a failed job waits before its next attempt.
#[derive(Clone, Copy, Debug)]
pub struct Backoff {
    /// After the first failure.
    pub base: Duration,
    /// Never longer than this.
    pub cap: Duration,
}

impl Default for Backoff {
    fn default() -> Self {
        Self {
            base: Duration::from_secs(1),
            cap: Duration::from_secs(60),
        }
    }
}

impl Backoff {
    /// The wait after attempt number `attempt` (from 1) failed: half to all of `base · 2^(attempt-1)`.
    #[must_use]
    pub fn after(self, attempt: u32) -> Duration {
        let factor = 2_u32.saturating_pow(attempt.saturating_sub(1));
        let longest = self.base.saturating_mul(factor).min(self.cap);
        longest.mul_f64(0.5 + 0.5 * random_fraction())
    }
}

/// From 0 to 1. Without randomness of the system the jitter is lost, which harms nobody.
fn random_fraction() -> f64 {
    let value = getrandom::u32().unwrap_or(u32::MAX);
    f64::from(value) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::Backoff;
    use std::time::Duration;

    #[test]
    fn the_wait_doubles_with_jitter_and_stops_at_the_cap() {
        let backoff = Backoff {
            base: Duration::from_secs(1),
            cap: Duration::from_secs(10),
        };
        for (attempt, longest) in [(1, 1), (2, 2), (3, 4), (4, 8), (5, 10), (40, 10)] {
            let longest = Duration::from_secs(longest);
            for _ in 0..50 {
                let wait = backoff.after(attempt);
                assert!(
                    wait >= longest / 2 && wait <= longest,
                    "attempt {attempt}: {wait:?}"
                );
            }
        }
    }
}

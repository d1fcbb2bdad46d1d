//! The time that a tour has, and what of it the performance takes besides the steps' own.

use std::time::Duration;

use crate::film::pace::Pace;
use crate::film::storyboard::Action;

/// What the performance adds before the first and after the last step, and after each.
pub(super) const AROUND: Duration = Duration::from_millis(1900);
/// What it adds after each step, when nobody says.
const BREATH: Duration = Duration::from_millis(320);
/// What it adds after scrolling, besides.
const SETTLING: Duration = Duration::from_millis(250);

/// The time that a tour has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// Of the whole film.
    pub(super) duration: Duration,
    /// Between two steps.
    pub(super) breath: Duration,
}

impl Room {
    pub(super) fn of(duration: Duration, pace: Pace) -> Self {
        Self {
            duration,
            breath: pace.between.unwrap_or(BREATH),
        }
    }

    /// What is left for steps.
    pub(super) fn inside(self) -> Duration {
        self.duration.saturating_sub(AROUND)
    }

    /// What the performance adds to a step.
    pub(super) fn besides(self, action: &Action) -> Duration {
        match action {
            Action::Chapter(_) | Action::Pause(_) => Duration::ZERO,
            Action::Scroll(_) => self.breath + SETTLING,
            _ => self.breath,
        }
    }

    /// The time of each of so many steps, each of which takes `more` besides.
    pub(super) fn share(self, count: usize, more: Duration) -> Duration {
        let count = u32::try_from(count.max(1)).unwrap_or(u32::MAX);
        let each = (self.inside() / count).saturating_sub(more);
        let each = each.max(Duration::from_millis(500));
        // Whole hundredths are easier to change by hand.
        Duration::from_millis(u64::try_from(each.as_millis()).unwrap_or(u64::MAX) / 10 * 10)
    }
}

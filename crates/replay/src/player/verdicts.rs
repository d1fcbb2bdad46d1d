//! What has become of each step so far, and of those that no run comes to.

use std::ops::Range;

use jiff::Timestamp;

use super::Player;
use crate::event::PlayEvent;
use crate::healed::Healed;
use crate::outcome::{StepResult, StepStatus};

/// What has become of the steps of a recording. A step that is performed several times has failed when it failed once.
pub(super) struct Verdicts(Vec<Known>);

#[derive(Default)]
struct Known {
    /// How often it was performed.
    rounds: u32,
    verdict: Option<Verdict>,
    /// The first failure: it is what stays of the step, whatever a later round brings.
    failure: Option<Box<StepResult>>,
    /// What took the element's place in an earlier round: the step is healed, whatever a later round finds.
    healed: Option<Box<Healed>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Passed,
    Failed,
    Skipped,
}

impl Verdicts {
    pub(super) fn of(steps: usize) -> Self {
        Self(std::iter::repeat_with(Known::default).take(steps).collect())
    }

    pub(super) fn rounds(&self, index: usize) -> u32 {
        self.0.get(index).map_or(0, |known| known.rounds)
    }

    pub(super) fn passed(&self) -> usize {
        self.count(Verdict::Passed)
    }

    pub(super) fn failed(&self) -> usize {
        self.count(Verdict::Failed)
    }

    pub(super) fn skipped(&self) -> usize {
        self.count(Verdict::Skipped)
    }

    pub(super) fn healed(&self) -> usize {
        let healed = self.0.iter().filter(|known| known.healed.is_some());
        healed
            .filter(|known| known.verdict == Some(Verdict::Passed))
            .count()
    }

    fn count(&self, verdict: Verdict) -> usize {
        let same = self.0.iter().filter(|known| known.verdict == Some(verdict));
        same.count()
    }

    /// Takes the result of one more round; gives what is to be told of the step now.
    fn take(&mut self, mut result: StepResult) -> StepResult {
        let Some(known) = self.0.get_mut(result.index) else {
            return result;
        };
        known.rounds = result.rounds;
        if let Some(failure) = &known.failure {
            let mut failure = failure.as_ref().clone();
            failure.rounds = result.rounds;
            return failure;
        }
        known.verdict = Some(match &result.status {
            StepStatus::Passed => Verdict::Passed,
            StepStatus::Failed => Verdict::Failed,
            StepStatus::Skipped { .. } => Verdict::Skipped,
        });
        if result.status == StepStatus::Passed {
            result.healed = result.healed.or(known.healed.take());
            known.healed.clone_from(&result.healed);
        }
        if result.status == StepStatus::Failed {
            known.failure = Some(Box::new(result.clone()));
        }
        result
    }
}

impl Player<'_> {
    /// Tells what became of a step.
    pub(super) async fn tell(&mut self, result: StepResult) {
        let told = self.verdicts.take(result);
        let event = PlayEvent::StepFinished(Box::new(told));
        self.observer.event(event).await;
    }

    /// Tells of every step that has no result yet that it was not performed.
    pub(super) async fn skip_rest(&mut self, reason: &str) {
        self.pass_over(0..self.recording.steps.len(), reason).await;
    }

    /// As [`Player::skip_rest`], of some steps.
    pub(super) async fn pass_over(&mut self, steps: Range<usize>, reason: &str) {
        for index in steps {
            let fresh = self
                .verdicts
                .0
                .get(index)
                .is_some_and(|known| known.verdict.is_none());
            let Some(step) = self.recording.steps.get(index).filter(|_| fresh) else {
                continue;
            };
            let result = StepResult {
                index,
                id: step.id.clone(),
                step_type: step.kind.type_name().to_owned(),
                title: self.masked(step.title()),
                status: StepStatus::Skipped {
                    reason: reason.to_owned(),
                },
                started_at: Timestamp::now(),
                duration_ms: 0,
                rounds: 0,
                matched: None,
                healed: None,
                retries: 0,
                dismissed: Vec::new(),
                waits: Vec::new(),
                expected: None,
                actual: None,
                visual: None,
                visuals_within: Vec::new(),
                error: None,
                screenshot: None,
                spot: None,
                url: String::new(),
            };
            self.tell(result).await;
        }
    }
}

//! Writes what the player tells into the run, step by step.

use std::future::Future;
use std::pin::Pin;

use ids::RunId;
use replay::{Observer, PlayEvent, StepResult};
use serde_json::json;
use store::{
    ArtifactKind, Fence, HealedAfter, HealedBefore, HealedRunnerUp, HealedStep, MatchedSelector,
    NewArtifact, Owner, Spot, StepDetail, StepDone, StepFailure, StepStatus, Store, StoreError,
    Time, TriedSelector,
};
use tokio_util::sync::CancellationToken;

use super::baselines;
use crate::error::JobError;
use crate::stop::{Stop, StopReason};

/// Writes steps under the job's fence. When a write fails it ends the run: nothing is performed that is not kept.
pub(super) struct Recorder {
    store: Store,
    fence: Fence,
    run: RunId,
    stop: Stop,
    cancel: CancellationToken,
    failed: Option<StoreError>,
}

impl Recorder {
    pub(super) fn new(
        store: Store,
        fence: Fence,
        run: RunId,
        stop: Stop,
        cancel: CancellationToken,
    ) -> Self {
        Self {
            store,
            fence,
            run,
            stop,
            cancel,
            failed: None,
        }
    }

    /// Whether everything was kept.
    pub(super) fn into_result(self) -> Result<(), JobError> {
        self.failed.map_or(Ok(()), |error| Err(error.into()))
    }

    async fn keep(&self, event: PlayEvent) -> Result<(), StoreError> {
        match event {
            PlayEvent::StepStarted { index, title, .. } => {
                self.store
                    .runs()
                    .start_step(self.fence, self.run, number(index), &title)
                    .await
            }
            // The steps that a stopped worker does not come to are not skipped: the next attempt performs them.
            PlayEvent::StepFinished(result) if self.is_given_back() && is_skipped(&result) => {
                Ok(())
            }
            PlayEvent::StepFinished(result) => self.step(*result).await,
            // The run's own begin and end are written by the job, with what belongs to them.
            PlayEvent::Started { .. } | PlayEvent::Finished(_) => Ok(()),
        }
    }

    fn is_given_back(&self) -> bool {
        self.stop.reason() == Some(StopReason::ShuttingDown)
    }

    async fn step(&self, result: StepResult) -> Result<(), StoreError> {
        let index = number(result.index);
        let failed = result.status == replay::StepStatus::Failed;
        let screenshot = match result.screenshot {
            Some(jpeg) => Some(NewArtifact {
                kind: ArtifactKind::Screenshot,
                owner: Owner::Run(self.run),
                step_index: Some(index),
                is_error: failed,
                label: format!("step-{}", index + 1),
                // The bytes are stored before the write begins: a slow disk must not hold the database.
                blob: self.store.blobs().put(jpeg).await?,
            }),
            None => None,
        };
        let visual = match result.visual {
            Some(visual) => {
                Some(baselines::keep(&self.store, self.fence, self.run, index, *visual).await?)
            }
            None => None,
        };
        let (status, skipped) = match result.status {
            replay::StepStatus::Passed => (StepStatus::Passed, None),
            replay::StepStatus::Failed => (StepStatus::Failed, None),
            replay::StepStatus::Skipped { reason } => (StepStatus::Skipped, Some(reason)),
        };
        let detail = StepDetail {
            matched: result.matched.map(|matched| MatchedSelector {
                strategy: matched.strategy,
                value: matched.value,
                index: number(matched.index),
            }),
            healed: result.healed.map(|healed| healed_step(*healed)),
            rounds: result.rounds,
            retries: result.retries,
            waits: result.waits,
            expected: result.expected,
            actual: result.actual,
            visual,
            error: result.error.map(failure),
            spot: result.spot.map(|spot| Spot {
                x: spot.x,
                y: spot.y,
                width: spot.width,
                height: spot.height,
            }),
            skipped,
        };
        let done = StepDone {
            index,
            status,
            started_at: Time::from(result.started_at),
            duration_ms: result.duration_ms,
            detail,
            screenshot,
            url: Some(result.url).filter(|url| !url.is_empty()),
        };
        self.store
            .runs()
            .finish_step(self.fence, self.run, done)
            .await
            .map(drop)
    }
}

impl Observer for Recorder {
    fn event<'a>(&'a mut self, event: PlayEvent) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>> {
        Box::pin(async move {
            if self.failed.is_some() {
                return;
            }
            if let Err(error) = self.keep(event).await {
                tracing::error!(run = %self.run, error = %error, "a step could not be kept; the run stops here");
                self.failed = Some(error);
                self.cancel.cancel();
            }
        })
    }
}

fn is_skipped(result: &StepResult) -> bool {
    matches!(result.status, replay::StepStatus::Skipped { .. })
}

fn healed_step(healed: replay::Healed) -> HealedStep {
    let replay::Healed {
        before,
        after,
        score,
        runner_up,
    } = healed;
    HealedStep {
        before: HealedBefore {
            strategy: before.strategy,
            value: before.value,
            description: before.description,
        },
        after: HealedAfter {
            selectors: after
                .selectors
                .iter()
                .map(|selector| json!(selector))
                .collect(),
            description: after.description,
            fingerprint: after.fingerprint,
        },
        score,
        runner_up: runner_up.map(|second| HealedRunnerUp {
            score: second.score,
            description: second.description,
        }),
    }
}

fn failure(error: replay::StepError) -> StepFailure {
    let tried = error.tried.into_iter();
    StepFailure {
        code: error.code.as_str().to_owned(),
        message: error.message,
        detail: error.detail,
        call_log: error.call_log,
        tried: tried
            .map(|tried| TriedSelector {
                strategy: tried.strategy,
                value: tried.value,
                count: tried.count,
            })
            .collect(),
    }
}

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

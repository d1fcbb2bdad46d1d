//! What a worker writes while it performs a run. Every write carries the fence of the job: a worker that lost its lease
//! cannot change the run any more. A row and the event that tells of it are one write.

use ids::{ArtifactId, JobId, RunId, RunStepId};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Set};
use serde_json::{Value, json};

use super::jobs::{self, Attempt, WORKER_LOST};
use super::runs::{RUN_JOB, Runs, alive};
use super::{NewArtifact, NewError, artifacts, errors};
use crate::entity::{run_steps, runs};
use crate::error::Doing;
use crate::tx::{Fence, Tx};
use crate::{JobState, RunFailure, RunStatus, StepDetail, StepStatus, StoreError, Subject, Time};

/// A step that is going to be performed.
#[derive(Clone, Debug)]
pub struct PlannedStep {
    /// The step's id in the recording.
    pub step_id: String,
    /// `click`, `input`, …
    pub kind: String,
    /// A sentence.
    pub title: String,
}

/// A step that was performed, or was not and says why.
#[derive(Clone, Debug)]
pub struct StepDone {
    /// From 0.
    pub index: u32,
    /// How it went: passed, failed or skipped.
    pub status: StepStatus,
    /// When it began.
    pub started_at: Time,
    /// How long it took.
    pub duration_ms: u64,
    /// What is known beyond that.
    pub detail: StepDetail,
    /// The picture after it.
    pub screenshot: Option<NewArtifact>,
    /// Where the page was after it.
    pub url: Option<String>,
}

/// How a run ended.
#[derive(Clone, Debug)]
pub struct RunEnd {
    /// A final status.
    pub status: RunStatus,
    /// Why it did not pass.
    pub error: Option<RunFailure>,
}

impl Runs<'_> {
    /// A worker begins to perform the run, from its first step. Answers which attempt this is.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`], [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn begin(
        &self,
        fence: Fence,
        id: RunId,
        plan: &[PlannedStep],
    ) -> Result<u32, StoreError> {
        let mut tx = self.store.begin().await?;
        tx.check(fence).await?;
        let row = alive(&tx, id).await?;
        let attempt = row.attempt + 1;
        let mut row: runs::ActiveModel = row.into();
        row.status = Set(RunStatus::Running);
        row.attempt = Set(attempt);
        row.steps_total = Set(count(plan.len()));
        row.steps_passed = Set(0);
        row.steps_failed = Set(0);
        row.steps_skipped = Set(0);
        row.steps_healed = Set(0);
        row.started_at = Set(Some(Time::now()));
        row.update(tx.db()).await.doing("begin a run")?;

        // The rows say how the latest attempt went; what an earlier one did stays in the event log.
        run_steps::Entity::delete_many()
            .filter(run_steps::Column::RunId.eq(id.uuid()))
            .exec(tx.db())
            .await
            .doing("clear the steps of a run")?;
        for (chunk_index, chunk) in plan.chunks(ROWS_PER_INSERT).enumerate() {
            let rows = chunk
                .iter()
                .enumerate()
                .map(|(offset, step)| run_steps::ActiveModel {
                    id: Set(RunStepId::new().uuid()),
                    run_id: Set(id.uuid()),
                    idx: Set(count(chunk_index * ROWS_PER_INSERT + offset)),
                    step_id: Set(step.step_id.clone()),
                    kind: Set(step.kind.clone()),
                    title: Set(step.title.clone()),
                    status: Set(StepStatus::Pending),
                    started_at: Set(None),
                    duration_ms: Set(None),
                    detail: Set(StepDetail::default()),
                    screenshot: Set(None),
                    url: Set(None),
                });
            run_steps::Entity::insert_many(rows)
                .exec(tx.db())
                .await
                .doing("plan the steps of a run")?;
        }
        let payload = json!({ "attempt": attempt, "steps": plan.len() });
        tx.append(Subject::Run, id.uuid(), "run.started", payload)
            .await?;
        tx.commit().await?;
        Ok(u32::try_from(attempt).unwrap_or(0))
    }

    /// A step begins.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] or [`StoreError::Database`].
    pub async fn start_step(
        &self,
        fence: Fence,
        id: RunId,
        index: u32,
        title: &str,
    ) -> Result<(), StoreError> {
        let mut tx = self.store.begin().await?;
        tx.check(fence).await?;
        run_steps::Entity::update_many()
            .col_expr(
                run_steps::Column::Status,
                Expr::value(StepStatus::Running.as_str()),
            )
            .col_expr(run_steps::Column::StartedAt, Expr::value(Time::now()))
            .filter(run_steps::Column::RunId.eq(id.uuid()))
            .filter(run_steps::Column::Idx.eq(count(index as usize)))
            .exec(tx.db())
            .await
            .doing("start a step")?;
        tx.append(
            Subject::Run,
            id.uuid(),
            "step.started",
            json!({ "index": index, "title": title }),
        )
        .await?;
        tx.commit().await
    }

    /// A step is over: its row, its picture, the run's counters and the event are one write. Answers with the picture.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] or [`StoreError::Database`].
    pub async fn finish_step(
        &self,
        fence: Fence,
        id: RunId,
        done: StepDone,
    ) -> Result<Option<ArtifactId>, StoreError> {
        let mut tx = self.store.begin().await?;
        tx.check(fence).await?;
        let screenshot = match done.screenshot {
            Some(new) => Some(artifacts::insert(&tx, new).await?.id),
            None => None,
        };
        let row = run_steps::Entity::find()
            .filter(run_steps::Column::RunId.eq(id.uuid()))
            .filter(run_steps::Column::Idx.eq(count(done.index as usize)))
            .one(tx.db())
            .await
            .doing("find a step")?
            .ok_or(StoreError::NotFound { what: "step" })?;
        let mut payload = json!({
            "index": done.index,
            "id": row.step_id,
            "type": row.kind,
            "title": row.title,
            "status": done.status,
            "durationMs": done.duration_ms,
        });
        if let Value::Object(fields) = &mut payload {
            if let Some(id) = screenshot {
                fields.insert("screenshot".to_owned(), json!({ "artifactId": id }));
            }
            if let Some(healed) = &done.detail.healed {
                fields.insert(
                    "healed".to_owned(),
                    json!({ "description": healed.after.description, "score": healed.score }),
                );
            }
            if let Some(error) = &done.detail.error {
                fields.insert(
                    "error".to_owned(),
                    json!({ "code": error.code, "message": error.message }),
                );
            }
        }
        let is_healed = done.detail.healed.is_some() && done.status == StepStatus::Passed;
        // A step in a loop ends several times, and counts once.
        let was_counted = row.duration_ms.is_some();
        let was_healed = was_counted && row.detail.healed.is_some();
        let mut row: run_steps::ActiveModel = row.into();
        row.status = Set(done.status);
        row.started_at = Set(Some(done.started_at));
        row.duration_ms = Set(Some(i64::try_from(done.duration_ms).unwrap_or(i64::MAX)));
        row.detail = Set(done.detail);
        row.screenshot = Set(screenshot.map(ArtifactId::uuid));
        row.url = Set(done.url);
        row.update(tx.db()).await.doing("finish a step")?;
        if was_counted {
            recount(&tx, id, i32::from(is_healed) - i32::from(was_healed)).await?;
        } else {
            count_step(&tx, id, done.status, is_healed).await?;
        }
        tx.append(Subject::Run, id.uuid(), "step.finished", payload)
            .await?;
        tx.commit().await?;
        Ok(screenshot)
    }

    /// The run is over: its row, the error with its evidence, the job and the event are one write.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] or [`StoreError::Database`].
    pub async fn finish(
        &self,
        fence: Fence,
        id: RunId,
        ended: RunEnd,
        error: Option<NewError>,
    ) -> Result<(), StoreError> {
        let mut tx = self.store.begin().await?;
        let state = if ended.status == RunStatus::Cancelled {
            JobState::Cancelled
        } else {
            JobState::Done
        };
        jobs::close(
            &tx,
            fence,
            state,
            ended.error.as_ref().map(|error| error.message.as_str()),
        )
        .await?;
        if let Some(error) = error {
            errors::record(&mut tx, error).await?;
        }
        end(&mut tx, id, ended).await?;
        tx.commit().await
    }

    /// Gives a held run back to the queue because its worker stops: the attempt is forgiven.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] or [`StoreError::Database`].
    pub async fn give_back(&self, fence: Fence, id: RunId, reason: &str) -> Result<(), StoreError> {
        let mut tx = self.store.begin().await?;
        jobs::requeue(
            &mut tx,
            fence,
            Time::now(),
            Some(reason),
            Attempt::IsForgiven,
        )
        .await?;
        wait_again(&mut tx, id, reason).await?;
        tx.commit().await
    }

    /// The attempt could not be performed; the next one is due at `run_at`.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] or [`StoreError::Database`].
    pub async fn retry_at(
        &self,
        fence: Fence,
        id: RunId,
        run_at: Time,
        reason: &str,
    ) -> Result<(), StoreError> {
        let mut tx = self.store.begin().await?;
        jobs::requeue(&mut tx, fence, run_at, Some(reason), Attempt::Counts).await?;
        wait_again(&mut tx, id, reason).await?;
        tx.commit().await
    }

    /// Says in the run's log that its worker was lost and that it waits for another one.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn worker_lost(&self, id: RunId, job: JobId) -> Result<(), StoreError> {
        let mut tx = self.store.begin().await?;
        let row = runs::Entity::find_by_id(id.uuid())
            .one(tx.db())
            .await
            .doing("find a run")?;
        // Another worker may have taken it up, or somebody cancelled it, between the reaping and this.
        if row.is_some_and(|row| row.status == RunStatus::Running && row.job_id == job.uuid()) {
            wait_again(&mut tx, id, WORKER_LOST).await?;
        }
        tx.commit().await
    }

    /// A line in the run's log.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] or [`StoreError::Database`].
    pub async fn log(&self, fence: Fence, id: RunId, payload: Value) -> Result<(), StoreError> {
        let mut tx = self.store.begin().await?;
        tx.check(fence).await?;
        tx.append(Subject::Run, id.uuid(), "log", payload).await?;
        tx.commit().await
    }

    /// The run that a job performs, when it performs one.
    #[must_use]
    pub fn id_in_job(kind: &str, payload: &Value) -> Option<RunId> {
        (kind == RUN_JOB)
            .then(|| payload.get("runId")?.as_str()?.parse().ok())
            .flatten()
    }
}

/// SQLite binds at most 32 766 values in one statement, and a step has twelve.
const ROWS_PER_INSERT: usize = 500;

/// Writes the end of a run. Steps that were not reached say so: they are neither passed nor failed.
pub(super) async fn end(tx: &mut Tx, id: RunId, ended: RunEnd) -> Result<(), StoreError> {
    let unreached = StepDetail {
        skipped: Some("the run ended before this step was over".to_owned()),
        ..StepDetail::default()
    };
    let open = [StepStatus::Pending, StepStatus::Running];
    let skipped = run_steps::Entity::update_many()
        .col_expr(
            run_steps::Column::Status,
            Expr::value(StepStatus::Skipped.as_str()),
        )
        .col_expr(run_steps::Column::Detail, Expr::value(unreached))
        .filter(run_steps::Column::RunId.eq(id.uuid()))
        .filter(run_steps::Column::Status.is_in(open))
        .exec(tx.db())
        .await
        .doing("close the steps of a run")?;
    let row = alive(tx, id).await?;
    let now = Time::now();
    let skipped = row.steps_skipped + i32::try_from(skipped.rows_affected).unwrap_or(i32::MAX);
    let duration = row.started_at.map(|started| now.since(started).as_millis());
    let payload = json!({
        "status": ended.status,
        "error": ended.error,
        "durationMs": duration,
        "stepsTotal": row.steps_total,
        "stepsPassed": row.steps_passed,
        "stepsFailed": row.steps_failed,
        "stepsSkipped": skipped,
        "stepsHealed": row.steps_healed,
    });
    let mut row: runs::ActiveModel = row.into();
    row.status = Set(ended.status);
    row.error = Set(ended.error);
    row.steps_skipped = Set(skipped);
    row.finished_at = Set(Some(now));
    row.update(tx.db()).await.doing("end a run")?;
    tx.append(Subject::Run, id.uuid(), "run.finished", payload)
        .await?;
    Ok(())
}

/// Writes that the run waits for another attempt. Its finished steps stay as they are until that begins; a step that
/// was broken off has not been performed.
async fn wait_again(tx: &mut Tx, id: RunId, reason: &str) -> Result<(), StoreError> {
    let row = alive(tx, id).await?;
    run_steps::Entity::update_many()
        .col_expr(
            run_steps::Column::Status,
            Expr::value(StepStatus::Pending.as_str()),
        )
        .col_expr(
            run_steps::Column::StartedAt,
            Expr::value(Option::<i64>::None),
        )
        .filter(run_steps::Column::RunId.eq(id.uuid()))
        .filter(run_steps::Column::Status.eq(StepStatus::Running))
        .exec(tx.db())
        .await
        .doing("take a step of a run back")?;
    let payload = json!({ "reason": reason, "attempt": row.attempt });
    let mut row: runs::ActiveModel = row.into();
    row.status = Set(RunStatus::Queued);
    row.update(tx.db()).await.doing("queue a run again")?;
    tx.append(Subject::Run, id.uuid(), "run.requeued", payload)
        .await?;
    Ok(())
}

async fn count_step(
    tx: &Tx,
    id: RunId,
    status: StepStatus,
    is_healed: bool,
) -> Result<(), StoreError> {
    let counter = match status {
        StepStatus::Passed => runs::Column::StepsPassed,
        StepStatus::Failed => runs::Column::StepsFailed,
        StepStatus::Skipped => runs::Column::StepsSkipped,
        StepStatus::Pending | StepStatus::Running => return Ok(()),
    };
    runs::Entity::update_many()
        .col_expr(counter, Expr::col(counter).add(1))
        .col_expr(
            runs::Column::StepsHealed,
            Expr::col(runs::Column::StepsHealed).add(i32::from(is_healed)),
        )
        .filter(runs::Column::Id.eq(id.uuid()))
        .exec(tx.db())
        .await
        .doing("count a step")?;
    Ok(())
}

/// Counts the steps by how they went anew; `healed` is by how much the number of healed ones changes.
async fn recount(tx: &Tx, id: RunId, healed: i32) -> Result<(), StoreError> {
    let groups: Vec<(StepStatus, i64)> = run_steps::Entity::find()
        .select_only()
        .column(run_steps::Column::Status)
        .column_as(run_steps::Column::Id.count(), "steps")
        .filter(run_steps::Column::RunId.eq(id.uuid()))
        .group_by(run_steps::Column::Status)
        .into_tuple()
        .all(tx.db())
        .await
        .doing("count the steps of a run")?;
    let of = |wanted: StepStatus| {
        let found = groups.iter().find(|(status, _)| *status == wanted);
        i32::try_from(found.map_or(0, |(_, steps)| *steps)).unwrap_or(i32::MAX)
    };
    runs::Entity::update_many()
        .col_expr(
            runs::Column::StepsPassed,
            Expr::value(of(StepStatus::Passed)),
        )
        .col_expr(
            runs::Column::StepsFailed,
            Expr::value(of(StepStatus::Failed)),
        )
        .col_expr(
            runs::Column::StepsSkipped,
            Expr::value(of(StepStatus::Skipped)),
        )
        .col_expr(
            runs::Column::StepsHealed,
            Expr::col(runs::Column::StepsHealed).add(healed),
        )
        .filter(runs::Column::Id.eq(id.uuid()))
        .exec(tx.db())
        .await
        .doing("count the steps of a run")?;
    Ok(())
}

fn count(value: usize) -> i32 {
    i32::try_from(value).unwrap_or(i32::MAX)
}

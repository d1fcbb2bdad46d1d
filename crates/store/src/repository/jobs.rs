//! The queue's rows: claimed under a lease with a fencing token, given back when the lease runs out.

use std::time::Duration;

use ids::JobId;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Set, Statement,
};
use serde_json::Value;
use uuid::Uuid;

use crate::entity::jobs;
use crate::error::Doing;
use crate::tx::{Fence, Tx};
use crate::{JobState, StoreError, Time};

repository! {
    /// The queue's rows.
    Jobs
}

/// A job on its way in.
#[derive(Clone, Debug)]
pub struct NewJob {
    /// Workers serve whole queues.
    pub queue: String,
    /// Which handler performs it.
    pub kind: String,
    /// What the handler needs.
    pub payload: Value,
    /// Higher goes first.
    pub priority: i32,
    /// Not before this moment.
    pub run_at: Time,
    /// After so many attempts it is given up.
    pub max_attempts: u32,
    /// A second job with the same key is not inserted.
    pub dedupe_key: Option<String>,
}

/// A job that this worker holds.
#[derive(Clone, Debug)]
pub struct ClaimedJob {
    /// Proof of holding it.
    pub fence: Fence,
    /// Which handler performs it.
    pub kind: String,
    /// What the handler needs.
    pub payload: Value,
    /// From 1: this attempt.
    pub attempt: u32,
    /// After so many attempts it is given up.
    pub max_attempts: u32,
    /// Somebody wants it not to be done.
    pub cancel_requested: bool,
    /// How the attempt before this one ended.
    pub last_error: Option<String>,
}

/// What a heartbeat learned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beat {
    /// Somebody wants the job to stop.
    pub cancel_requested: bool,
}

/// A job whose worker stopped beating.
#[derive(Clone, Debug)]
pub struct LostJob {
    /// Which one.
    pub id: JobId,
    /// Which handler performs it.
    pub kind: String,
    /// What the handler needs.
    pub payload: Value,
    /// The worker that held it.
    pub worker: Option<String>,
    /// When it may be taken again.
    pub run_at: Time,
}

/// The last error of a job whose worker stopped beating.
pub const WORKER_LOST: &str = "worker lost";

/// How much work waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueueCounts {
    /// Waiting, delayed ones included.
    pub queued: u64,
    /// Held by workers.
    pub running: u64,
}

#[derive(FromQueryResult)]
struct ClaimedRow {
    id: Uuid,
    kind: String,
    payload: Value,
    attempts: i32,
    max_attempts: i32,
    cancel_requested: bool,
    last_error: Option<String>,
}

impl Jobs<'_> {
    /// Queues a job. With a dedupe key that is taken, the job of that key is answered instead.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn enqueue(&self, new: NewJob) -> Result<JobId, StoreError> {
        let mut tx = self.store.begin().await?;
        if let Some(key) = &new.dedupe_key {
            let known = jobs::Entity::find()
                .filter(jobs::Column::DedupeKey.eq(key))
                .one(tx.db())
                .await
                .doing("find a job")?;
            if let Some(known) = known {
                return Ok(known.id.into());
            }
        }
        let id = insert(&mut tx, new).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Takes the most urgent job that is due, or nothing.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn claim(
        &self,
        queue: &str,
        worker: &str,
        lease: Duration,
    ) -> Result<Option<ClaimedJob>, StoreError> {
        let now = Time::now();
        let token = Uuid::now_v7();
        let tx = self.store.begin().await?;
        let backend = tx.db().get_database_backend();
        // One statement under the write lock: two workers cannot both get the row. Ids are made in the order of asking: a job
        // that was put back keeps its place before those that were asked for after it.
        let statement = Statement::from_sql_and_values(
            backend,
            "UPDATE jobs SET state = 'running', lease_token = ?, lease_until = ?, worker = ?, attempts = attempts + 1
             WHERE id = (SELECT id FROM jobs WHERE queue = ? AND state = 'queued' AND run_at <= ?
                         ORDER BY priority DESC, id LIMIT 1)
             RETURNING id, kind, payload, attempts, max_attempts, cancel_requested, last_error",
            [token.into(), now.plus(lease).into(), worker.into(), queue.into(), now.into()],
        );
        let claimed = ClaimedRow::find_by_statement(statement)
            .one(tx.db())
            .await
            .doing("claim a job")?;
        tx.commit().await?;
        Ok(claimed.map(|row| ClaimedJob {
            fence: Fence {
                job: row.id.into(),
                token,
            },
            kind: row.kind,
            payload: row.payload,
            attempt: u32::try_from(row.attempts).unwrap_or(u32::MAX),
            max_attempts: u32::try_from(row.max_attempts).unwrap_or(1),
            cancel_requested: row.cancel_requested,
            last_error: row.last_error,
        }))
    }

    /// Extends the lease and asks whether the job should stop.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] when another worker has it by now.
    pub async fn heartbeat(&self, fence: Fence, lease: Duration) -> Result<Beat, StoreError> {
        let tx = self.store.begin().await?;
        tx.check(fence).await?;
        jobs::Entity::update_many()
            .col_expr(
                jobs::Column::LeaseUntil,
                Expr::value(Time::now().plus(lease)),
            )
            .filter(jobs::Column::Id.eq(fence.job.uuid()))
            .exec(tx.db())
            .await
            .doing("extend a lease")?;
        let row = jobs::Entity::find_by_id(fence.job.uuid())
            .one(tx.db())
            .await
            .doing("find a job")?;
        tx.commit().await?;
        Ok(Beat {
            cancel_requested: row.is_some_and(|row| row.cancel_requested),
        })
    }

    /// The job is done.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] when another worker has it by now.
    pub async fn finish(
        &self,
        fence: Fence,
        state: JobState,
        error: Option<&str>,
    ) -> Result<(), StoreError> {
        let tx = self.store.begin().await?;
        close(&tx, fence, state, error).await?;
        tx.commit().await
    }

    /// The attempt failed; the next one is due at `run_at`.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] when another worker has it by now.
    pub async fn retry_at(
        &self,
        fence: Fence,
        run_at: Time,
        error: &str,
    ) -> Result<(), StoreError> {
        let mut tx = self.store.begin().await?;
        requeue(&mut tx, fence, run_at, Some(error), Attempt::Counts).await?;
        tx.commit().await
    }

    /// Asks for a job to be stopped: a waiting one is cancelled at once, a running one learns it with its next beat.
    /// Answers whether it was waiting.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn cancel(&self, id: JobId) -> Result<bool, StoreError> {
        let tx = self.store.begin().await?;
        let waiting = cancel(&tx, id).await?;
        tx.commit().await?;
        Ok(waiting)
    }

    /// Queues the jobs of workers that stopped beating again, each after its backoff.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn reap(
        &self,
        backoff: impl Fn(u32) -> Duration,
    ) -> Result<Vec<LostJob>, StoreError> {
        self.reap_where(jobs::Column::LeaseUntil.lt(Time::now()), backoff)
            .await
    }

    /// Queues the jobs of a worker that is known to be dead again, without waiting for their leases.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn reap_worker(
        &self,
        worker: &str,
        backoff: impl Fn(u32) -> Duration,
    ) -> Result<Vec<LostJob>, StoreError> {
        self.reap_where(jobs::Column::Worker.eq(worker), backoff)
            .await
    }

    async fn reap_where(
        &self,
        condition: Expr,
        backoff: impl Fn(u32) -> Duration,
    ) -> Result<Vec<LostJob>, StoreError> {
        let now = Time::now();
        let expired = |query: sea_orm::Select<jobs::Entity>| {
            query
                .filter(jobs::Column::State.eq(JobState::Running))
                .filter(condition.clone())
        };
        // Looked at without the write lock first: nearly always there is nothing to do.
        let any = expired(jobs::Entity::find())
            .count(self.store.read())
            .await
            .doing("look for lost jobs")?;
        if any == 0 {
            return Ok(Vec::new());
        }
        let mut tx = self.store.begin().await?;
        let rows = expired(jobs::Entity::find())
            .order_by_asc(jobs::Column::Id)
            .limit(100)
            .all(tx.db())
            .await
            .doing("find lost jobs")?;
        let mut lost = Vec::with_capacity(rows.len());
        for row in rows {
            let attempt = u32::try_from(row.attempts).unwrap_or(0);
            let run_at = now.plus(backoff(attempt));
            let worker = row.worker.clone();
            let found = LostJob {
                id: row.id.into(),
                kind: row.kind.clone(),
                payload: row.payload.clone(),
                worker,
                run_at,
            };
            let mut row: jobs::ActiveModel = row.into();
            row.state = Set(JobState::Queued);
            row.lease_token = Set(None);
            row.lease_until = Set(None);
            row.run_at = Set(run_at);
            row.last_error = Set(Some(WORKER_LOST.to_owned()));
            row.update(tx.db()).await.doing("queue a lost job again")?;
            lost.push(found);
        }
        tx.wake_workers();
        tx.commit().await?;
        Ok(lost)
    }

    /// How much work waits.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn counts(&self) -> Result<QueueCounts, StoreError> {
        let of = |state: JobState| jobs::Entity::find().filter(jobs::Column::State.eq(state));
        let read = self.store.read();
        Ok(QueueCounts {
            queued: of(JobState::Queued).count(read).await.doing("count jobs")?,
            running: of(JobState::Running)
                .count(read)
                .await
                .doing("count jobs")?,
        })
    }

    /// How many jobs there are in each queue, by their state.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn by_queue(&self) -> Result<Vec<(String, JobState, u64)>, StoreError> {
        let rows: Vec<(String, JobState, i64)> = jobs::Entity::find()
            .select_only()
            .column(jobs::Column::Queue)
            .column(jobs::Column::State)
            .column_as(jobs::Column::Id.count(), "jobs")
            .group_by(jobs::Column::Queue)
            .group_by(jobs::Column::State)
            .into_tuple()
            .all(self.store.read())
            .await
            .doing("count jobs")?;
        let counted = rows.into_iter();
        Ok(counted
            .map(|(queue, state, count)| (queue, state, u64::try_from(count).unwrap_or(0)))
            .collect())
    }

    /// When the next waiting job is due, for those that wait for it.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn next_due(&self, queue: &str) -> Result<Option<Time>, StoreError> {
        let next = jobs::Entity::find()
            .filter(jobs::Column::Queue.eq(queue))
            .filter(jobs::Column::State.eq(JobState::Queued))
            .order_by_asc(jobs::Column::RunAt)
            .one(self.store.read())
            .await
            .doing("find the next job")?;
        Ok(next.map(|row| row.run_at))
    }
}

/// Whether a requeued attempt counts towards the most attempts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attempt {
    /// It failed.
    Counts,
    /// It was not the job's fault: the worker was asked to stop.
    IsForgiven,
}

pub(super) async fn insert(tx: &mut Tx, new: NewJob) -> Result<JobId, StoreError> {
    let id = JobId::new();
    let row = jobs::ActiveModel {
        id: Set(id.uuid()),
        queue: Set(new.queue),
        kind: Set(new.kind),
        payload: Set(new.payload),
        priority: Set(new.priority),
        state: Set(JobState::Queued),
        run_at: Set(new.run_at),
        attempts: Set(0),
        max_attempts: Set(i32::try_from(new.max_attempts).unwrap_or(i32::MAX)),
        lease_token: Set(None),
        lease_until: Set(None),
        worker: Set(None),
        cancel_requested: Set(false),
        dedupe_key: Set(new.dedupe_key),
        last_error: Set(None),
        created_at: Set(Time::now()),
        finished_at: Set(None),
    };
    row.insert(tx.db()).await.doing("queue a job")?;
    tx.wake_workers();
    Ok(id)
}

/// Ends a job that is held; the lease is checked in the same write.
pub(super) async fn close(
    tx: &Tx,
    fence: Fence,
    state: JobState,
    error: Option<&str>,
) -> Result<(), StoreError> {
    let closed = jobs::Entity::update_many()
        .col_expr(jobs::Column::State, Expr::value(state.as_str()))
        .col_expr(jobs::Column::LeaseToken, Expr::value(Option::<Uuid>::None))
        .col_expr(jobs::Column::LeaseUntil, Expr::value(Option::<i64>::None))
        .col_expr(jobs::Column::FinishedAt, Expr::value(Time::now()))
        .col_expr(
            jobs::Column::LastError,
            Expr::value(error.map(str::to_owned)),
        )
        .filter(jobs::Column::Id.eq(fence.job.uuid()))
        .filter(jobs::Column::LeaseToken.eq(fence.token))
        .exec(tx.db())
        .await
        .doing("finish a job")?;
    if closed.rows_affected == 1 {
        Ok(())
    } else {
        Err(StoreError::LeaseLost)
    }
}

/// Gives a held job back to the queue; the lease is checked in the same write.
pub(super) async fn requeue(
    tx: &mut Tx,
    fence: Fence,
    run_at: Time,
    error: Option<&str>,
    attempt: Attempt,
) -> Result<(), StoreError> {
    tx.check(fence).await?;
    let row = jobs::Entity::find_by_id(fence.job.uuid())
        .one(tx.db())
        .await
        .doing("find a job")?
        .ok_or(StoreError::LeaseLost)?;
    let attempts = row.attempts;
    let mut row: jobs::ActiveModel = row.into();
    row.state = Set(JobState::Queued);
    row.lease_token = Set(None);
    row.lease_until = Set(None);
    row.run_at = Set(run_at);
    row.last_error = Set(error.map(str::to_owned));
    if attempt == Attempt::IsForgiven {
        row.attempts = Set((attempts - 1).max(0));
    }
    row.update(tx.db()).await.doing("queue a job again")?;
    tx.wake_workers();
    Ok(())
}

pub(super) async fn cancel(tx: &Tx, id: JobId) -> Result<bool, StoreError> {
    let row = jobs::Entity::find_by_id(id.uuid())
        .one(tx.db())
        .await
        .doing("find a job")?
        .ok_or(StoreError::NotFound { what: "job" })?;
    let waiting = row.state == JobState::Queued;
    let mut row: jobs::ActiveModel = row.into();
    row.cancel_requested = Set(true);
    if waiting {
        row.state = Set(JobState::Cancelled);
        row.finished_at = Set(Some(Time::now()));
    }
    row.update(tx.db()).await.doing("cancel a job")?;
    Ok(waiting)
}

//! Runs and their steps, as they are asked for and looked at. What a worker writes while it performs is in
//! `run_progress.rs`.

use std::collections::BTreeMap;

use ids::{ArtifactId, JobId, RecordingId, RunId, ScheduleId, UserId};
use sea_orm::sea_query::{Expr, ExprTrait as _, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Set, TransactionTrait,
};
use serde_json::json;

use super::{NewJob, Turn, jobs, recordings, schedule_turns};
use crate::entity::{run_steps, runs};
use crate::error::Doing;
use crate::tx::Tx;
use crate::{
    Page, Paged, RunFailure, RunOptions, RunStatus, StepDetail, StepStatus, StoreError, Subject,
    Time,
};

repository! {
    /// Runs and their steps.
    Runs
}

/// One performance of a recording.
#[derive(Clone, Debug)]
pub struct Run {
    /// Which one.
    pub id: RunId,
    /// What is performed.
    pub recording_id: RecordingId,
    /// Which version of it.
    pub revision: u32,
    /// What it was called when the run was asked for.
    pub recording_name: String,
    /// The job that performs it.
    pub job: JobId,
    /// What it has in common with the runs on other engines that were asked for with it.
    pub group: Option<RunId>,
    /// The schedule that asked for it.
    pub schedule: Option<ScheduleId>,
    /// Where it stands.
    pub status: RunStatus,
    /// How it is to be performed.
    pub options: RunOptions,
    /// Steps of the recording; 0 until a worker has read it.
    pub steps_total: u32,
    /// Steps that passed.
    pub steps_passed: u32,
    /// Steps that failed.
    pub steps_failed: u32,
    /// Steps that were not performed.
    pub steps_skipped: u32,
    /// Steps that passed on another element than their selectors name; they are among the passed ones.
    pub steps_healed: u32,
    /// Why it did not pass.
    pub error: Option<RunFailure>,
    /// From 1; 0 while no worker has taken it.
    pub attempt: u32,
    /// When it was asked for.
    pub created_at: Time,
    /// When the latest attempt began.
    pub started_at: Option<Time>,
    /// When it ended.
    pub finished_at: Option<Time>,
}

/// One step of a run.
#[derive(Clone, Debug)]
pub struct RunStep {
    /// From 0.
    pub index: u32,
    /// The step's id in the recording.
    pub step_id: String,
    /// `click`, `input`, …
    pub kind: String,
    /// A sentence.
    pub title: String,
    /// Where it stands.
    pub status: StepStatus,
    /// When it began.
    pub started_at: Option<Time>,
    /// How long it took.
    pub duration_ms: Option<u64>,
    /// What is known beyond that.
    pub detail: StepDetail,
    /// The picture after it.
    pub screenshot: Option<ArtifactId>,
    /// Where the page was after it.
    pub url: Option<String>,
}

/// A run that is asked for.
#[derive(Clone, Debug)]
pub struct NewRun {
    /// What is performed, at its latest revision.
    pub recording: RecordingId,
    /// Who asked.
    pub user: Option<UserId>,
    /// How it is to be performed.
    pub options: RunOptions,
    /// Not before this moment.
    pub start_at: Time,
    /// The queue that it waits in.
    pub queue: String,
    /// After so many lost workers it is given up.
    pub max_attempts: u32,
    /// The schedule that asks for it, when none of the people does.
    pub schedule: Option<Turn>,
}

/// Which runs are wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct RunFilter {
    /// Only those of this recording.
    pub recording: Option<RecordingId>,
    /// Only those that this schedule asked for.
    pub schedule: Option<ScheduleId>,
    /// Only those that stand here.
    pub status: Option<RunStatus>,
}

/// The job kind of runs, and the key of its payload.
pub(crate) const RUN_JOB: &str = "run";

impl From<runs::Model> for Run {
    fn from(row: runs::Model) -> Self {
        let count = |value: i32| u32::try_from(value).unwrap_or(0);
        Self {
            id: row.id.into(),
            recording_id: row.recording_id.into(),
            revision: count(row.revision),
            recording_name: row.recording_name,
            job: row.job_id.into(),
            group: row.group_id.map(RunId::from),
            schedule: row.schedule_id.map(ScheduleId::from),
            status: row.status,
            options: row.options,
            steps_total: count(row.steps_total),
            steps_passed: count(row.steps_passed),
            steps_failed: count(row.steps_failed),
            steps_skipped: count(row.steps_skipped),
            steps_healed: count(row.steps_healed),
            error: row.error,
            attempt: count(row.attempt),
            created_at: row.created_at,
            started_at: row.started_at,
            finished_at: row.finished_at,
        }
    }
}

impl From<run_steps::Model> for RunStep {
    fn from(row: run_steps::Model) -> Self {
        Self {
            index: u32::try_from(row.idx).unwrap_or(0),
            step_id: row.step_id,
            kind: row.kind,
            title: row.title,
            status: row.status,
            started_at: row.started_at,
            duration_ms: row.duration_ms.and_then(|ms| u64::try_from(ms).ok()),
            detail: row.detail,
            screenshot: row.screenshot.map(ArtifactId::from),
            url: row.url,
        }
    }
}

impl Runs<'_> {
    /// Asks for a run: its row and its job appear together.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such recording, [`StoreError::TurnTaken`] when the schedule's moment is not
    /// there any more.
    pub async fn create(&self, mut new: NewRun) -> Result<Run, StoreError> {
        new.options = self.sealed(new.options)?;
        let mut tx = self.store.begin().await?;
        let recording = recordings::alive(&tx, new.recording).await?;
        let run = insert(&mut tx, &recording, new, RunId::new(), None).await?;
        tx.commit().await?;
        Ok(run)
    }

    /// The values that a run was given for its variables.
    ///
    /// # Errors
    /// [`StoreError::Vault`] when they were sealed in another data folder.
    pub fn values(&self, options: &RunOptions) -> Result<BTreeMap<String, String>, StoreError> {
        // Runs of before values were sealed have them in clear.
        let mut values = options.variables.clone();
        if let Some(sealed) = &options.sealed {
            values.extend(self.store.vault().unseal_values(sealed)?);
        }
        Ok(values)
    }

    /// The options as the database may keep them.
    pub(super) fn sealed(&self, mut options: RunOptions) -> Result<RunOptions, StoreError> {
        if options.variables.is_empty() {
            return Ok(options);
        }
        let values = self.values(&options)?;
        options.sealed = Some(self.store.vault().seal_values(&values)?);
        options.variables.clear();
        Ok(options)
    }

    /// One run that was not deleted.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn get(&self, id: RunId) -> Result<Run, StoreError> {
        found(self.store.read(), id).await.map(Run::from)
    }

    /// The steps of a run in their order.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn steps(&self, id: RunId) -> Result<Vec<RunStep>, StoreError> {
        steps(self.store.read(), id).await
    }

    /// One run that was not deleted, and its steps of the same moment: never one attempt's run with another's steps.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn with_steps(&self, id: RunId) -> Result<(Run, Vec<RunStep>), StoreError> {
        let moment = self.store.read().begin().await.doing("read a run")?;
        let run = found(&moment, id).await?;
        let steps = steps(&moment, id).await?;
        moment.commit().await.doing("read a run")?;
        Ok((run.into(), steps))
    }

    /// A page of runs, newest first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn list(&self, filter: RunFilter, page: Page) -> Result<Paged<Run>, StoreError> {
        let mut query = runs::Entity::find().filter(runs::Column::DeletedAt.eq(0));
        if let Some(recording) = filter.recording {
            query = query.filter(runs::Column::RecordingId.eq(recording.uuid()));
        }
        if let Some(schedule) = filter.schedule {
            query = query.filter(runs::Column::ScheduleId.eq(schedule.uuid()));
        }
        // The first of a group stands for all of them.
        query = query.filter(
            runs::Column::GroupId
                .is_null()
                .or(Expr::col(runs::Column::GroupId).equals(runs::Column::Id)),
        );
        if let Some(status) = filter.status {
            let stand_here = |column: runs::Column| {
                Query::select()
                    .column(column)
                    .from(runs::Entity)
                    .and_where(runs::Column::Status.eq(status))
                    .and_where(runs::Column::DeletedAt.eq(0))
                    .and_where(column.is_not_null())
                    .to_owned()
            };
            let itself = runs::Column::Id.in_subquery(stand_here(runs::Column::Id));
            let one_of_them = runs::Column::Id.in_subquery(stand_here(runs::Column::GroupId));
            query = query.filter(itself.or(one_of_them));
        }
        let total = query
            .clone()
            .count(self.store.read())
            .await
            .doing("count runs")?;
        let rows = query
            .order_by_desc(runs::Column::Id)
            .offset(page.offset())
            .limit(page.limit())
            .all(self.store.read())
            .await
            .doing("list runs")?;
        Ok(Paged {
            items: rows.into_iter().map(Run::from).collect(),
            total,
        })
    }

    /// Asks for a run to be stopped: a waiting one ends at once, a running one when its worker hears of it. A finished
    /// one stays as it is.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn cancel(&self, id: RunId) -> Result<Run, StoreError> {
        let mut tx = self.store.begin().await?;
        let run: Run = alive(&tx, id).await?.into();
        if run.status.is_final() {
            return Ok(run);
        }
        let waiting = jobs::cancel(&tx, run.job).await?;
        if waiting {
            let end = super::RunEnd {
                status: RunStatus::Cancelled,
                error: None,
            };
            super::run_progress::end(&mut tx, id, end).await?;
        } else {
            tx.append(Subject::Run, id.uuid(), "run.cancelling", json!({}))
                .await?;
        }
        tx.commit().await?;
        self.get(id).await
    }

    /// Takes a finished run out of the lists. Answers `false` when it is not finished.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn delete(&self, id: RunId) -> Result<bool, StoreError> {
        let tx = self.store.begin().await?;
        let row = alive(&tx, id).await?;
        if !row.status.is_final() {
            return Ok(false);
        }
        let mut row: runs::ActiveModel = row.into();
        row.deleted_at = Set(Time::now().as_micros());
        row.update(tx.db()).await.doing("delete a run")?;
        tx.commit().await?;
        Ok(true)
    }
}

/// A run and its job.
pub(super) async fn insert(
    tx: &mut Tx,
    recording: &crate::entity::recordings::Model,
    new: NewRun,
    id: RunId,
    group: Option<RunId>,
) -> Result<Run, StoreError> {
    let job = NewJob {
        queue: new.queue,
        kind: RUN_JOB.to_owned(),
        payload: json!({ "runId": id }),
        priority: 0,
        run_at: new.start_at,
        max_attempts: new.max_attempts,
        dedupe_key: None,
    };
    let job = jobs::insert(tx, job).await?;
    let row = runs::ActiveModel {
        id: Set(id.uuid()),
        recording_id: Set(recording.id),
        revision: Set(recording.revision),
        recording_name: Set(recording.name.clone()),
        user_id: Set(new.user.map(UserId::uuid)),
        job_id: Set(job.uuid()),
        group_id: Set(group.map(RunId::uuid)),
        schedule_id: Set(new.schedule.as_ref().map(|turn| turn.schedule.uuid())),
        status: Set(RunStatus::Queued),
        options: Set(new.options),
        steps_total: Set(recording.steps),
        steps_passed: Set(0),
        steps_failed: Set(0),
        steps_skipped: Set(0),
        steps_healed: Set(0),
        error: Set(None),
        attempt: Set(0),
        created_at: Set(Time::now()),
        started_at: Set(None),
        finished_at: Set(None),
        deleted_at: Set(0),
    };
    let row = row.insert(tx.db()).await.doing("keep a run")?;
    // The first run of a group stands for it.
    if group.is_none_or(|group| group == id) {
        if let Some(turn) = &new.schedule {
            schedule_turns::begin(tx, turn, id).await?;
        }
        let mut recording: crate::entity::recordings::ActiveModel = recording.clone().into();
        recording.last_run_id = Set(Some(id.uuid()));
        recording
            .update(tx.db())
            .await
            .doing("note the last run of a recording")?;
    }
    tx.append(
        Subject::Run,
        id.uuid(),
        "run.queued",
        json!({ "recordingId": new.recording }),
    )
    .await?;
    Ok(row.into())
}

pub(super) async fn alive(tx: &Tx, id: RunId) -> Result<runs::Model, StoreError> {
    found(tx.db(), id).await
}

async fn steps(db: &impl ConnectionTrait, id: RunId) -> Result<Vec<RunStep>, StoreError> {
    let rows = run_steps::Entity::find()
        .filter(run_steps::Column::RunId.eq(id.uuid()))
        .order_by_asc(run_steps::Column::Idx)
        .all(db)
        .await
        .doing("list the steps of a run")?;
    Ok(rows.into_iter().map(RunStep::from).collect())
}

async fn found(db: &impl ConnectionTrait, id: RunId) -> Result<runs::Model, StoreError> {
    runs::Entity::find_by_id(id.uuid())
        .filter(runs::Column::DeletedAt.eq(0))
        .one(db)
        .await
        .doing("find a run")?
        .ok_or(StoreError::NotFound { what: "run" })
}

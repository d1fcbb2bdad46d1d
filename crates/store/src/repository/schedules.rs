//! Schedules, as people make and change them. What happens at their moments is in `schedule_turns.rs`.

use ids::{RecordingId, RunId, ScheduleId, UserId};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Set,
};
use serde_json::Value;

use crate::entity::schedules;
use crate::error::Doing;
use crate::tx::Tx;
use crate::{Page, Paged, StoreError, Time};

repository! {
    /// When runs begin again and again.
    Schedules
}

/// When runs of a recording begin, again and again.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    /// Which one.
    pub id: ScheduleId,
    /// Who made it.
    pub user: Option<UserId>,
    /// What people call it.
    pub name: String,
    /// What is performed.
    pub recording: RecordingId,
    /// How it is performed, as it was asked for, without values of variables.
    pub request: Value,
    /// What was sealed with it; [`Schedules::secrets`] opens it.
    pub sealed: Option<String>,
    /// When, as a cron expression.
    pub cron: String,
    /// Where the clock hangs that the expression is read by: a name such as `Europe/Berlin`.
    pub time_zone: String,
    /// Whether it is in force.
    pub is_enabled: bool,
    /// Why it is not, when nobody paused it.
    pub disabled_why: Option<String>,
    /// When the next run begins.
    pub next_at: Option<Time>,
    /// The latest run that it asked for.
    pub last_run: Option<RunId>,
    /// The latest moment that passed without a run, unless a run began since.
    pub last_skipped_at: Option<Time>,
    /// Why it did.
    pub last_skipped_why: Option<String>,
    /// When it was made.
    pub created_at: Time,
    /// When it was last changed by a person.
    pub updated_at: Time,
}

/// What a schedule asks for.
#[derive(Clone, Debug)]
pub struct ScheduledRequest {
    /// What is performed.
    pub recording: RecordingId,
    /// How, without what nobody may read.
    pub request: Value,
    /// What nobody may read: it is kept sealed.
    pub secrets: Option<String>,
}

/// A schedule that is made.
#[derive(Clone, Debug)]
pub struct NewSchedule {
    /// Who makes it.
    pub user: Option<UserId>,
    /// What people call it.
    pub name: String,
    /// What it asks for.
    pub run: ScheduledRequest,
    /// When, as a cron expression.
    pub cron: String,
    /// Where the clock hangs.
    pub time_zone: String,
    /// Whether it is in force.
    pub is_enabled: bool,
    /// When the first run begins.
    pub next_at: Option<Time>,
}

/// What becomes another; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct ScheduleChange {
    /// What people call it.
    pub name: Option<String>,
    /// What it asks for.
    pub run: Option<ScheduledRequest>,
    /// When, as a cron expression.
    pub cron: Option<String>,
    /// Where the clock hangs.
    pub time_zone: Option<String>,
    /// Whether it is in force.
    pub is_enabled: Option<bool>,
    /// When the next run begins.
    pub next_at: Option<Option<Time>>,
}

/// Which schedules are wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct ScheduleFilter {
    /// Only those of this recording.
    pub recording: Option<RecordingId>,
}

impl From<schedules::Model> for Schedule {
    fn from(row: schedules::Model) -> Self {
        Self {
            id: row.id.into(),
            user: row.user_id.map(UserId::from),
            name: row.name,
            recording: row.recording_id.into(),
            request: row.request,
            sealed: row.sealed,
            cron: row.cron,
            time_zone: row.time_zone,
            is_enabled: row.enabled,
            disabled_why: row.disabled_why,
            next_at: row.next_at,
            last_run: row.last_run_id.map(RunId::from),
            last_skipped_at: row.last_skipped_at,
            last_skipped_why: row.last_skipped_why,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

impl Schedules<'_> {
    /// Keeps a schedule.
    ///
    /// # Errors
    /// [`StoreError::Vault`] or [`StoreError::Database`].
    pub async fn create(&self, new: NewSchedule) -> Result<Schedule, StoreError> {
        let now = Time::now();
        let row = schedules::ActiveModel {
            id: Set(ScheduleId::new().uuid()),
            user_id: Set(new.user.map(UserId::uuid)),
            name: Set(new.name),
            recording_id: Set(new.run.recording.uuid()),
            request: Set(new.run.request),
            sealed: Set(self.sealed(new.run.secrets.as_deref())?),
            cron: Set(new.cron),
            time_zone: Set(new.time_zone),
            enabled: Set(new.is_enabled),
            disabled_why: Set(None),
            next_at: Set(new.next_at),
            last_run_id: Set(None),
            last_skipped_at: Set(None),
            last_skipped_why: Set(None),
            created_at: Set(now),
            updated_at: Set(now),
            deleted_at: Set(0),
        };
        let tx = self.store.begin().await?;
        let row = row.insert(tx.db()).await.doing("keep a schedule")?;
        self.commit(tx).await?;
        Ok(row.into())
    }

    /// What the schedule keeps sealed.
    ///
    /// # Errors
    /// [`StoreError::Vault`] when it was sealed in another data folder.
    pub fn secrets(&self, schedule: &Schedule) -> Result<Option<String>, StoreError> {
        let sealed = schedule.sealed.as_deref();
        sealed
            .map(|sealed| self.store.vault().unseal(sealed))
            .transpose()
    }

    /// One schedule that was not deleted.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn get(&self, id: ScheduleId) -> Result<Schedule, StoreError> {
        alive(self.store.read(), id).await.map(Schedule::from)
    }

    /// A page of schedules, newest first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn list(
        &self,
        filter: ScheduleFilter,
        page: Page,
    ) -> Result<Paged<Schedule>, StoreError> {
        let mut query = schedules::Entity::find().filter(schedules::Column::DeletedAt.eq(0));
        if let Some(recording) = filter.recording {
            query = query.filter(schedules::Column::RecordingId.eq(recording.uuid()));
        }
        let total = query
            .clone()
            .count(self.store.read())
            .await
            .doing("count schedules")?;
        let rows = query
            .order_by_desc(schedules::Column::Id)
            .offset(page.offset())
            .limit(page.limit())
            .all(self.store.read())
            .await
            .doing("list schedules")?;
        Ok(Paged {
            items: rows.into_iter().map(Schedule::from).collect(),
            total,
        })
    }

    /// Changes a schedule. One that is put in force again says no more why it was not.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::Vault`] or [`StoreError::Database`].
    pub async fn change(
        &self,
        id: ScheduleId,
        change: ScheduleChange,
    ) -> Result<Schedule, StoreError> {
        let tx = self.store.begin().await?;
        let mut row: schedules::ActiveModel = alive(tx.db(), id).await?.into();
        if let Some(run) = change.run {
            row.recording_id = Set(run.recording.uuid());
            row.request = Set(run.request);
            row.sealed = Set(self.sealed(run.secrets.as_deref())?);
        }
        if let Some(is_enabled) = change.is_enabled {
            row.enabled = Set(is_enabled);
            row.disabled_why = Set(None);
        }
        if let Some(name) = change.name {
            row.name = Set(name);
        }
        if let Some(cron) = change.cron {
            row.cron = Set(cron);
        }
        if let Some(time_zone) = change.time_zone {
            row.time_zone = Set(time_zone);
        }
        if let Some(next_at) = change.next_at {
            row.next_at = Set(next_at);
        }
        row.updated_at = Set(Time::now());
        let row = row.update(tx.db()).await.doing("change a schedule")?;
        self.commit(tx).await?;
        Ok(row.into())
    }

    /// Takes a schedule out of the lists; no run of it begins any more.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn delete(&self, id: ScheduleId) -> Result<(), StoreError> {
        let tx = self.store.begin().await?;
        let mut row: schedules::ActiveModel = alive(tx.db(), id).await?.into();
        row.deleted_at = Set(Time::now().as_micros());
        row.update(tx.db()).await.doing("delete a schedule")?;
        self.commit(tx).await
    }

    /// Puts a deleted schedule back into the lists, without a moment: whoever asks for it computes the next one.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn restore(&self, id: ScheduleId) -> Result<Schedule, StoreError> {
        let tx = self.store.begin().await?;
        let row = schedules::Entity::find_by_id(id.uuid())
            .one(tx.db())
            .await
            .doing("find a schedule")?
            .ok_or(StoreError::NotFound { what: "schedule" })?;
        if row.deleted_at == 0 {
            return Ok(row.into());
        }
        let mut row: schedules::ActiveModel = row.into();
        row.deleted_at = Set(0);
        row.next_at = Set(None);
        let row = row.update(tx.db()).await.doing("restore a schedule")?;
        self.commit(tx).await?;
        Ok(row.into())
    }

    fn sealed(&self, secrets: Option<&str>) -> Result<Option<String>, StoreError> {
        secrets
            .map(|text| self.store.vault().seal(text))
            .transpose()
    }

    /// Whoever waits for the earliest moment looks again.
    async fn commit(&self, tx: Tx) -> Result<(), StoreError> {
        tx.commit().await?;
        self.store.hub().announce_schedule();
        Ok(())
    }
}

async fn alive(db: &impl ConnectionTrait, id: ScheduleId) -> Result<schedules::Model, StoreError> {
    schedules::Entity::find_by_id(id.uuid())
        .filter(schedules::Column::DeletedAt.eq(0))
        .one(db)
        .await
        .doing("find a schedule")?
        .ok_or(StoreError::NotFound { what: "schedule" })
}

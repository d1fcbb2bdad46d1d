//! The turns of schedules: each moment is taken once, by one server, whether a run begins then or not.

use ids::{RunId, ScheduleId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, UpdateMany};
use serde_json::{Value, json};

use super::schedules::{Schedule, Schedules};
use crate::entity::schedules;
use crate::error::Doing;
use crate::tx::Tx;
use crate::{StoreError, Subject, Time};

/// Due schedules of one look; the others are there at the next one, which follows at once.
const AT_ONCE: u64 = 100;

/// What a schedule asks a run for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Which one.
    pub schedule: ScheduleId,
    /// The moment that is taken with it; nothing when a person asked for the run.
    pub claim: Option<Claim>,
}

/// A moment of a schedule, and the one that follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The moment that came.
    pub due: Time,
    /// When the schedule is due again; never when `None`.
    pub next: Option<Time>,
}

impl Schedules<'_> {
    /// The schedules whose moment has come, the oldest moment first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn due(&self, now: Time) -> Result<Vec<Schedule>, StoreError> {
        let rows = schedules::Entity::find()
            .filter(schedules::Column::DeletedAt.eq(0))
            .filter(schedules::Column::Enabled.eq(true))
            .filter(schedules::Column::NextAt.lte(now))
            .order_by_asc(schedules::Column::NextAt)
            .limit(AT_ONCE)
            .all(self.store.read())
            .await
            .doing("find due schedules")?;
        Ok(rows.into_iter().map(Schedule::from).collect())
    }

    /// The earliest moment of all schedules.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn earliest(&self) -> Result<Option<Time>, StoreError> {
        let row = schedules::Entity::find()
            .filter(schedules::Column::DeletedAt.eq(0))
            .filter(schedules::Column::Enabled.eq(true))
            .filter(schedules::Column::NextAt.is_not_null())
            .order_by_asc(schedules::Column::NextAt)
            .one(self.store.read())
            .await
            .doing("find the earliest schedule")?;
        Ok(row.and_then(|row| row.next_at))
    }

    /// Takes the moment without a run, and says why. Answers `false` when it was taken already.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn skip(&self, id: ScheduleId, claim: Claim, why: &str) -> Result<bool, StoreError> {
        let update = claimed(id, claim)
            .col_expr(schedules::Column::LastSkippedAt, Expr::value(claim.due))
            .col_expr(schedules::Column::LastSkippedWhy, Expr::value(why));
        self.told(update, id, "schedule.skipped", why).await
    }

    /// Takes the moment and lets no other follow, and says why. Answers `false` when it was taken already.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn disable(&self, id: ScheduleId, due: Time, why: &str) -> Result<bool, StoreError> {
        let update = claimed(id, Claim { due, next: None })
            .col_expr(schedules::Column::Enabled, Expr::value(false))
            .col_expr(schedules::Column::DisabledWhy, Expr::value(why));
        self.told(update, id, "schedule.disabled", why).await
    }

    async fn told(
        &self,
        update: UpdateMany<schedules::Entity>,
        id: ScheduleId,
        kind: &str,
        why: &str,
    ) -> Result<bool, StoreError> {
        let mut tx = self.store.begin().await?;
        if !done(&tx, update).await? {
            return Ok(false);
        }
        append(&mut tx, id, kind, json!({ "reason": why })).await?;
        tx.commit().await?;
        Ok(true)
    }
}

/// Takes the turn's moment for this run, in the write that makes the run: there is never one without the other.
pub(super) async fn begin(tx: &mut Tx, turn: &Turn, run: RunId) -> Result<(), StoreError> {
    let id = turn.schedule;
    let update = match turn.claim {
        Some(claim) => claimed(id, claim),
        None => one(id),
    };
    let update = update
        .col_expr(schedules::Column::LastRunId, Expr::value(run.uuid()))
        .col_expr(
            schedules::Column::LastSkippedAt,
            Expr::value(Option::<i64>::None),
        )
        .col_expr(
            schedules::Column::LastSkippedWhy,
            Expr::value(Option::<String>::None),
        );
    if !done(tx, update).await? {
        return Err(StoreError::TurnTaken);
    }
    append(tx, id, "schedule.started", json!({ "runId": run })).await
}

/// Compares and sets: whoever finds another moment there has come too late.
fn claimed(id: ScheduleId, claim: Claim) -> UpdateMany<schedules::Entity> {
    one(id)
        .col_expr(
            schedules::Column::NextAt,
            Expr::value(claim.next.map(Time::as_micros)),
        )
        .filter(schedules::Column::NextAt.eq(claim.due))
        .filter(schedules::Column::Enabled.eq(true))
}

fn one(id: ScheduleId) -> UpdateMany<schedules::Entity> {
    schedules::Entity::update_many()
        .filter(schedules::Column::Id.eq(id.uuid()))
        .filter(schedules::Column::DeletedAt.eq(0))
}

async fn done(tx: &Tx, update: UpdateMany<schedules::Entity>) -> Result<bool, StoreError> {
    let result = update
        .exec(tx.db())
        .await
        .doing("take the moment of a schedule")?;
    Ok(result.rows_affected == 1)
}

async fn append(tx: &mut Tx, id: ScheduleId, kind: &str, payload: Value) -> Result<(), StoreError> {
    tx.append(Subject::Schedule, id.uuid(), kind, payload)
        .await
        .map(drop)
}

//! Approved pictures of visual checks. Each approval is a row; the newest that was not undone counts, so that undoing one
//! brings back the picture before it.

use ids::{BaselineId, RecordingId, RunId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};

use super::runs::alive;
use crate::entity::{artifacts, baselines, run_steps};
use crate::error::Doing;
use crate::{StoreError, Time};

repository! {
    /// Approved pictures of visual checks.
    Baselines
}

/// What a picture is a baseline for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaselineOf {
    /// The recording.
    pub recording: RecordingId,
    /// The step's id in it.
    pub step_id: String,
    /// The engine that draws.
    pub engine: String,
    /// What it draws on: `1280x720`, `390x844@3`.
    pub screen: String,
}

impl Baselines<'_> {
    /// Where the bytes of the approved picture are, if one was approved.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn current(&self, of: &BaselineOf) -> Result<Option<String>, StoreError> {
        let found = baselines::Entity::find()
            .filter(baselines::Column::RecordingId.eq(of.recording.uuid()))
            .filter(baselines::Column::StepId.eq(&of.step_id))
            .filter(baselines::Column::Engine.eq(&of.engine))
            .filter(baselines::Column::Screen.eq(&of.screen))
            .filter(baselines::Column::UndoneAt.eq(0))
            .order_by_desc(baselines::Column::Id)
            .one(self.store.read())
            .await
            .doing("find a baseline")?;
        Ok(found.map(|row| row.key))
    }

    /// Makes the picture that a step of a run left the baseline of that step. Doing it twice is doing it once.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such run or the step left no picture, or [`StoreError::Database`].
    pub async fn approve(&self, run: RunId, index: u32) -> Result<(), StoreError> {
        let tx = self.store.begin().await?;
        let row = alive(&tx, run).await?;
        let step = run_steps::Entity::find()
            .filter(run_steps::Column::RunId.eq(run.uuid()))
            .filter(run_steps::Column::Idx.eq(number(index)))
            .one(tx.db())
            .await
            .doing("find a step")?
            .ok_or(StoreError::NotFound { what: "step" })?;
        let nothing = StoreError::NotFound {
            what: "picture to approve",
        };
        let Some(visual) = step.detail.visual else {
            return Err(nothing);
        };
        let Some(picture) = visual.actual else {
            return Err(nothing);
        };
        let picture = artifacts::Entity::find_by_id(picture.uuid())
            .one(tx.db())
            .await
            .doing("find a file")?
            .ok_or(nothing)?;
        let known = standing(run)
            .filter(baselines::Column::StepIndex.eq(number(index)))
            .one(tx.db())
            .await
            .doing("find a baseline")?;
        if known.is_some() {
            return Ok(());
        }
        let new = baselines::ActiveModel {
            id: Set(BaselineId::new().uuid()),
            recording_id: Set(row.recording_id),
            step_id: Set(visual.step_id.unwrap_or(step.step_id)),
            engine: Set(visual.engine),
            screen: Set(visual.screen),
            key: Set(picture.key),
            run_id: Set(run.uuid()),
            step_index: Set(number(index)),
            created_at: Set(Time::now()),
            undone_at: Set(0),
        };
        new.insert(tx.db()).await.doing("keep a baseline")?;
        tx.commit().await
    }

    /// Takes an approval back; the picture that was approved before it counts again.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the step's picture is not approved, or [`StoreError::Database`].
    pub async fn undo(&self, run: RunId, index: u32) -> Result<(), StoreError> {
        let tx = self.store.begin().await?;
        let undone = baselines::Entity::update_many()
            .col_expr(baselines::Column::UndoneAt, Expr::value(Time::now()))
            .filter(baselines::Column::RunId.eq(run.uuid()))
            .filter(baselines::Column::StepIndex.eq(number(index)))
            .filter(baselines::Column::UndoneAt.eq(0))
            .exec(tx.db())
            .await
            .doing("undo a baseline")?;
        if undone.rows_affected == 0 {
            return Err(StoreError::NotFound { what: "approval" });
        }
        tx.commit().await
    }

    /// The steps of a run whose pictures are approved.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn approved_in(&self, run: RunId) -> Result<Vec<u32>, StoreError> {
        let rows: Vec<i32> = standing(run)
            .select_only()
            .column(baselines::Column::StepIndex)
            .into_tuple()
            .all(self.store.read())
            .await
            .doing("list baselines")?;
        Ok(rows
            .into_iter()
            .filter_map(|index| u32::try_from(index).ok())
            .collect())
    }
}

/// Approvals of a run that were not undone.
fn standing(run: RunId) -> sea_orm::Select<baselines::Entity> {
    baselines::Entity::find()
        .filter(baselines::Column::RunId.eq(run.uuid()))
        .filter(baselines::Column::UndoneAt.eq(0))
}

fn number(index: u32) -> i32 {
    i32::try_from(index).unwrap_or(i32::MAX)
}

//! Runs of one request on several engines, or with several rows of data. They share a group, whose id is that of the
//! first of them, which stands for all of them in lists.

use std::collections::HashMap;

use ids::RunId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::NewRun;
use super::recordings;
use super::runs::{Run, Runs, insert};
use crate::entity::runs;
use crate::error::Doing;
use crate::{RunOptions, RunStatus, StoreError};

impl Runs<'_> {
    /// Asks for a run with each of these options: all of them appear together, or none.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such recording, [`StoreError::TurnTaken`] when the schedule's moment is not
    /// there any more.
    pub async fn create_all(
        &self,
        new: NewRun,
        options: Vec<RunOptions>,
    ) -> Result<Vec<Run>, StoreError> {
        let mut tx = self.store.begin().await?;
        let recording = recordings::alive(&tx, new.recording).await?;
        let group = RunId::new();
        let mut runs = Vec::with_capacity(options.len());
        for options in options {
            let one = NewRun {
                options: self.sealed(options)?,
                ..new.clone()
            };
            let id = if runs.is_empty() { group } else { RunId::new() };
            runs.push(insert(&mut tx, &recording, one, id, Some(group)).await?);
        }
        tx.commit().await?;
        Ok(runs)
    }

    /// The runs of these groups that were not deleted, by group, in the order in which they were asked for.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn groups(&self, groups: &[RunId]) -> Result<HashMap<RunId, Vec<Run>>, StoreError> {
        let mut found: HashMap<RunId, Vec<Run>> = HashMap::new();
        if groups.is_empty() {
            return Ok(found);
        }
        let rows = runs::Entity::find()
            .filter(runs::Column::GroupId.is_in(groups.iter().map(|group| group.uuid())))
            .filter(runs::Column::DeletedAt.eq(0))
            .order_by_asc(runs::Column::Id)
            .all(self.store.read())
            .await
            .doing("list the runs of a group")?;
        for run in rows.into_iter().map(Run::from) {
            if let Some(group) = run.group {
                found.entry(group).or_default().push(run);
            }
        }
        Ok(found)
    }

    /// The run and those that were asked for with it, in that order.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn together(&self, id: RunId) -> Result<Vec<Run>, StoreError> {
        let run = self.get(id).await?;
        let Some(group) = run.group else {
            return Ok(vec![run]);
        };
        let mut groups = self.groups(&[group]).await?;
        Ok(groups.remove(&group).unwrap_or_else(|| vec![run]))
    }
}

impl RunStatus {
    /// Where several runs stand as one: running while one of them is not over, then the worst of them.
    #[must_use]
    pub fn of_all(runs: &[Self]) -> Self {
        let any = |status: Self| runs.contains(&status);
        if runs.iter().all(|status| *status == Self::Queued) {
            return Self::Queued;
        }
        if runs.iter().any(|status| !status.is_final()) {
            return Self::Running;
        }
        [Self::Failed, Self::TimedOut, Self::Cancelled]
            .into_iter()
            .find(|worst| any(*worst))
            .unwrap_or(Self::Passed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_runs_are_over_when_all_are_and_as_good_as_the_worst() {
        use RunStatus::{Cancelled, Failed, Passed, Queued, Running, TimedOut};
        for (runs, whole) in [
            (&[Queued, Queued][..], Queued),
            (&[Passed, Queued], Running),
            (&[Failed, Running], Running),
            (&[Passed, Failed, Cancelled], Failed),
            (&[Passed, TimedOut], TimedOut),
            (&[Passed, Cancelled], Cancelled),
            (&[Passed, Passed], Passed),
        ] {
            assert_eq!(RunStatus::of_all(runs), whole, "{runs:?}");
        }
    }
}

//! One write: rows and the events that tell of them, all or nothing.

use ids::JobId;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseConnection, DatabaseTransaction, EntityTrait, NotSet,
    PaginatorTrait, QueryFilter, QuerySelect, Set, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use serde_json::Value;
use uuid::Uuid;

use crate::entity::{events, jobs};
use crate::error::Doing;
use crate::hub::EventHub;
use crate::{JobState, StoreError, Subject, Time};

/// Proof that a worker holds a job: writes that carry it fail once another worker has taken the job over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fence {
    pub(crate) job: JobId,
    pub(crate) token: Uuid,
}

impl Fence {
    /// The job that is held.
    #[must_use]
    pub fn job(&self) -> JobId {
        self.job
    }
}

/// A write in progress. Dropping it without [`Tx::commit`] undoes it.
pub(crate) struct Tx {
    inner: DatabaseTransaction,
    hub: EventHub,
    appended: Vec<(Subject, Uuid)>,
    queued: bool,
}

impl Tx {
    pub(crate) async fn begin(
        write: &DatabaseConnection,
        hub: EventHub,
    ) -> Result<Self, StoreError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let inner = write
            .begin_with_options(options)
            .await
            .doing("begin a write")?;
        Ok(Self {
            inner,
            hub,
            appended: Vec::new(),
            queued: false,
        })
    }

    pub(crate) fn db(&self) -> &DatabaseTransaction {
        &self.inner
    }

    /// Makes it last, then wakes those who wait for what it changed.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        self.inner.commit().await.doing("commit a write")?;
        for (subject, id) in self.appended {
            self.hub.announce_event(subject, id);
        }
        if self.queued {
            self.hub.announce_job();
        }
        Ok(())
    }

    /// Fails unless the fence still stands.
    pub(crate) async fn check(&self, fence: Fence) -> Result<(), StoreError> {
        let held = jobs::Entity::find_by_id(fence.job.uuid())
            .filter(jobs::Column::LeaseToken.eq(fence.token))
            .filter(jobs::Column::State.eq(JobState::Running))
            .count(self.db())
            .await
            .doing("check a lease")?;
        if held == 1 {
            Ok(())
        } else {
            Err(StoreError::LeaseLost)
        }
    }

    /// Appends to the subject's log; the sequence has no gaps because there is one writer.
    pub(crate) async fn append(
        &mut self,
        subject: Subject,
        id: Uuid,
        kind: &str,
        payload: Value,
    ) -> Result<i64, StoreError> {
        let last: Option<i64> = events::Entity::find()
            .select_only()
            .column_as(Expr::col(events::Column::Seq).max(), "last")
            .filter(events::Column::Subject.eq(subject))
            .filter(events::Column::SubjectId.eq(id))
            .into_tuple::<Option<i64>>()
            .one(self.db())
            .await
            .doing("read the event log")?
            .flatten();
        let seq = last.unwrap_or(0) + 1;
        events::ActiveModel {
            id: NotSet,
            subject: Set(subject),
            subject_id: Set(id),
            seq: Set(seq),
            kind: Set(kind.to_owned()),
            payload: Set(payload),
            at: Set(Time::now()),
        }
        .insert(self.db())
        .await
        .doing("append to the event log")?;
        self.appended.push((subject, id));
        Ok(seq)
    }

    /// Workers of this process are woken after the commit.
    pub(crate) fn wake_workers(&mut self) {
        self.queued = true;
    }
}

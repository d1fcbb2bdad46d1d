//! What went wrong in sessions and runs.

use data_encoding::HEXLOWER;
use ids::{ErrorId, RunId, SessionId};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::Owner;
use crate::entity::{errors, sessions};
use crate::error::Doing;
use crate::tx::{Fence, Tx};
use crate::{ErrorKind, EvidenceRefs, Page, Paged, Severity, StoreError, Subject, Time};

repository! {
    /// What went wrong in sessions and runs.
    Errors
}

/// Something that went wrong.
#[derive(Clone, Debug)]
pub struct ErrorRecord {
    /// Which one.
    pub id: ErrorId,
    /// What it is about.
    pub kind: ErrorKind,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence.
    pub message: String,
    /// More, when there is more.
    pub detail: Option<String>,
    /// Where in the page's code.
    pub stack: Option<String>,
    /// The page, or the address that failed.
    pub url: Option<String>,
    /// The session that met it.
    pub session_id: Option<SessionId>,
    /// The run that met it.
    pub run_id: Option<RunId>,
    /// The step that met it, from 0.
    pub step_index: Option<u32>,
    /// When it was met first.
    pub occurred_at: Time,
    /// How often it was met.
    pub count: u64,
    /// What was gathered.
    pub evidence: EvidenceRefs,
}

/// An error on its way in.
#[derive(Clone, Debug)]
pub struct NewError {
    /// Chosen by who met it, so that evidence that comes later can name it.
    pub id: ErrorId,
    /// Who met it.
    pub owner: Owner,
    /// The step that met it, from 0.
    pub step_index: Option<u32>,
    /// What it is about.
    pub kind: ErrorKind,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence.
    pub message: String,
    /// More, when there is more.
    pub detail: Option<String>,
    /// Where in the page's code.
    pub stack: Option<String>,
    /// The page, or the address that failed.
    pub url: Option<String>,
    /// What was gathered.
    pub evidence: EvidenceRefs,
}

/// Which errors are wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct ErrorFilter {
    /// Only those of this session.
    pub session: Option<SessionId>,
    /// Only those of this run.
    pub run: Option<RunId>,
    /// Only those this bad.
    pub severity: Option<Severity>,
    /// Only those about this.
    pub kind: Option<ErrorKind>,
}

impl From<errors::Model> for ErrorRecord {
    fn from(row: errors::Model) -> Self {
        Self {
            id: row.id.into(),
            kind: row.kind,
            severity: row.severity,
            message: row.message,
            detail: row.detail,
            stack: row.stack,
            url: row.url,
            session_id: row.session_id.map(SessionId::from),
            run_id: row.run_id.map(RunId::from),
            step_index: row.step_index.and_then(|index| u32::try_from(index).ok()),
            occurred_at: row.occurred_at,
            count: u64::try_from(row.count).unwrap_or(0),
            evidence: row.evidence,
        }
    }
}

impl Errors<'_> {
    /// Keeps an error; the same one met again by the same owner counts up instead. Answers under which id it is kept and
    /// whether it was new.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn record(&self, new: NewError) -> Result<(ErrorId, bool), StoreError> {
        let mut tx = self.store.begin().await?;
        let recorded = record(&mut tx, new).await?;
        tx.commit().await?;
        Ok(recorded)
    }

    /// Keeps an error of a run that a worker holds.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] or [`StoreError::Database`].
    pub async fn record_fenced(
        &self,
        fence: Fence,
        new: NewError,
    ) -> Result<(ErrorId, bool), StoreError> {
        let mut tx = self.store.begin().await?;
        tx.check(fence).await?;
        let recorded = record(&mut tx, new).await?;
        tx.commit().await?;
        Ok(recorded)
    }

    /// Adds what was gathered after the error was kept.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn set_evidence(
        &self,
        id: ErrorId,
        evidence: EvidenceRefs,
    ) -> Result<(), StoreError> {
        let tx = self.store.begin().await?;
        let row = errors::Entity::find_by_id(id.uuid())
            .one(tx.db())
            .await
            .doing("find an error")?
            .ok_or(StoreError::NotFound { what: "error" })?;
        let mut row: errors::ActiveModel = row.into();
        row.evidence = Set(evidence);
        row.update(tx.db())
            .await
            .doing("keep the evidence of an error")?;
        tx.commit().await
    }

    /// One error.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn get(&self, id: ErrorId) -> Result<ErrorRecord, StoreError> {
        let found = errors::Entity::find_by_id(id.uuid())
            .one(self.store.read())
            .await
            .doing("find an error")?;
        found
            .map(ErrorRecord::from)
            .ok_or(StoreError::NotFound { what: "error" })
    }

    /// A page of errors, newest first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn list(
        &self,
        filter: ErrorFilter,
        page: Page,
    ) -> Result<Paged<ErrorRecord>, StoreError> {
        let mut query = errors::Entity::find();
        if let Some(session) = filter.session {
            query = query.filter(errors::Column::SessionId.eq(session.uuid()));
        }
        if let Some(run) = filter.run {
            query = query.filter(errors::Column::RunId.eq(run.uuid()));
        }
        if let Some(severity) = filter.severity {
            query = query.filter(errors::Column::Severity.eq(severity));
        }
        if let Some(kind) = filter.kind {
            query = query.filter(errors::Column::Kind.eq(kind));
        }
        let total = query
            .clone()
            .count(self.store.read())
            .await
            .doing("count errors")?;
        let rows = query
            .order_by_desc(errors::Column::Id)
            .offset(page.offset())
            .limit(page.limit())
            .all(self.store.read())
            .await
            .doing("list errors")?;
        Ok(Paged {
            items: rows.into_iter().map(ErrorRecord::from).collect(),
            total,
        })
    }
}

pub(super) async fn record(tx: &mut Tx, new: NewError) -> Result<(ErrorId, bool), StoreError> {
    let now = Time::now();
    let fingerprint = fingerprint(&new);
    let (session_id, run_id, subject, subject_id, of_owner) = match new.owner {
        Owner::Session(id) => (
            Some(id.uuid()),
            None,
            Subject::Session,
            id.uuid(),
            errors::Column::SessionId.eq(id.uuid()),
        ),
        Owner::Run(id) => (
            None,
            Some(id.uuid()),
            Subject::Run,
            id.uuid(),
            errors::Column::RunId.eq(id.uuid()),
        ),
    };
    let known = errors::Entity::find()
        .filter(of_owner)
        .filter(errors::Column::Fingerprint.eq(&fingerprint))
        .one(tx.db())
        .await
        .doing("find an error")?;
    if let Some(known) = known {
        let id = known.id;
        let count = known.count + 1;
        let mut row: errors::ActiveModel = known.into();
        row.count = Set(count);
        row.last_at = Set(now);
        row.update(tx.db()).await.doing("count an error")?;
        return Ok((id.into(), false));
    }
    let id = new.id;
    let payload = json!({ "errorId": id, "kind": new.kind, "severity": new.severity, "message": new.message });
    let row = errors::ActiveModel {
        id: Set(id.uuid()),
        session_id: Set(session_id),
        run_id: Set(run_id),
        step_index: Set(new.step_index.and_then(|index| i32::try_from(index).ok())),
        kind: Set(new.kind),
        severity: Set(new.severity),
        message: Set(new.message),
        detail: Set(new.detail),
        stack: Set(new.stack),
        url: Set(new.url),
        fingerprint: Set(fingerprint),
        count: Set(1),
        evidence: Set(new.evidence),
        occurred_at: Set(now),
        last_at: Set(now),
    };
    row.insert(tx.db()).await.doing("keep an error")?;
    if let Some(session) = session_id {
        sessions::Entity::update_many()
            .col_expr(
                sessions::Column::Errors,
                Expr::col(sessions::Column::Errors).add(1),
            )
            .filter(sessions::Column::Id.eq(session))
            .exec(tx.db())
            .await
            .doing("count the errors of a session")?;
    }
    tx.append(subject, subject_id, "error", payload).await?;
    Ok((id, true))
}

/// Two errors with the same fingerprint are the same error met twice.
fn fingerprint(new: &NewError) -> String {
    let mut hash = Sha256::new();
    let step = new.step_index.map(|index| index.to_string());
    let parts = [
        Some(new.kind.as_str()),
        Some(new.severity.as_str()),
        Some(new.message.as_str()),
        new.stack.as_deref(),
        new.url.as_deref(),
        step.as_deref(),
    ];
    for part in parts {
        hash.update(part.unwrap_or("\u{1}").as_bytes());
        hash.update([0]);
    }
    HEXLOWER.encode(&hash.finalize())
}

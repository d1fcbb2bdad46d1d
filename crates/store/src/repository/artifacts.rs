//! What is known of stored files.

use std::time::Duration;

use ids::{ArtifactId, RunId, SessionId};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use crate::blobs::StoredBlob;
use crate::entity::artifacts;
use crate::error::Doing;
use crate::tx::{Fence, Tx};
use crate::{ArtifactKind, StoreError, Time};

repository! {
    /// What is known of stored files.
    Artifacts
}

/// What a file belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A live session.
    Session(SessionId),
    /// A run.
    Run(RunId),
}

/// A stored file.
#[derive(Clone, Debug)]
pub struct Artifact {
    /// Which one.
    pub id: ArtifactId,
    /// What it is.
    pub kind: ArtifactKind,
    /// Carries the owner's id and the moment.
    pub name: String,
    /// Where its bytes are.
    pub key: String,
    /// Read from the bytes.
    pub content_type: String,
    /// Bytes.
    pub size: u64,
    /// Of the bytes, in hexadecimal.
    pub sha256: String,
    /// The session that it belongs to.
    pub session_id: Option<SessionId>,
    /// The run that it belongs to.
    pub run_id: Option<RunId>,
    /// The step that it belongs to, from 0.
    pub step_index: Option<u32>,
    /// Whether it was made because of an error.
    pub is_error: bool,
    /// When it was made.
    pub created_at: Time,
}

/// A file whose bytes are stored and whose row is not yet.
#[derive(Clone, Debug)]
pub struct NewArtifact {
    /// What it is.
    pub kind: ArtifactKind,
    /// What it belongs to.
    pub owner: Owner,
    /// The step that it belongs to, from 0.
    pub step_index: Option<u32>,
    /// Whether it was made because of an error.
    pub is_error: bool,
    /// The last part of the name: a word, or the file's own name.
    pub label: String,
    /// The stored bytes.
    pub blob: StoredBlob,
}

impl Artifact {
    /// Whether this is the file that was kept under `label`, whatever characters the label lost on the way.
    #[must_use]
    pub fn was_labelled(&self, label: &str) -> bool {
        self.name
            .split_once('_')
            .and_then(|(_, rest)| rest.split_once('_'))
            .is_some_and(|(_, kept)| {
                let plain = plain(label);
                kept == plain
                    || kept
                        .strip_prefix(plain.as_str())
                        .is_some_and(|rest| rest.starts_with('.'))
            })
    }
}

impl From<artifacts::Model> for Artifact {
    fn from(row: artifacts::Model) -> Self {
        Self {
            id: row.id.into(),
            kind: row.kind,
            name: row.name,
            key: row.key,
            content_type: row.content_type,
            size: u64::try_from(row.size).unwrap_or(0),
            sha256: row.sha256,
            session_id: row.session_id.map(SessionId::from),
            run_id: row.run_id.map(RunId::from),
            step_index: row.step_index.and_then(|index| u32::try_from(index).ok()),
            is_error: row.is_error,
            created_at: row.created_at,
        }
    }
}

impl Artifacts<'_> {
    /// Keeps what is known of a stored file.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn create(&self, new: NewArtifact) -> Result<Artifact, StoreError> {
        let tx = self.store.begin().await?;
        let artifact = insert(&tx, new).await?;
        tx.commit().await?;
        Ok(artifact)
    }

    /// Keeps what is known of a file that a held job left.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] or [`StoreError::Database`].
    pub async fn create_fenced(
        &self,
        fence: Fence,
        new: NewArtifact,
    ) -> Result<Artifact, StoreError> {
        let tx = self.store.begin().await?;
        tx.check(fence).await?;
        let artifact = insert(&tx, new).await?;
        tx.commit().await?;
        Ok(artifact)
    }

    /// Keeps what is known of a stored file, unless the same owner got the same content just before: what two listeners
    /// tell of is one file.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn create_once(
        &self,
        new: NewArtifact,
        within: Duration,
    ) -> Result<Artifact, StoreError> {
        let tx = self.store.begin().await?;
        let known = artifacts::Entity::find()
            .filter(of(new.owner))
            .filter(artifacts::Column::Kind.eq(new.kind))
            .filter(artifacts::Column::Sha256.eq(&new.blob.sha256))
            .filter(artifacts::Column::CreatedAt.gt(Time::now().minus(within)))
            .one(tx.db())
            .await
            .doing("find a file")?;
        if let Some(known) = known {
            return Ok(known.into());
        }
        let artifact = insert(&tx, new).await?;
        tx.commit().await?;
        Ok(artifact)
    }

    /// One file.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn get(&self, id: ArtifactId) -> Result<Artifact, StoreError> {
        let found = artifacts::Entity::find_by_id(id.uuid())
            .filter(artifacts::Column::DeletedAt.eq(0))
            .one(self.store.read())
            .await
            .doing("find a file")?;
        found
            .map(Artifact::from)
            .ok_or(StoreError::NotFound { what: "artifact" })
    }

    /// The files of one owner, oldest first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn of_owner(&self, owner: Owner) -> Result<Vec<Artifact>, StoreError> {
        let rows = artifacts::Entity::find()
            .filter(of(owner))
            .filter(artifacts::Column::DeletedAt.eq(0))
            .order_by_asc(artifacts::Column::Id)
            .all(self.store.read())
            .await
            .doing("list files")?;
        Ok(rows.into_iter().map(Artifact::from).collect())
    }
}

fn of(owner: Owner) -> Expr {
    match owner {
        Owner::Session(id) => artifacts::Column::SessionId.eq(id.uuid()),
        Owner::Run(id) => artifacts::Column::RunId.eq(id.uuid()),
    }
}

pub(super) async fn insert(tx: &Tx, new: NewArtifact) -> Result<Artifact, StoreError> {
    let now = Time::now();
    let (session_id, run_id) = match new.owner {
        Owner::Session(id) => (Some(id), None),
        Owner::Run(id) => (None, Some(id)),
    };
    let row = artifacts::ActiveModel {
        id: Set(ArtifactId::new().uuid()),
        kind: Set(new.kind),
        name: Set(file_name(new.owner, now, &new.label, new.blob.extension)),
        key: Set(new.blob.key),
        content_type: Set(new.blob.content_type.to_owned()),
        size: Set(i64::try_from(new.blob.size).unwrap_or(i64::MAX)),
        sha256: Set(new.blob.sha256),
        session_id: Set(session_id.map(SessionId::uuid)),
        run_id: Set(run_id.map(RunId::uuid)),
        step_index: Set(new.step_index.and_then(|index| i32::try_from(index).ok())),
        is_error: Set(new.is_error),
        created_at: Set(now),
        deleted_at: Set(0),
    };
    Ok(row.insert(tx.db()).await.doing("keep a file")?.into())
}

/// `run-<id>_20261102T093000.250Z_step-3.jpg`: what it belongs to and when, also after it was downloaded.
fn file_name(owner: Owner, at: Time, label: &str, extension: &str) -> String {
    let (kind, id) = match owner {
        Owner::Session(id) => ("session", id.uuid()),
        Owner::Run(id) => ("run", id.uuid()),
    };
    let label = plain(label);
    let suffix = format!(".{extension}");
    let suffix = if label.contains('.') || label.ends_with(&suffix) {
        ""
    } else {
        suffix.as_str()
    };
    format!("{kind}-{id}_{}_{label}{suffix}", at.for_file_name())
}

/// A label may come from a page: nothing in it may mean a folder or a header.
fn plain(label: &str) -> String {
    let kept: String = label
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '(' | ')') {
                c
            } else {
                '-'
            }
        })
        .take(100)
        .collect();
    let kept = kept.trim_matches(['.', '-']);
    if kept.is_empty() {
        "file".to_owned()
    } else {
        kept.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{Owner, file_name, plain};
    use crate::Time;
    use ids::RunId;

    #[test]
    fn a_hostile_label_cannot_leave_the_folder() {
        assert_eq!(plain("../../etc/passwd"), "etc-passwd");
        assert_eq!(plain("a\r\nSet-Cookie: x"), "a--Set-Cookie--x");
        assert_eq!(plain("..."), "file");
    }

    #[test]
    fn a_name_carries_the_owner_and_the_moment() {
        let id = RunId::new();
        let name = file_name(Owner::Run(id), Time::from_micros(0), "step-3", "jpg");
        assert_eq!(name, format!("run-{id}_19700101T000000.000Z_step-3.jpg"));
    }
}

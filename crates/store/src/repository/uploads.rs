//! Files that viewers sent for a page's file chooser.

use std::path::PathBuf;

use ids::{SessionId, UploadId};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};
use uuid::Uuid;

use crate::entity::uploads;
use crate::error::Doing;
use crate::{StoreError, Time};

repository! {
    /// Files that viewers sent.
    Uploads
}

/// A file that a viewer sent; it lives as long as its session.
#[derive(Clone, Debug)]
pub struct Upload {
    /// Which one.
    pub id: UploadId,
    /// The session that may use it.
    pub session_id: SessionId,
    /// The name that the page will see.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Where it lies on this machine.
    pub path: PathBuf,
    /// When it was sent.
    pub created_at: Time,
}

impl From<uploads::Model> for Upload {
    fn from(row: uploads::Model) -> Self {
        Self {
            id: row.id.into(),
            session_id: row.session_id.into(),
            name: row.name,
            size: u64::try_from(row.size).unwrap_or(0),
            path: row.path.into(),
            created_at: row.created_at,
        }
    }
}

impl Uploads<'_> {
    /// Keeps what is known of a file that was received.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn create(&self, upload: &Upload) -> Result<(), StoreError> {
        let tx = self.store.begin().await?;
        let row = uploads::ActiveModel {
            id: Set(upload.id.uuid()),
            session_id: Set(upload.session_id.uuid()),
            name: Set(upload.name.clone()),
            size: Set(i64::try_from(upload.size).unwrap_or(i64::MAX)),
            path: Set(upload.path.to_string_lossy().into_owned()),
            created_at: Set(upload.created_at),
        };
        row.insert(tx.db()).await.doing("keep an upload")?;
        tx.commit().await
    }

    /// The files of a session among those asked for.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn of_session(
        &self,
        session: SessionId,
        ids: &[UploadId],
    ) -> Result<Vec<Upload>, StoreError> {
        let wanted: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
        let rows = uploads::Entity::find()
            .filter(uploads::Column::SessionId.eq(session.uuid()))
            .filter(uploads::Column::Id.is_in(wanted))
            .all(self.store.read())
            .await
            .doing("find uploads")?;
        Ok(rows.into_iter().map(Upload::from).collect())
    }
}

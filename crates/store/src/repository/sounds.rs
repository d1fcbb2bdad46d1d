//! Sounds that films are given: a voice, music.

use ids::{SoundId, UserId};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Set,
};

use crate::entity::sounds;
use crate::error::Doing;
use crate::{Page, Paged, StoreError, StoredBlob, Time};

repository! {
    /// Sounds that films are given.
    Sounds
}

/// A sound that films are given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sound {
    /// Which one.
    pub id: SoundId,
    /// What it is called: the name of the file that was sent.
    pub name: String,
    /// Where its bytes are.
    pub key: String,
    /// Of the bytes, in hexadecimal.
    pub sha256: String,
    /// Its content type, read from the bytes.
    pub content_type: String,
    /// Bytes.
    pub size: u64,
    /// How the sound is kept in the file, for example `mp3`.
    pub codec: String,
    /// Milliseconds.
    pub duration_ms: u64,
    /// When it was sent.
    pub created_at: Time,
}

/// A sound that was sent.
#[derive(Clone, Debug)]
pub struct NewSound {
    /// Who sent it.
    pub user: Option<UserId>,
    /// What it is called.
    pub name: String,
    /// Its bytes.
    pub blob: StoredBlob,
    /// How the sound is kept in the file.
    pub codec: String,
    /// Milliseconds.
    pub duration_ms: u64,
}

impl From<sounds::Model> for Sound {
    fn from(row: sounds::Model) -> Self {
        let count = |value: i64| u64::try_from(value).unwrap_or(0);
        Self {
            id: row.id.into(),
            name: row.name,
            key: row.key,
            sha256: row.sha256,
            content_type: row.content_type,
            size: count(row.size),
            codec: row.codec,
            duration_ms: count(row.duration_ms),
            created_at: row.created_at,
        }
    }
}

impl Sounds<'_> {
    /// Keeps what is known of a sound whose bytes are stored.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn create(&self, new: NewSound) -> Result<Sound, StoreError> {
        let count = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
        let tx = self.store.begin().await?;
        let row = sounds::ActiveModel {
            id: Set(SoundId::new().uuid()),
            user_id: Set(new.user.map(UserId::uuid)),
            name: Set(new.name),
            key: Set(new.blob.key),
            sha256: Set(new.blob.sha256),
            content_type: Set(new.blob.content_type.to_owned()),
            size: Set(count(new.blob.size)),
            codec: Set(new.codec),
            duration_ms: Set(count(new.duration_ms)),
            created_at: Set(Time::now()),
            deleted_at: Set(0),
        };
        let row = row.insert(tx.db()).await.doing("keep a sound")?;
        tx.commit().await?;
        Ok(row.into())
    }

    /// One sound that was not deleted.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn get(&self, id: SoundId) -> Result<Sound, StoreError> {
        alive(self.store.read(), id).await.map(Sound::from)
    }

    /// A page of sounds, newest first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn list(&self, page: Page) -> Result<Paged<Sound>, StoreError> {
        let query = sounds::Entity::find().filter(sounds::Column::DeletedAt.eq(0));
        let total = query
            .clone()
            .count(self.store.read())
            .await
            .doing("count sounds")?;
        let rows = query
            .order_by_desc(sounds::Column::Id)
            .offset(page.offset())
            .limit(page.limit())
            .all(self.store.read())
            .await
            .doing("list sounds")?;
        Ok(Paged {
            items: rows.into_iter().map(Sound::from).collect(),
            total,
        })
    }

    /// Takes a sound out of the lists; films that have it keep it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn delete(&self, id: SoundId) -> Result<(), StoreError> {
        let tx = self.store.begin().await?;
        let row = alive(tx.db(), id).await?;
        set_deleted(&tx, row, Time::now().as_micros()).await?;
        tx.commit().await
    }

    /// Puts a deleted sound back into the lists; one that is there stays.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn restore(&self, id: SoundId) -> Result<Sound, StoreError> {
        let tx = self.store.begin().await?;
        let row = sounds::Entity::find_by_id(id.uuid())
            .one(tx.db())
            .await
            .doing("find a sound")?
            .ok_or(StoreError::NotFound { what: "sound" })?;
        let row = set_deleted(&tx, row, 0).await?;
        tx.commit().await?;
        Ok(row.into())
    }
}

async fn set_deleted(
    tx: &crate::tx::Tx,
    row: sounds::Model,
    at: i64,
) -> Result<sounds::Model, StoreError> {
    let mut row: sounds::ActiveModel = row.into();
    row.deleted_at = Set(at);
    row.update(tx.db()).await.doing("delete or restore a sound")
}

async fn alive(db: &impl ConnectionTrait, id: SoundId) -> Result<sounds::Model, StoreError> {
    sounds::Entity::find_by_id(id.uuid())
        .filter(sounds::Column::DeletedAt.eq(0))
        .one(db)
        .await
        .doing("find a sound")?
        .ok_or(StoreError::NotFound { what: "sound" })
}

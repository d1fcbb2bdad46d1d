//! Pictures that are laid over films: a logo.

use ids::{PictureId, UserId};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Set,
};

use crate::entity::pictures;
use crate::error::Doing;
use crate::{Page, Paged, StoreError, StoredBlob, Time};

repository! {
    /// Pictures that are laid over films.
    Pictures
}

/// A picture that is laid over films.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Which one.
    pub id: PictureId,
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
    /// Pixels, with the side up that is meant to be.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// When it was sent.
    pub created_at: Time,
}

/// A picture that was sent.
#[derive(Clone, Debug)]
pub struct NewPicture {
    /// Who sent it.
    pub user: Option<UserId>,
    /// What it is called.
    pub name: String,
    /// Its bytes.
    pub blob: StoredBlob,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

impl From<pictures::Model> for Picture {
    fn from(row: pictures::Model) -> Self {
        let pixels = |value: i32| u32::try_from(value).unwrap_or(0);
        Self {
            id: row.id.into(),
            name: row.name,
            key: row.key,
            sha256: row.sha256,
            content_type: row.content_type,
            size: u64::try_from(row.size).unwrap_or(0),
            width: pixels(row.width),
            height: pixels(row.height),
            created_at: row.created_at,
        }
    }
}

impl Pictures<'_> {
    /// Keeps what is known of a picture whose bytes are stored.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn create(&self, new: NewPicture) -> Result<Picture, StoreError> {
        let pixels = |value: u32| i32::try_from(value).unwrap_or(i32::MAX);
        let tx = self.store.begin().await?;
        let row = pictures::ActiveModel {
            id: Set(PictureId::new().uuid()),
            user_id: Set(new.user.map(UserId::uuid)),
            name: Set(new.name),
            key: Set(new.blob.key),
            sha256: Set(new.blob.sha256),
            content_type: Set(new.blob.content_type.to_owned()),
            size: Set(i64::try_from(new.blob.size).unwrap_or(i64::MAX)),
            width: Set(pixels(new.width)),
            height: Set(pixels(new.height)),
            created_at: Set(Time::now()),
            deleted_at: Set(0),
        };
        let row = row.insert(tx.db()).await.doing("keep a picture")?;
        tx.commit().await?;
        Ok(row.into())
    }

    /// One picture that was not deleted.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn get(&self, id: PictureId) -> Result<Picture, StoreError> {
        alive(self.store.read(), id).await.map(Picture::from)
    }

    /// A page of pictures, newest first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn list(&self, page: Page) -> Result<Paged<Picture>, StoreError> {
        let query = pictures::Entity::find().filter(pictures::Column::DeletedAt.eq(0));
        let total = query
            .clone()
            .count(self.store.read())
            .await
            .doing("count pictures")?;
        let rows = query
            .order_by_desc(pictures::Column::Id)
            .offset(page.offset())
            .limit(page.limit())
            .all(self.store.read())
            .await
            .doing("list pictures")?;
        Ok(Paged {
            items: rows.into_iter().map(Picture::from).collect(),
            total,
        })
    }

    /// Takes a picture out of the lists; films that have it keep it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn delete(&self, id: PictureId) -> Result<(), StoreError> {
        let tx = self.store.begin().await?;
        let row = alive(tx.db(), id).await?;
        set_deleted(&tx, row, Time::now().as_micros()).await?;
        tx.commit().await
    }

    /// Puts a deleted picture back into the lists; one that is there stays.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn restore(&self, id: PictureId) -> Result<Picture, StoreError> {
        let tx = self.store.begin().await?;
        let row = pictures::Entity::find_by_id(id.uuid())
            .one(tx.db())
            .await
            .doing("find a picture")?
            .ok_or(StoreError::NotFound { what: "picture" })?;
        let row = set_deleted(&tx, row, 0).await?;
        tx.commit().await?;
        Ok(row.into())
    }
}

async fn set_deleted(
    tx: &crate::tx::Tx,
    row: pictures::Model,
    at: i64,
) -> Result<pictures::Model, StoreError> {
    let mut row: pictures::ActiveModel = row.into();
    row.deleted_at = Set(at);
    row.update(tx.db())
        .await
        .doing("delete or restore a picture")
}

async fn alive(db: &impl ConnectionTrait, id: PictureId) -> Result<pictures::Model, StoreError> {
    pictures::Entity::find_by_id(id.uuid())
        .filter(pictures::Column::DeletedAt.eq(0))
        .one(db)
        .await
        .doing("find a picture")?
        .ok_or(StoreError::NotFound { what: "picture" })
}

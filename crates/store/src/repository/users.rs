//! People who may sign in.

use ids::UserId;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use crate::entity::users;
use crate::error::Doing;
use crate::tx::Tx;
use crate::{StoreError, Time};

repository! {
    /// People who may sign in.
    Users
}

/// A person who may sign in.
#[derive(Clone, Debug)]
pub struct User {
    /// Which one.
    pub id: UserId,
    /// What they sign in with.
    pub name: String,
    /// The argon2 hash of their password, when they set one.
    pub password_hash: Option<String>,
}

impl From<users::Model> for User {
    fn from(row: users::Model) -> Self {
        Self {
            id: row.id.into(),
            name: row.name,
            password_hash: row.password_hash,
        }
    }
}

impl Users<'_> {
    /// The owner of this installation, once claimed.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn owner(&self) -> Result<Option<User>, StoreError> {
        let found = users::Entity::find()
            .filter(users::Column::DeletedAt.eq(0))
            .order_by_asc(users::Column::Id)
            .one(self.store.read())
            .await
            .doing("find the owner")?;
        Ok(found.map(User::from))
    }

    /// The person of that name.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn by_name(&self, name: &str) -> Result<Option<User>, StoreError> {
        let found = users::Entity::find()
            .filter(users::Column::Name.eq(name))
            .filter(users::Column::DeletedAt.eq(0))
            .one(self.store.read())
            .await
            .doing("find a person")?;
        Ok(found.map(User::from))
    }

    /// Keeps the hash of a new password and ends all other sign-ins of that person.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn set_password(
        &self,
        id: UserId,
        hash: String,
        keep: &crate::TokenHash,
    ) -> Result<(), StoreError> {
        let tx = self.store.begin().await?;
        let Some(row) = users::Entity::find_by_id(id.uuid())
            .one(tx.db())
            .await
            .doing("find a person")?
        else {
            return Err(StoreError::NotFound { what: "person" });
        };
        let mut row: users::ActiveModel = row.into();
        row.password_hash = Set(Some(hash));
        row.update(tx.db()).await.doing("set a password")?;
        super::auth_sessions::end_others(&tx, id, keep).await?;
        tx.commit().await
    }
}

/// The owner, made now when there is none.
pub(super) async fn owner_or_new(tx: &Tx) -> Result<User, StoreError> {
    let found = users::Entity::find()
        .filter(users::Column::DeletedAt.eq(0))
        .order_by_asc(users::Column::Id)
        .one(tx.db())
        .await
        .doing("find the owner")?;
    if let Some(row) = found {
        return Ok(row.into());
    }
    let row = users::ActiveModel {
        id: Set(UserId::new().uuid()),
        name: Set("owner".to_owned()),
        password_hash: Set(None),
        role: Set("owner".to_owned()),
        created_at: Set(Time::now()),
        deleted_at: Set(0),
    };
    Ok(row.insert(tx.db()).await.doing("create the owner")?.into())
}

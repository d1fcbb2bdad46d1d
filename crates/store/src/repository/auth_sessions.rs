//! Sign-ins: what the cookie names.

use std::time::Duration;

use ids::UserId;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};
use uuid::Uuid;

use super::User;
use crate::entity::{auth_sessions, users};
use crate::error::Doing;
use crate::tx::Tx;
use crate::{StoreError, Time, TokenHash};

repository! {
    /// Sign-ins.
    AuthSessions
}

/// The last use is written at most this often: reading a page must not cost a write.
const TOUCH_EVERY: Duration = Duration::from_secs(300);

impl AuthSessions<'_> {
    /// Keeps a new sign-in.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn create(
        &self,
        user: UserId,
        token: &TokenHash,
        lasts: Duration,
    ) -> Result<(), StoreError> {
        let tx = self.store.begin().await?;
        insert(&tx, user, token, lasts).await?;
        tx.commit().await
    }

    /// Who signed in with this token, while that lasts.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn user_of(&self, token: &TokenHash) -> Result<Option<User>, StoreError> {
        let now = Time::now();
        let found = auth_sessions::Entity::find()
            .filter(auth_sessions::Column::TokenHash.eq(token.as_str()))
            .filter(auth_sessions::Column::ExpiresAt.gt(now))
            .one(self.store.read())
            .await
            .doing("find a sign-in")?;
        let Some(session) = found else {
            return Ok(None);
        };
        let user = users::Entity::find_by_id(session.user_id)
            .filter(users::Column::DeletedAt.eq(0))
            .one(self.store.read())
            .await
            .doing("find a person")?;
        if now.since(session.last_used_at) > TOUCH_EVERY {
            self.touch(session.id, now).await?;
        }
        Ok(user.map(User::from))
    }

    async fn touch(&self, id: Uuid, now: Time) -> Result<(), StoreError> {
        let tx = self.store.begin().await?;
        auth_sessions::Entity::update_many()
            .col_expr(auth_sessions::Column::LastUsedAt, Expr::value(now))
            .filter(auth_sessions::Column::Id.eq(id))
            .exec(tx.db())
            .await
            .doing("note the use of a sign-in")?;
        tx.commit().await
    }

    /// Ends a sign-in at once. Ending an unknown one changes nothing.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn end(&self, token: &TokenHash) -> Result<(), StoreError> {
        let tx = self.store.begin().await?;
        auth_sessions::Entity::delete_many()
            .filter(auth_sessions::Column::TokenHash.eq(token.as_str()))
            .exec(tx.db())
            .await
            .doing("end a sign-in")?;
        tx.commit().await
    }
}

pub(super) async fn insert(
    tx: &Tx,
    user: UserId,
    token: &TokenHash,
    lasts: Duration,
) -> Result<(), StoreError> {
    let now = Time::now();
    auth_sessions::Entity::delete_many()
        .filter(auth_sessions::Column::ExpiresAt.lte(now))
        .exec(tx.db())
        .await
        .doing("remove old sign-ins")?;
    let row = auth_sessions::ActiveModel {
        id: Set(Uuid::now_v7()),
        user_id: Set(user.uuid()),
        token_hash: Set(token.as_str().to_owned()),
        created_at: Set(now),
        last_used_at: Set(now),
        expires_at: Set(now.plus(lasts)),
    };
    row.insert(tx.db()).await.doing("keep a sign-in")?;
    Ok(())
}

pub(super) async fn end_others(tx: &Tx, user: UserId, keep: &TokenHash) -> Result<(), StoreError> {
    auth_sessions::Entity::delete_many()
        .filter(auth_sessions::Column::UserId.eq(user.uuid()))
        .filter(auth_sessions::Column::TokenHash.ne(keep.as_str()))
        .exec(tx.db())
        .await
        .doing("end other sign-ins")?;
    Ok(())
}

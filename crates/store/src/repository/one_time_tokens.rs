//! Links that work once.

use std::time::Duration;

use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};
use uuid::Uuid;

use super::{User, auth_sessions, users};
use crate::entity::one_time_tokens;
use crate::error::Doing;
use crate::{StoreError, Time, TokenHash, TokenPurpose};

repository! {
    /// Links that work once.
    OneTimeTokens
}

impl OneTimeTokens<'_> {
    /// Keeps the hash of a new token and forgets those that are over.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn issue(&self, token: &TokenHash, lasts: Duration) -> Result<(), StoreError> {
        let now = Time::now();
        let tx = self.store.begin().await?;
        one_time_tokens::Entity::delete_many()
            .filter(one_time_tokens::Column::ExpiresAt.lte(now))
            .exec(tx.db())
            .await
            .doing("remove old tokens")?;
        let row = one_time_tokens::ActiveModel {
            id: Set(Uuid::now_v7()),
            token_hash: Set(token.as_str().to_owned()),
            purpose: Set(TokenPurpose::SignIn),
            created_at: Set(now),
            expires_at: Set(now.plus(lasts)),
            used_at: Set(None),
        };
        row.insert(tx.db()).await.doing("keep a token")?;
        tx.commit().await
    }

    /// Uses the token up and signs the owner in, creating the owner on first use: all of it or nothing.
    ///
    /// # Errors
    /// [`StoreError::InvalidToken`] when it is unknown, used or too old.
    pub async fn sign_owner_in(
        &self,
        token: &TokenHash,
        sign_in: &TokenHash,
        lasts: Duration,
    ) -> Result<User, StoreError> {
        let now = Time::now();
        let tx = self.store.begin().await?;
        let used = one_time_tokens::Entity::update_many()
            .col_expr(one_time_tokens::Column::UsedAt, Expr::value(now))
            .filter(one_time_tokens::Column::TokenHash.eq(token.as_str()))
            .filter(one_time_tokens::Column::Purpose.eq(TokenPurpose::SignIn))
            .filter(one_time_tokens::Column::UsedAt.is_null())
            .filter(one_time_tokens::Column::ExpiresAt.gt(now))
            .exec(tx.db())
            .await
            .doing("use a token")?;
        if used.rows_affected == 0 {
            return Err(StoreError::InvalidToken);
        }
        let owner = users::owner_or_new(&tx).await?;
        auth_sessions::insert(&tx, owner.id, sign_in, lasts).await?;
        tx.commit().await?;
        Ok(owner)
    }
}

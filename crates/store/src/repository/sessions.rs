//! Live sessions, and what is left of them.

use ids::{ArtifactId, SessionId, UserId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use serde_json::json;

use crate::entity::sessions;
use crate::error::Doing;
use crate::tx::Tx;
use crate::{Page, Paged, SessionStatus, StoreError, Subject, Time, Viewport};

repository! {
    /// Live sessions, and what is left of them.
    Sessions
}

/// A live session, or what is left of one.
#[derive(Clone, Debug)]
pub struct Session {
    /// Which one.
    pub id: SessionId,
    /// What people call it.
    pub name: String,
    /// Where its first page was sent.
    pub url: String,
    /// Where it stands.
    pub status: SessionStatus,
    /// `chromium`, and later others.
    pub browser: String,
    /// Known once the browser is up.
    pub browser_version: Option<String>,
    /// Its screen at the start.
    pub viewport: Viewport,
    /// How many steps were recorded so far.
    pub steps: u32,
    /// How many different errors its pages met.
    pub errors: u64,
    /// The latest stored picture.
    pub thumbnail: Option<ArtifactId>,
    /// When it was asked for.
    pub created_at: Time,
    /// When it ended.
    pub ended_at: Option<Time>,
    /// Why it ended.
    pub end_reason: Option<String>,
}

/// A session on its way in.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// The id under which it runs.
    pub id: SessionId,
    /// Who asked.
    pub user: Option<UserId>,
    /// What people call it.
    pub name: String,
    /// Where its first page is sent.
    pub url: String,
    /// `chromium`, and later others.
    pub browser: String,
    /// Its screen.
    pub viewport: Viewport,
    /// Whether it records from the start.
    pub record: bool,
    /// The most frames a second.
    pub frame_rate: Option<u32>,
    /// JPEG quality.
    pub quality: Option<u32>,
}

/// Which sessions are wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct SessionFilter {
    /// Only those that stand here.
    pub status: Option<SessionStatus>,
}

impl From<sessions::Model> for Session {
    fn from(row: sessions::Model) -> Self {
        Self {
            id: row.id.into(),
            name: row.name,
            url: row.url,
            status: row.status,
            browser: row.browser,
            browser_version: row.browser_version,
            viewport: row.viewport,
            steps: u32::try_from(row.steps).unwrap_or(0),
            errors: u64::try_from(row.errors).unwrap_or(0),
            thumbnail: row.thumbnail.map(ArtifactId::from),
            created_at: row.created_at,
            ended_at: row.ended_at,
            end_reason: row.end_reason,
        }
    }
}

impl Sessions<'_> {
    /// Keeps a session. Who asks for it and who listens to it may both tell of it, in any order: the second one only
    /// adds who asked.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn create(&self, new: NewSession) -> Result<Session, StoreError> {
        let mut tx = self.store.begin().await?;
        let known = sessions::Entity::find_by_id(new.id.uuid())
            .one(tx.db())
            .await
            .doing("find a session")?;
        if let Some(known) = known {
            let Some(user) = new.user else {
                return Ok(known.into());
            };
            let mut row: sessions::ActiveModel = known.into();
            row.user_id = Set(Some(user.uuid()));
            let row = row
                .update(tx.db())
                .await
                .doing("note who asked for a session")?;
            tx.commit().await?;
            return Ok(row.into());
        }
        let row = sessions::ActiveModel {
            id: Set(new.id.uuid()),
            user_id: Set(new.user.map(UserId::uuid)),
            name: Set(new.name),
            url: Set(new.url),
            status: Set(SessionStatus::Starting),
            browser: Set(new.browser),
            browser_version: Set(None),
            viewport: Set(new.viewport),
            record: Set(new.record),
            frame_rate: Set(new.frame_rate.and_then(|rate| i32::try_from(rate).ok())),
            quality: Set(new.quality.and_then(|quality| i32::try_from(quality).ok())),
            steps: Set(0),
            errors: Set(0),
            thumbnail: Set(None),
            created_at: Set(Time::now()),
            ended_at: Set(None),
            end_reason: Set(None),
            deleted_at: Set(0),
        };
        let row = row.insert(tx.db()).await.doing("keep a session")?;
        tx.append(
            Subject::Session,
            row.id,
            "session.created",
            json!({ "url": row.url }),
        )
        .await?;
        tx.commit().await?;
        Ok(row.into())
    }

    /// One session.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn get(&self, id: SessionId) -> Result<Session, StoreError> {
        let found = sessions::Entity::find_by_id(id.uuid())
            .filter(sessions::Column::DeletedAt.eq(0))
            .one(self.store.read())
            .await
            .doing("find a session")?;
        found
            .map(Session::from)
            .ok_or(StoreError::NotFound { what: "session" })
    }

    /// A page of sessions, newest first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn list(
        &self,
        filter: SessionFilter,
        page: Page,
    ) -> Result<Paged<Session>, StoreError> {
        let mut query = sessions::Entity::find().filter(sessions::Column::DeletedAt.eq(0));
        if let Some(status) = filter.status {
            query = query.filter(sessions::Column::Status.eq(status));
        }
        let total = query
            .clone()
            .count(self.store.read())
            .await
            .doing("count sessions")?;
        let rows = query
            .order_by_desc(sessions::Column::Id)
            .offset(page.offset())
            .limit(page.limit())
            .all(self.store.read())
            .await
            .doing("list sessions")?;
        Ok(Paged {
            items: rows.into_iter().map(Session::from).collect(),
            total,
        })
    }

    /// The browser is up and the session can be watched.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn live(&self, id: SessionId, browser_version: &str) -> Result<(), StoreError> {
        let mut tx = self.store.begin().await?;
        sessions::Entity::update_many()
            .col_expr(
                sessions::Column::Status,
                Expr::value(SessionStatus::Live.as_str()),
            )
            .col_expr(
                sessions::Column::BrowserVersion,
                Expr::value(browser_version),
            )
            .filter(sessions::Column::Id.eq(id.uuid()))
            .filter(sessions::Column::Status.eq(SessionStatus::Starting))
            .exec(tx.db())
            .await
            .doing("note that a session is live")?;
        tx.append(
            Subject::Session,
            id.uuid(),
            "session.live",
            json!({ "browser": browser_version }),
        )
        .await?;
        tx.commit().await
    }

    /// So many steps were recorded so far.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn set_steps(&self, id: SessionId, steps: u32) -> Result<(), StoreError> {
        let tx = self.store.begin().await?;
        sessions::Entity::update_many()
            .col_expr(
                sessions::Column::Steps,
                Expr::value(i32::try_from(steps).unwrap_or(i32::MAX)),
            )
            .filter(sessions::Column::Id.eq(id.uuid()))
            .exec(tx.db())
            .await
            .doing("note the steps of a session")?;
        tx.commit().await
    }

    /// The latest picture.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn set_thumbnail(
        &self,
        id: SessionId,
        artifact: ArtifactId,
    ) -> Result<(), StoreError> {
        let tx = self.store.begin().await?;
        sessions::Entity::update_many()
            .col_expr(sessions::Column::Thumbnail, Expr::value(artifact.uuid()))
            .filter(sessions::Column::Id.eq(id.uuid()))
            .exec(tx.db())
            .await
            .doing("note the picture of a session")?;
        tx.commit().await
    }

    /// The session ended. The first reason stays; ending an ended one changes nothing.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn end(
        &self,
        id: SessionId,
        status: SessionStatus,
        reason: &str,
    ) -> Result<(), StoreError> {
        let mut tx = self.store.begin().await?;
        end(&mut tx, id, status, reason).await?;
        tx.commit().await
    }

    /// Ends every session that a server left behind when it died; answers with how many there were.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn end_orphans(&self, reason: &str) -> Result<usize, StoreError> {
        let open = [
            SessionStatus::Starting,
            SessionStatus::Live,
            SessionStatus::Stopping,
        ];
        let mut tx = self.store.begin().await?;
        let orphans = sessions::Entity::find()
            .filter(sessions::Column::Status.is_in(open))
            .all(tx.db())
            .await
            .doing("find orphaned sessions")?;
        for orphan in &orphans {
            end(&mut tx, orphan.id.into(), SessionStatus::Crashed, reason).await?;
        }
        tx.commit().await?;
        Ok(orphans.len())
    }
}

async fn end(
    tx: &mut Tx,
    id: SessionId,
    status: SessionStatus,
    reason: &str,
) -> Result<(), StoreError> {
    let ended = sessions::Entity::update_many()
        .col_expr(sessions::Column::Status, Expr::value(status.as_str()))
        .col_expr(sessions::Column::EndedAt, Expr::value(Time::now()))
        .col_expr(sessions::Column::EndReason, Expr::value(reason))
        .filter(sessions::Column::Id.eq(id.uuid()))
        .filter(sessions::Column::EndedAt.is_null())
        .exec(tx.db())
        .await
        .doing("end a session")?;
    if ended.rows_affected > 0 {
        let payload = json!({ "status": status, "reason": reason });
        tx.append(Subject::Session, id.uuid(), "session.ended", payload)
            .await?;
    }
    Ok(())
}

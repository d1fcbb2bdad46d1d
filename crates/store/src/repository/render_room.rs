//! The room that outputs of renders take. Equal jobs share their output: its bytes are counted once, and stay while any of
//! their renders has them.

use std::collections::HashSet;

use ids::RenderId;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, DerivePartialModel, EntityTrait, PaginatorTrait,
    QueryFilter, Set,
};
use serde_json::json;
use uuid::Uuid;

use super::renders::Renders;
use super::room::{Room, RoomTotals, remove_unnamed};
use crate::entity::renders;
use crate::error::Doing;
use crate::tx::Tx;
use crate::{Expiry, RenderOutput, RenderStatus, StoreError, Subject, Time};

#[derive(DerivePartialModel)]
#[sea_orm(entity = "renders::Entity")]
struct Row {
    id: Uuid,
    output: Option<RenderOutput>,
    page: Option<RenderOutput>,
    finished_at: Option<Time>,
    created_at: Time,
    pinned: bool,
    deleted_at: i64,
}

impl Renders<'_> {
    /// Renders that have an output, in the order in which they go. Of those that share bytes the last one has them.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn rooms(&self) -> Result<Vec<Room<RenderId>>, StoreError> {
        let rows = renders::Entity::find()
            .filter(renders::Column::Output.is_not_null())
            .filter(renders::Column::ExpiredAt.is_null())
            .into_partial_model::<Row>()
            .all(self.store.read())
            .await
            .doing("list the room that outputs of renders take")?;
        let mut rooms: Vec<(Room<RenderId>, Row)> = rows.into_iter().map(room).collect();
        rooms.sort_by_key(|(room, _)| room.turn());
        let mut counted = HashSet::new();
        for (room, row) in rooms.iter_mut().rev() {
            let files = [&row.output, &row.page].into_iter().flatten();
            let own = files.filter(|file| counted.insert(file.key.clone()));
            room.bytes = own.map(|file| file.size).sum();
        }
        Ok(rooms.into_iter().map(|(room, _)| room).collect())
    }

    /// What they take in all.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn totals(&self) -> Result<RoomTotals, StoreError> {
        Ok(RoomTotals::of(&self.rooms().await?))
    }

    /// Says that the output of a render is removed; for want of room that of all renders that have the same. Answers how many
    /// they are: none that is kept for good or that a job in the queue is answered from.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn expire(&self, id: RenderId, why: Expiry, now: Time) -> Result<u64, StoreError> {
        let mut tx = self.store.begin().await?;
        let row = renders::Entity::find_by_id(id.uuid())
            .one(tx.db())
            .await
            .doing("find a render")?
            .ok_or(StoreError::NotFound { what: "render" })?;
        let rows = match why {
            Expiry::Age => vec![row],
            Expiry::Space => with_the_same(&tx, row).await?,
        };
        let mut expired = 0;
        for row in rows {
            let stays = row.pinned || row.expired_at.is_some();
            if stays || is_needed(&tx, &row.content_key).await? {
                continue;
            }
            expire(&mut tx, row, why, now).await?;
            expired += 1;
        }
        tx.commit().await?;
        Ok(expired)
    }

    /// Removes the bytes of expired outputs, as those of films are.
    ///
    /// # Errors
    /// [`StoreError::Database`] or [`StoreError::Blob`].
    pub async fn remove_expired(&self, before: Time) -> Result<(), StoreError> {
        let rows = renders::Entity::find()
            .filter(renders::Column::ExpiredAt.is_not_null())
            .filter(
                Condition::any()
                    .add(renders::Column::Output.is_not_null())
                    .add(renders::Column::Page.is_not_null()),
            )
            .all(self.store.read())
            .await
            .doing("list expired renders")?;
        for row in rows {
            // Under the lock of a write nothing begins to name what is looked at.
            let tx = self.store.begin().await?;
            let files = [&row.output, &row.page].into_iter().flatten();
            if !remove_unnamed(self.store, &tx, files, before).await? {
                continue;
            }
            let mut row: renders::ActiveModel = row.into();
            row.output = Set(None);
            row.page = Set(None);
            row.update(tx.db()).await.doing("forget removed files")?;
            tx.commit().await?;
        }
        Ok(())
    }
}

fn room(row: Row) -> (Room<RenderId>, Row) {
    let room = Room {
        id: row.id.into(),
        bytes: 0,
        ended_at: row.finished_at.unwrap_or(row.created_at),
        is_pinned: row.pinned,
        is_deleted: row.deleted_at != 0,
    };
    (room, row)
}

/// A render and those whose removal it takes for its bytes to be free.
async fn with_the_same(tx: &Tx, row: renders::Model) -> Result<Vec<renders::Model>, StoreError> {
    let Some(output) = &row.output else {
        return Ok(vec![row]);
    };
    let rows = renders::Entity::find()
        .filter(renders::Column::Output.contains(&output.sha256))
        .filter(renders::Column::ExpiredAt.is_null())
        .all(tx.db())
        .await
        .doing("list renders with the same output")?;
    let is_the_same = |other: &renders::Model| other.output == row.output && other.page == row.page;
    Ok(rows.into_iter().filter(is_the_same).collect())
}

/// Whether a job that is not done yet asks for the same: it may be answered from what is there.
async fn is_needed(tx: &Tx, content_key: &str) -> Result<bool, StoreError> {
    let not_done = [
        RenderStatus::Queued,
        RenderStatus::Rendering,
        RenderStatus::Delivering,
    ];
    let waiting = renders::Entity::find()
        .filter(renders::Column::ContentKey.eq(content_key))
        .filter(renders::Column::Status.is_in(not_done))
        .count(tx.db())
        .await
        .doing("look for renders that wait for the same")?;
    Ok(waiting > 0)
}

async fn expire(
    tx: &mut Tx,
    row: renders::Model,
    why: Expiry,
    now: Time,
) -> Result<(), StoreError> {
    let id = row.id;
    let files = [&row.output, &row.page].into_iter().flatten();
    let payload = json!({ "why": why, "bytes": files.map(|file| file.size).sum::<u64>() });
    let mut row: renders::ActiveModel = row.into();
    row.expired_at = Set(Some(now));
    row.expired_why = Set(Some(why));
    row.update(tx.db()).await.doing("expire a render")?;
    tx.append(Subject::Render, id, "render.expired", payload)
        .await?;
    Ok(())
}

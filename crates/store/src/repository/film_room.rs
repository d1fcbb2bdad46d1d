//! The room that films take: which film takes it, and how it is given back.

use ids::FilmId;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DerivePartialModel, EntityTrait, QueryFilter, QueryOrder, Set,
};
use serde_json::json;
use uuid::Uuid;

use super::films::{Film, Films};
use super::room::{Room, RoomTotals, remove_unnamed};
use crate::entity::films;
use crate::error::Doing;
use crate::tx::Tx;
use crate::{Expiry, FilmFiles, FilmStatus, RenderOutput, StoreError, Subject, Time};

#[derive(DerivePartialModel)]
#[sea_orm(entity = "films::Entity")]
struct Row {
    id: Uuid,
    files: Option<FilmFiles>,
    finished_at: Option<Time>,
    created_at: Time,
    pinned: bool,
    deleted_at: i64,
}

impl Films<'_> {
    /// Ended films that have files, those that ended first first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn rooms(&self) -> Result<Vec<Room<FilmId>>, StoreError> {
        let ended = [FilmStatus::Done, FilmStatus::Failed, FilmStatus::Cancelled];
        // Asked at every scrape: rows also hold previews and storyboards.
        let rows = films::Entity::find()
            .filter(films::Column::Status.is_in(ended))
            .filter(films::Column::ExpiredAt.is_null())
            .order_by_asc(films::Column::FinishedAt)
            .into_partial_model::<Row>()
            .all(self.store.read())
            .await
            .doing("list the room that films take")?;
        let rooms = rows.into_iter().filter_map(|row| {
            let bytes = row.files.as_ref().map_or(0, FilmFiles::removable_bytes);
            let room = Room {
                id: row.id.into(),
                bytes,
                ended_at: row.finished_at.unwrap_or(row.created_at),
                is_pinned: row.pinned,
                is_deleted: row.deleted_at != 0,
            };
            (bytes > 0).then_some(room)
        });
        Ok(rooms.collect())
    }

    /// What they take in all.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn totals(&self) -> Result<RoomTotals, StoreError> {
        Ok(RoomTotals::of(&self.rooms().await?))
    }

    /// Says that a film's files are removed. Answers `false`, and changes nothing, when it is kept for good, is being made or
    /// delivered, or a film that is being made is cut from it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn expire(&self, id: FilmId, why: Expiry, now: Time) -> Result<bool, StoreError> {
        let mut tx = self.store.begin().await?;
        let row = films::Entity::find_by_id(id.uuid())
            .one(tx.db())
            .await
            .doing("find a film")?
            .ok_or(StoreError::NotFound { what: "film" })?;
        let stays = row.pinned || !row.status.is_final() || row.expired_at.is_some();
        if stays || is_needed(&tx, id).await? {
            return Ok(false);
        }
        let bytes = row.files.as_ref().map_or(0, FilmFiles::removable_bytes);
        let mut row: films::ActiveModel = row.into();
        row.expired_at = Set(Some(now));
        row.expired_why = Set(Some(why));
        row.update(tx.db()).await.doing("expire a film")?;
        let payload = json!({ "why": why, "bytes": bytes });
        tx.append(Subject::Film, id.uuid(), "film.expired", payload)
            .await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Removes the bytes of expired films that nothing else names and that were written before `before`: a job that writes the
    /// same bytes names them only when it ends. What is left is removed by a later call. Answers the films whose bytes are gone.
    ///
    /// # Errors
    /// [`StoreError::Database`] or [`StoreError::Blob`].
    pub async fn remove_expired(&self, before: Time) -> Result<Vec<Film>, StoreError> {
        let rows = films::Entity::find()
            .filter(films::Column::ExpiredAt.is_not_null())
            .filter(films::Column::Files.is_not_null())
            .all(self.store.read())
            .await
            .doing("list expired films")?;
        let mut gone = Vec::new();
        for row in rows {
            let files = row.files.clone().unwrap_or_default();
            if files.removable_bytes() == 0 {
                continue;
            }
            // Under the lock of a write nothing begins to name what is looked at.
            let tx = self.store.begin().await?;
            if !remove_unnamed(self.store, &tx, files.removable(), before).await? {
                continue;
            }
            let mut row: films::ActiveModel = row.into();
            row.files = Set(Some(FilmFiles {
                storyboard: files.storyboard,
                ..FilmFiles::default()
            }));
            let row = row.update(tx.db()).await.doing("forget removed files")?;
            tx.commit().await?;
            gone.push(row.into());
        }
        Ok(gone)
    }
}

impl FilmFiles {
    /// What is removed when a film expires: all but the storyboard, which is small and makes the film again.
    fn removable(&self) -> impl Iterator<Item = &RenderOutput> {
        [&self.video, &self.poster, &self.sprite, &self.teaser]
            .into_iter()
            .flatten()
    }

    fn removable_bytes(&self) -> u64 {
        self.removable().map(|file| file.size).sum()
    }
}

/// Whether a film that is being made is cut from this one.
async fn is_needed(tx: &Tx, id: FilmId) -> Result<bool, StoreError> {
    let being_made = [
        FilmStatus::Queued,
        FilmStatus::Filming,
        FilmStatus::Finishing,
    ];
    let rows = films::Entity::find()
        .filter(films::Column::Status.is_in(being_made))
        .all(tx.db())
        .await
        .doing("list films that are being made")?;
    let mut parts = rows.into_iter().filter_map(|row| row.parts);
    Ok(parts.any(|parts| parts.films.contains(&id)))
}

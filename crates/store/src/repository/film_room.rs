//! The room that films take: how much, which film takes it, and how it is given back. A film whose files are removed keeps its
//! row, which says so.

use ids::FilmId;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DerivePartialModel, EntityTrait, ExprTrait, PaginatorTrait,
    QueryFilter, QueryOrder, Set,
};
use serde_json::json;
use uuid::Uuid;

use super::films::{Film, Films};
use crate::entity::{artifacts, baselines, films, renders, sounds};
use crate::error::Doing;
use crate::tx::Tx;
use crate::{FilmExpiry, FilmFiles, FilmStatus, RenderOutput, StoreError, Subject, Time};

/// An ended film and the room that its files take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FilmRoom {
    /// Which film.
    pub id: FilmId,
    /// Bytes of its film and pictures.
    pub bytes: u64,
    /// When it ended.
    pub ended_at: Time,
    /// Whether it is kept for good.
    pub is_pinned: bool,
    /// Whether somebody deleted it; until its files are gone it can be brought back.
    pub is_deleted: bool,
}

/// What films take in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FilmTotals {
    /// Films that have files.
    pub films: u64,
    /// Bytes of their files.
    pub bytes: u64,
    /// Bytes of those that are kept for good.
    pub pinned_bytes: u64,
    /// Bytes of those that were deleted and can be brought back.
    pub deleted_bytes: u64,
}

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
    pub async fn rooms(&self) -> Result<Vec<FilmRoom>, StoreError> {
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
            let room = FilmRoom {
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
    pub async fn totals(&self) -> Result<FilmTotals, StoreError> {
        let mut totals = FilmTotals::default();
        for room in self.rooms().await? {
            totals.films += 1;
            totals.bytes += room.bytes;
            if room.is_pinned {
                totals.pinned_bytes += room.bytes;
            }
            if room.is_deleted {
                totals.deleted_bytes += room.bytes;
            }
        }
        Ok(totals)
    }

    /// Says that a film's files are removed. Answers `false`, and changes nothing, when it is kept for good, is being made or
    /// delivered, or a film that is being made is cut from it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn expire(&self, id: FilmId, why: FilmExpiry, now: Time) -> Result<bool, StoreError> {
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
            let mut are_gone = true;
            for file in files.removable() {
                if !is_named(&tx, file).await? {
                    are_gone &= self.store.blobs().remove(&file.key, before).await?;
                }
            }
            if !are_gone {
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

/// Whether a row names these bytes, an expired film's apart. Rows keep files as JSON, and no two files have the same SHA-256.
async fn is_named(tx: &Tx, file: &RenderOutput) -> Result<bool, StoreError> {
    let doing = "look who names a stored file";
    let (key, hash) = (file.key.as_str(), file.sha256.as_str());
    let films = films::Entity::find()
        .filter(
            sea_orm::Condition::any()
                .add(films::Column::DocumentKey.eq(key))
                .add(
                    films::Column::Files
                        .contains(hash)
                        .and(films::Column::ExpiredAt.is_null()),
                ),
        )
        .count(tx.db())
        .await
        .doing(doing)?;
    let renders = renders::Entity::find()
        .filter(
            sea_orm::Condition::any()
                .add(renders::Column::DocumentKey.eq(key))
                .add(renders::Column::Output.contains(hash))
                .add(renders::Column::Page.contains(hash)),
        )
        .count(tx.db())
        .await
        .doing(doing)?;
    let artifacts = artifacts::Entity::find()
        .filter(artifacts::Column::Key.eq(key))
        .count(tx.db())
        .await
        .doing(doing)?;
    let baselines = baselines::Entity::find()
        .filter(baselines::Column::Key.eq(key))
        .count(tx.db())
        .await
        .doing(doing)?;
    let sounds = sounds::Entity::find()
        .filter(sounds::Column::Key.eq(key))
        .count(tx.db())
        .await
        .doing(doing)?;
    Ok(films + renders + artifacts + baselines + sounds > 0)
}

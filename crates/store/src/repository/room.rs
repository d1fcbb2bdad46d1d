//! The room that stored files take: how much, and how it is given back. A row whose files are removed stays, and says so.

use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter};

use crate::entity::{artifacts, baselines, films, pictures, renders, sounds};
use crate::error::Doing;
use crate::tx::Tx;
use crate::{Expiry, RenderOutput, Store, StoreError, Time};

/// Something that ended, and the room that its files take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room<Id> {
    /// Which one.
    pub id: Id,
    /// Bytes that are free when it goes, where what goes before it is gone.
    pub bytes: u64,
    /// When it ended.
    pub ended_at: Time,
    /// Whether it is kept for good.
    pub is_pinned: bool,
    /// Whether somebody deleted it.
    pub is_deleted: bool,
}

/// What things of a kind take in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RoomTotals {
    /// How many have files.
    pub count: u64,
    /// Bytes of their files.
    pub bytes: u64,
    /// Bytes of those that are kept for good.
    pub pinned_bytes: u64,
    /// Bytes of those that were deleted.
    pub deleted_bytes: u64,
}

/// When files were removed, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expired {
    /// When.
    pub at: Time,
    /// Why.
    pub why: Expiry,
}

impl<Id> Room<Id> {
    /// What goes first is less: what somebody deleted before what nobody did, then the oldest; what is kept for good is last.
    #[must_use]
    pub fn turn(&self) -> (bool, bool, Time) {
        (self.is_pinned, !self.is_deleted, self.ended_at)
    }
}

impl RoomTotals {
    pub(super) fn of<Id>(rooms: &[Room<Id>]) -> Self {
        let mut totals = Self::default();
        for room in rooms {
            totals.count += 1;
            totals.bytes += room.bytes;
            if room.is_pinned {
                totals.pinned_bytes += room.bytes;
            }
            if room.is_deleted {
                totals.deleted_bytes += room.bytes;
            }
        }
        totals
    }
}

/// Removes those of these files that no row names and that were written before `before`. Answers `false` when some have to wait
/// for a later call.
pub(super) async fn remove_unnamed(
    store: &Store,
    tx: &Tx,
    files: impl IntoIterator<Item = &RenderOutput>,
    before: Time,
) -> Result<bool, StoreError> {
    let mut are_gone = true;
    for file in files {
        if !is_named(tx, file).await? {
            are_gone &= store.blobs().remove(&file.key, before).await?;
        }
    }
    Ok(are_gone)
}

/// Whether a row names these bytes, those apart that expired. Rows keep files as JSON, and no two files have the same SHA-256.
async fn is_named(tx: &Tx, file: &RenderOutput) -> Result<bool, StoreError> {
    let doing = "look who names a stored file";
    let (key, hash) = (file.key.as_str(), file.sha256.as_str());
    let has_film = films::Column::Files
        .contains(hash)
        .and(films::Column::ExpiredAt.is_null());
    let films = films::Entity::find()
        .filter(
            Condition::any()
                .add(films::Column::DocumentKey.eq(key))
                .add(has_film),
        )
        .count(tx.db())
        .await
        .doing(doing)?;
    let has_render = renders::Column::Output
        .contains(hash)
        .or(renders::Column::Page.contains(hash))
        .and(renders::Column::ExpiredAt.is_null());
    let renders = renders::Entity::find()
        .filter(
            Condition::any()
                .add(renders::Column::DocumentKey.eq(key))
                .add(has_render),
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
    let pictures = pictures::Entity::find()
        .filter(pictures::Column::Key.eq(key))
        .count(tx.db())
        .await
        .doing(doing)?;
    Ok(films + renders + artifacts + baselines + sounds + pictures > 0)
}

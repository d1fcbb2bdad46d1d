//! Films as they are asked for and looked at. What a worker writes while it films is in `film_progress.rs`.

use std::collections::BTreeMap;

use bytes::Bytes;
use ids::{FilmId, JobId, RecordingId, UserId};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Set,
};
use serde_json::json;

use super::film_progress::end;
use super::{Expired, NewJob, jobs};
use crate::entity::films;
use crate::error::Doing;
use crate::tx::Tx;
use crate::{
    FilmDelivered, FilmFailure, FilmFiles, FilmMade, FilmParts, FilmSetup, FilmStatus, Page, Paged,
    StoreError, Subject, Time,
};

repository! {
    /// Films of pages.
    Films
}

/// One filming of a page.
#[derive(Clone, Debug)]
pub struct Film {
    /// Which one.
    pub id: FilmId,
    /// The job that makes it.
    pub job: Option<JobId>,
    /// The film that this one is made again of, with other settings.
    pub again_of: Option<FilmId>,
    /// The recording that is performed.
    pub recording: Option<RecordingId>,
    /// The demo that it shows, in the words of whoever asked.
    pub demo: Option<String>,
    /// For whom it is, in the words of whoever asked.
    pub lead: Option<String>,
    /// What it is called.
    pub name: String,
    /// Where it begins.
    pub url: String,
    /// Where the order as it was sent is stored.
    pub document_key: String,
    /// Size, rate and bitrate.
    pub setup: FilmSetup,
    /// The values that it was given for the recording's variables, sealed; [`Films::values`] opens them.
    pub sealed: Option<String>,
    /// Where it stands.
    pub status: FilmStatus,
    /// Steps that were performed.
    pub steps_done: u32,
    /// Steps that there are; 0 while nobody knows.
    pub steps_total: u32,
    /// The step that is performed, in words.
    pub doing: Option<String>,
    /// What the film shows just now, as JPEG.
    pub preview: Option<Bytes>,
    /// What was made.
    pub made: Option<FilmMade>,
    /// Its files.
    pub files: FilmFiles,
    /// Where everybody sees them; nothing while they are only here.
    pub delivered: Option<FilmDelivered>,
    /// Whether it is kept for good.
    pub is_pinned: bool,
    /// When its files were removed, and why.
    pub expired: Option<Expired>,
    /// Why there is no film.
    pub error: Option<FilmFailure>,
    /// From 1; 0 while no worker has taken it.
    pub attempt: u32,
    /// When it was asked for.
    pub created_at: Time,
    /// When the latest attempt began.
    pub started_at: Option<Time>,
    /// When it ended.
    pub finished_at: Option<Time>,
}

/// A film that is asked for.
#[derive(Clone, Debug)]
pub struct NewFilm {
    /// Who asked.
    pub user: Option<UserId>,
    /// The film that this one is made again of.
    pub again_of: Option<FilmId>,
    /// The recording that is performed.
    pub recording: Option<RecordingId>,
    /// The demo that it shows.
    pub demo: Option<String>,
    /// For whom it is.
    pub lead: Option<String>,
    /// What it is called.
    pub name: String,
    /// Where it begins.
    pub url: String,
    /// Where the order as it was sent is stored.
    pub document_key: String,
    /// Size, rate and bitrate.
    pub setup: FilmSetup,
    /// What it is made of beside its order.
    pub parts: FilmParts,
    /// Values for the recording's variables, as they are given; they are kept sealed.
    pub values: BTreeMap<String, String>,
    /// Steps that there are; 0 while nobody knows.
    pub steps: u32,
    /// The queue that it waits in.
    pub queue: String,
    /// After so many lost workers it is given up.
    pub max_attempts: u32,
}

/// Which films are wanted.
#[derive(Clone, Debug, Default)]
pub struct FilmFilter {
    /// Only those that stand at one of these; wherever they stand when there is none.
    pub status: Vec<FilmStatus>,
    /// Only those of this demo.
    pub demo: Option<String>,
    /// Only those for this lead.
    pub lead: Option<String>,
}

/// The job kind of films.
pub(crate) const FILM_JOB: &str = "film";

impl From<films::Model> for Film {
    fn from(row: films::Model) -> Self {
        let count = |value: i32| u32::try_from(value).unwrap_or(0);
        Self {
            id: row.id.into(),
            job: row.job_id.map(JobId::from),
            again_of: row.again_of.map(FilmId::from),
            recording: row.recording_id.map(RecordingId::from),
            demo: row.demo_id,
            lead: row.lead_id,
            name: row.name,
            url: row.url,
            document_key: row.document_key,
            setup: row.setup,
            sealed: row.sealed,
            status: row.status,
            steps_done: count(row.steps_done),
            steps_total: count(row.steps_total),
            doing: row.doing,
            preview: row.preview.map(Bytes::from),
            made: row.made,
            files: row.files.unwrap_or_default(),
            delivered: row.delivered,
            is_pinned: row.pinned,
            expired: row
                .expired_at
                .zip(row.expired_why)
                .map(|(at, why)| Expired { at, why }),
            error: row.error,
            attempt: count(row.attempt),
            created_at: row.created_at,
            started_at: row.started_at,
            finished_at: row.finished_at,
        }
    }
}

impl Films<'_> {
    /// Asks for a film: its row and its job appear together.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when a film that it cuts went meanwhile, [`StoreError::Vault`] or [`StoreError::Database`].
    pub async fn create(&self, new: NewFilm) -> Result<Film, StoreError> {
        let sealed = match new.values.is_empty() {
            true => None,
            false => Some(self.store.vault().seal_values(&new.values)?),
        };
        let mut tx = self.store.begin().await?;
        for part in &new.parts.films {
            // From here on it stays: nothing expires that a film in the queue is made of.
            if alive(tx.db(), *part).await?.expired_at.is_some() {
                return Err(StoreError::NotFound { what: "film" });
            }
        }
        let id = FilmId::new();
        let job = film_job(id, &new.queue, new.max_attempts);
        let job = jobs::insert(&mut tx, job).await?;
        let payload = json!({ "steps": new.steps, "url": new.url });
        let film = row(new, id, job, sealed)
            .insert(tx.db())
            .await
            .doing("keep a film")?;
        tx.append(Subject::Film, id.uuid(), "film.queued", payload)
            .await?;
        tx.commit().await?;
        Ok(film.into())
    }

    /// The values that a film was given for the recording's variables.
    ///
    /// # Errors
    /// [`StoreError::Vault`] when they were sealed in another data folder.
    pub fn values(&self, film: &Film) -> Result<BTreeMap<String, String>, StoreError> {
        match &film.sealed {
            Some(sealed) => self.store.vault().unseal_values(sealed),
            None => Ok(BTreeMap::new()),
        }
    }

    /// One film that was not deleted.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn get(&self, id: FilmId) -> Result<Film, StoreError> {
        alive(self.store.read(), id).await.map(Film::from)
    }

    /// A page of films, newest first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn list(&self, filter: FilmFilter, page: Page) -> Result<Paged<Film>, StoreError> {
        let mut query = films::Entity::find().filter(films::Column::DeletedAt.eq(0));
        if !filter.status.is_empty() {
            query = query.filter(films::Column::Status.is_in(filter.status));
        }
        if let Some(demo) = filter.demo {
            query = query.filter(films::Column::DemoId.eq(demo));
        }
        if let Some(lead) = filter.lead {
            query = query.filter(films::Column::LeadId.eq(lead));
        }
        let total = query
            .clone()
            .count(self.store.read())
            .await
            .doing("count films")?;
        let rows = query
            .order_by_desc(films::Column::Id)
            .offset(page.offset())
            .limit(page.limit())
            .all(self.store.read())
            .await
            .doing("list films")?;
        Ok(Paged {
            items: rows.into_iter().map(Film::from).collect(),
            total,
        })
    }

    /// Asks for a film to be stopped: a waiting one ends at once, another when its worker hears of it. A finished one
    /// stays as it is.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn cancel(&self, id: FilmId) -> Result<Film, StoreError> {
        let mut tx = self.store.begin().await?;
        let film: Film = alive(tx.db(), id).await?.into();
        let Some(job) = film.job.filter(|_| !film.status.is_final()) else {
            return Ok(film);
        };
        stop(&mut tx, id, job).await?;
        tx.commit().await?;
        self.get(id).await
    }

    /// Asks for a film that is whole to be delivered once more. Answers `false` when it is not, or not any more.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn deliver_again(
        &self,
        id: FilmId,
        queue: &str,
        max_attempts: u32,
    ) -> Result<bool, StoreError> {
        let mut tx = self.store.begin().await?;
        let row = alive(tx.db(), id).await?;
        let is_whole = row.status == FilmStatus::Done
            && row.expired_at.is_none()
            && row
                .files
                .as_ref()
                .is_some_and(|files| files.video.is_some());
        if !is_whole {
            return Ok(false);
        }
        let job = jobs::insert(&mut tx, film_job(id, queue, max_attempts)).await?;
        let mut row: films::ActiveModel = row.into();
        row.job_id = Set(Some(job.uuid()));
        row.status = Set(FilmStatus::Queued);
        row.finished_at = Set(None);
        row.update(tx.db()).await.doing("queue a delivery")?;
        tx.append(
            Subject::Film,
            id.uuid(),
            "film.requeued",
            json!({ "reason": "deliver" }),
        )
        .await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Keeps a film for good, or no longer.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn pin(&self, id: FilmId, pinned: bool) -> Result<Film, StoreError> {
        let tx = self.store.begin().await?;
        let mut row: films::ActiveModel = alive(tx.db(), id).await?.into();
        row.pinned = Set(pinned);
        let row = row.update(tx.db()).await.doing("pin a film")?;
        tx.commit().await?;
        Ok(row.into())
    }

    /// Takes a finished film out of the lists. Answers `false` when it is not finished.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn delete(&self, id: FilmId) -> Result<bool, StoreError> {
        let tx = self.store.begin().await?;
        let row = alive(tx.db(), id).await?;
        if !row.status.is_final() {
            return Ok(false);
        }
        set_deleted(&tx, row, Time::now().as_micros()).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Deletes a film wherever it stands: one that is not over is cancelled in the same write. What its worker still tells of
    /// it is kept, so that a film that is brought back says how it ended.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn cancel_and_delete(&self, id: FilmId) -> Result<Film, StoreError> {
        let mut tx = self.store.begin().await?;
        let film: Film = alive(tx.db(), id).await?.into();
        if let Some(job) = film.job.filter(|_| !film.status.is_final()) {
            stop(&mut tx, id, job).await?;
        }
        let row = alive(tx.db(), id).await?;
        set_deleted(&tx, row, Time::now().as_micros()).await?;
        tx.commit().await?;
        Ok(film)
    }

    /// Puts a deleted film back into the lists; one that is there stays.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn restore(&self, id: FilmId) -> Result<Film, StoreError> {
        let tx = self.store.begin().await?;
        let row = films::Entity::find_by_id(id.uuid())
            .one(tx.db())
            .await
            .doing("find a film")?
            .ok_or(StoreError::NotFound { what: "film" })?;
        let row = set_deleted(&tx, row, 0).await?;
        tx.commit().await?;
        Ok(row.into())
    }
}

/// Ends a film that waits; of one that is made its worker is told.
async fn stop(tx: &mut Tx, id: FilmId, job: JobId) -> Result<(), StoreError> {
    if jobs::cancel(tx, job).await? {
        end(tx, id, super::FilmEnd::Cancelled).await?;
        return Ok(());
    }
    tx.append(Subject::Film, id.uuid(), "film.cancelling", json!({}))
        .await?;
    Ok(())
}

async fn set_deleted(
    tx: &crate::tx::Tx,
    row: films::Model,
    at: i64,
) -> Result<films::Model, StoreError> {
    let mut row: films::ActiveModel = row.into();
    row.deleted_at = Set(at);
    row.update(tx.db()).await.doing("delete or restore a film")
}

fn film_job(id: FilmId, queue: &str, max_attempts: u32) -> NewJob {
    NewJob {
        queue: queue.to_owned(),
        kind: FILM_JOB.to_owned(),
        payload: json!({ "filmId": id }),
        priority: 0,
        run_at: Time::now(),
        max_attempts,
        dedupe_key: None,
    }
}

fn row(new: NewFilm, id: FilmId, job: JobId, sealed: Option<String>) -> films::ActiveModel {
    films::ActiveModel {
        id: Set(id.uuid()),
        job_id: Set(Some(job.uuid())),
        user_id: Set(new.user.map(UserId::uuid)),
        again_of: Set(new.again_of.map(FilmId::uuid)),
        recording_id: Set(new.recording.map(RecordingId::uuid)),
        demo_id: Set(new.demo),
        lead_id: Set(new.lead),
        name: Set(new.name),
        url: Set(new.url),
        document_key: Set(new.document_key),
        setup: Set(new.setup),
        status: Set(FilmStatus::Queued),
        steps_done: Set(0),
        steps_total: Set(i32::try_from(new.steps).unwrap_or(i32::MAX)),
        doing: Set(None),
        preview: Set(None),
        made: Set(None),
        files: Set(None),
        delivered: Set(None),
        parts: Set(Some(new.parts)),
        sealed: Set(sealed),
        pinned: Set(false),
        expired_at: Set(None),
        expired_why: Set(None),
        error: Set(None),
        attempt: Set(0),
        created_at: Set(Time::now()),
        started_at: Set(None),
        finished_at: Set(None),
        deleted_at: Set(0),
    }
}

/// A film, also one that was deleted while a worker made it: how it ended is written all the same.
pub(super) async fn known(
    db: &impl ConnectionTrait,
    id: FilmId,
) -> Result<films::Model, StoreError> {
    films::Entity::find_by_id(id.uuid())
        .one(db)
        .await
        .doing("find a film")?
        .ok_or(StoreError::NotFound { what: "film" })
}

pub(super) async fn alive(
    db: &impl ConnectionTrait,
    id: FilmId,
) -> Result<films::Model, StoreError> {
    films::Entity::find_by_id(id.uuid())
        .filter(films::Column::DeletedAt.eq(0))
        .one(db)
        .await
        .doing("find a film")?
        .ok_or(StoreError::NotFound { what: "film" })
}

//! What a worker writes while it films. Every write carries the fence of the job: a worker that lost its lease cannot
//! change the film any more. A row and the event that tells of it are one write.

use bytes::Bytes;
use ids::{FilmId, JobId};
use sea_orm::{ActiveModelTrait, EntityTrait, Set};
use serde_json::{Value, json};

use super::films::{FILM_JOB, Film, Films, known};
use super::jobs::{self, Attempt, WORKER_LOST};
use crate::entity::films;
use crate::error::Doing;
use crate::tx::{Fence, Tx};
use crate::{
    FilmDelivered, FilmFailure, FilmFiles, FilmMade, FilmNotDelivered, FilmStatus, JobState,
    StoreError, Subject, Time,
};

/// What a film is made of.
#[derive(Clone, Debug)]
pub struct FilmDone {
    /// What the camera tells.
    pub made: FilmMade,
    /// Its files.
    pub files: FilmFiles,
    /// Where everybody sees them.
    pub delivered: Option<FilmDelivered>,
}

/// How a film ended.
#[derive(Clone, Debug)]
pub enum FilmEnd {
    /// It is whole.
    Done(Box<FilmDone>),
    /// There is none; a storyboard that was made for it stays.
    Failed(FilmFailure, Box<FilmFiles>),
    /// Somebody cancelled it.
    Cancelled,
}

impl Films<'_> {
    /// A worker begins with the film, from its first step.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`], [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn begin(&self, fence: Fence, id: FilmId) -> Result<(), StoreError> {
        let mut tx = self.store.begin().await?;
        tx.check(fence).await?;
        let row = known(tx.db(), id).await?;
        let attempt = row.attempt + 1;
        let payload = json!({ "attempt": attempt, "steps": row.steps_total });
        let mut row: films::ActiveModel = row.into();
        row.status = Set(FilmStatus::Filming);
        row.attempt = Set(attempt);
        row.steps_done = Set(0);
        row.doing = Set(None);
        row.started_at = Set(Some(Time::now()));
        row.update(tx.db()).await.doing("begin a film")?;
        tx.append(Subject::Film, id.uuid(), "film.started", payload)
            .await?;
        tx.commit().await
    }

    /// A step begins: `done` of `of` are over, when it is known how many there are.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] or [`StoreError::Database`].
    pub async fn step(
        &self,
        fence: Fence,
        id: FilmId,
        (done, of): (u32, u32),
        doing: &str,
    ) -> Result<(), StoreError> {
        let count = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
        let change = films::ActiveModel {
            id: Set(id.uuid()),
            steps_done: Set(count(done)),
            steps_total: Set(count(of)),
            doing: Set(Some(doing.to_owned())),
            ..Default::default()
        };
        let payload = json!({ "done": done, "of": of, "doing": doing });
        self.change(fence, change, "film.step", payload).await
    }

    /// What the film shows just now, as JPEG.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] or [`StoreError::Database`].
    pub async fn preview(
        &self,
        fence: Fence,
        id: FilmId,
        picture: &Bytes,
        at_ms: u64,
    ) -> Result<(), StoreError> {
        let change = films::ActiveModel {
            id: Set(id.uuid()),
            preview: Set(Some(picture.to_vec())),
            ..Default::default()
        };
        let payload = json!({ "atMs": at_ms });
        self.change(fence, change, "film.preview", payload).await
    }

    /// The script is over.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] or [`StoreError::Database`].
    pub async fn finishing(
        &self,
        fence: Fence,
        id: FilmId,
        duration_ms: u64,
    ) -> Result<(), StoreError> {
        let change = films::ActiveModel {
            id: Set(id.uuid()),
            status: Set(FilmStatus::Finishing),
            doing: Set(None),
            ..Default::default()
        };
        let payload = json!({ "durationMs": duration_ms });
        self.change(fence, change, "film.finishing", payload).await
    }

    /// The film is whole and on its way to its place. What was made is kept with this: a worker that dies now leaves a
    /// film, and the next one only delivers it.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] or [`StoreError::Database`].
    pub async fn delivering(
        &self,
        fence: Fence,
        id: FilmId,
        done: &FilmDone,
    ) -> Result<(), StoreError> {
        let change = films::ActiveModel {
            id: Set(id.uuid()),
            status: Set(FilmStatus::Delivering),
            doing: Set(None),
            preview: Set(None),
            made: Set(Some(done.made.clone())),
            files: Set(Some(done.files.clone())),
            ..Default::default()
        };
        let payload = json!({ "result": done.made });
        self.change(fence, change, "film.delivering", payload).await
    }

    async fn change(
        &self,
        fence: Fence,
        change: films::ActiveModel,
        kind: &'static str,
        payload: Value,
    ) -> Result<(), StoreError> {
        let mut tx = self.store.begin().await?;
        tx.check(fence).await?;
        let row = change
            .update(tx.db())
            .await
            .doing("keep how far a film has come")?;
        tx.append(Subject::Film, row.id, kind, payload).await?;
        tx.commit().await
    }

    /// The film is over: its row, its job and the event are one write.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] or [`StoreError::Database`].
    pub async fn finish(&self, fence: Fence, id: FilmId, ended: FilmEnd) -> Result<(), StoreError> {
        let mut tx = self.store.begin().await?;
        let (state, error) = match &ended {
            FilmEnd::Cancelled => (JobState::Cancelled, None),
            FilmEnd::Done(_) => (JobState::Done, None),
            FilmEnd::Failed(error, _) => (JobState::Done, Some(error.message.as_str())),
        };
        jobs::close(&tx, fence, state, error).await?;
        end(&mut tx, id, ended).await?;
        tx.commit().await
    }

    /// Gives a held film back to the queue because its worker stops: the attempt is forgiven.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] or [`StoreError::Database`].
    pub async fn give_back(
        &self,
        fence: Fence,
        id: FilmId,
        reason: &str,
    ) -> Result<(), StoreError> {
        let mut tx = self.store.begin().await?;
        let now = Time::now();
        jobs::requeue(&mut tx, fence, now, Some(reason), Attempt::IsForgiven).await?;
        wait_again(&mut tx, id, reason).await?;
        tx.commit().await
    }

    /// The attempt failed for no fault of the script; the next one is due at `run_at`.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] or [`StoreError::Database`].
    pub async fn retry_at(
        &self,
        fence: Fence,
        id: FilmId,
        run_at: Time,
        reason: &str,
    ) -> Result<(), StoreError> {
        let mut tx = self.store.begin().await?;
        jobs::requeue(&mut tx, fence, run_at, Some(reason), Attempt::Counts).await?;
        wait_again(&mut tx, id, reason).await?;
        tx.commit().await
    }

    /// Says in the film's log that its worker was lost and that it waits for another one.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn worker_lost(&self, id: FilmId, job: JobId) -> Result<(), StoreError> {
        let mut tx = self.store.begin().await?;
        let row = films::Entity::find_by_id(id.uuid())
            .one(tx.db())
            .await
            .doing("find a film")?;
        let held = [
            FilmStatus::Filming,
            FilmStatus::Finishing,
            FilmStatus::Delivering,
        ];
        // Another worker may have taken it up, or somebody cancelled it, between the reaping and this.
        if row.is_some_and(|row| held.contains(&row.status) && row.job_id == Some(job.uuid())) {
            wait_again(&mut tx, id, WORKER_LOST).await?;
        }
        tx.commit().await
    }

    /// The film that a job makes, when it makes one.
    #[must_use]
    pub fn id_in_job(kind: &str, payload: &Value) -> Option<FilmId> {
        (kind == FILM_JOB)
            .then(|| payload.get("filmId")?.as_str()?.parse().ok())
            .flatten()
    }
}

/// Writes the end of a film.
pub(super) async fn end(tx: &mut Tx, id: FilmId, ended: FilmEnd) -> Result<Film, StoreError> {
    let row = known(tx.db(), id).await?;
    let now = Time::now();
    let elapsed = now.since(row.created_at).as_millis();
    let steps = row.steps_total;
    // Who cancels a film that is whole cancels its delivery.
    let was_whole = row.made.is_some();
    let mut row: films::ActiveModel = row.into();
    row.finished_at = Set(Some(now));
    row.doing = Set(None);
    row.preview = Set(None);
    let (status, error) = match ended {
        FilmEnd::Done(done) => {
            row.steps_done = Set(steps);
            row.made = Set(Some(done.made));
            row.files = Set(Some(done.files));
            row.delivered = Set(done.delivered);
            (FilmStatus::Done, None)
        }
        FilmEnd::Cancelled if was_whole => {
            row.delivered = Set(Some(FilmDelivered {
                error: Some(FilmNotDelivered {
                    file: "video".to_owned(),
                    code: "cancelled".to_owned(),
                    message: "somebody cancelled the delivery".to_owned(),
                }),
                ..FilmDelivered::default()
            }));
            (FilmStatus::Done, None)
        }
        FilmEnd::Failed(error, files) => {
            row.files = Set(Some(*files));
            (FilmStatus::Failed, Some(error))
        }
        FilmEnd::Cancelled => (FilmStatus::Cancelled, None),
    };
    row.status = Set(status);
    row.error = Set(error);
    let film: Film = row.update(tx.db()).await.doing("end a film")?.into();
    let payload = json!({
        "status": film.status,
        "error": film.error,
        "result": film.made,
        "delivered": film.delivered,
        "elapsedMs": elapsed,
    });
    tx.append(Subject::Film, id.uuid(), "film.finished", payload)
        .await?;
    Ok(film)
}

/// Writes that the film waits for another attempt, which begins with the first step.
async fn wait_again(tx: &mut Tx, id: FilmId, reason: &str) -> Result<(), StoreError> {
    let row = known(tx.db(), id).await?;
    let payload = json!({ "reason": reason, "attempt": row.attempt });
    let mut row: films::ActiveModel = row.into();
    row.status = Set(FilmStatus::Queued);
    row.doing = Set(None);
    row.update(tx.db()).await.doing("queue a film again")?;
    tx.append(Subject::Film, id.uuid(), "film.requeued", payload)
        .await?;
    Ok(())
}

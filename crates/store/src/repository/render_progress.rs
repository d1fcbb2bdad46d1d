//! What a worker writes while it renders. Every write carries the fence of the job: a worker that lost its lease cannot
//! change the render any more. A row and the event that tells of it are one write.

use ids::{JobId, RenderId};
use sea_orm::{ActiveModelTrait, EntityTrait, Set};
use serde_json::{Value, json};

use super::jobs::{self, Attempt, WORKER_LOST};
use super::renders::{RENDER_JOB, Render, Renders, alive};
use crate::entity::renders;
use crate::error::Doing;
use crate::tx::{Fence, Tx};
use crate::{
    DeliveredTo, JobState, RenderFailure, RenderMade, RenderOutput, RenderStatus, StoreError,
    Subject, Time,
};

/// What a render made.
#[derive(Clone, Debug, Default)]
pub struct RenderDone {
    /// What the renderer tells.
    pub made: Option<RenderMade>,
    /// The picture or film.
    pub output: Option<RenderOutput>,
    /// The page itself, when it was asked for.
    pub page: Option<RenderOutput>,
    /// Where it went.
    pub delivered: Option<DeliveredTo>,
    /// Whether nothing was drawn, because the same had been made before.
    pub cached: bool,
}

impl RenderDone {
    /// What an earlier render made, for one that asks for the same. Where that one went is its own.
    #[must_use]
    pub fn again(earlier: Render) -> Self {
        Self {
            made: earlier.made,
            output: earlier.output,
            page: earlier.page,
            delivered: None,
            cached: true,
        }
    }

    /// What a render has made already, when only its delivery is missing.
    #[must_use]
    pub fn kept(render: &Render) -> Option<Self> {
        if render.expired.is_some() || render.output.is_none() {
            return None;
        }
        Some(Self {
            made: render.made.clone(),
            output: render.output.clone(),
            page: render.page.clone(),
            delivered: None,
            cached: render.cached,
        })
    }
}

/// How a render ended.
#[derive(Clone, Debug)]
pub enum RenderEnd {
    /// It is whole and where it should be.
    Done(Box<RenderDone>),
    /// There is no output, or it did not arrive.
    Failed(RenderFailure),
    /// Somebody cancelled it.
    Cancelled,
}

impl Renders<'_> {
    /// A worker begins with the render, from its first frame.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`], [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn begin(&self, fence: Fence, id: RenderId) -> Result<(), StoreError> {
        let mut tx = self.store.begin().await?;
        tx.check(fence).await?;
        let row = alive(tx.db(), id).await?;
        let attempt = row.attempt + 1;
        let payload = json!({ "attempt": attempt, "frames": row.frames_total });
        let mut row: renders::ActiveModel = row.into();
        row.status = Set(RenderStatus::Rendering);
        row.attempt = Set(attempt);
        row.frames_done = Set(0);
        row.started_at = Set(Some(Time::now()));
        row.update(tx.db()).await.doing("begin a render")?;
        tx.append(Subject::Render, id.uuid(), "render.started", payload)
            .await?;
        tx.commit().await
    }

    /// So many frames were drawn.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] or [`StoreError::Database`].
    pub async fn progress(
        &self,
        fence: Fence,
        id: RenderId,
        done: u32,
        of: u32,
    ) -> Result<(), StoreError> {
        let mut tx = self.store.begin().await?;
        tx.check(fence).await?;
        let change = renders::ActiveModel {
            id: Set(id.uuid()),
            frames_done: Set(i32::try_from(done).unwrap_or(i32::MAX)),
            frames_total: Set(i32::try_from(of).unwrap_or(i32::MAX)),
            ..Default::default()
        };
        change
            .update(tx.db())
            .await
            .doing("keep how far a render has come")?;
        let payload = json!({ "done": done, "of": of });
        tx.append(Subject::Render, id.uuid(), "render.progress", payload)
            .await?;
        tx.commit().await
    }

    /// The output is made and goes to its place. It is kept from now on, whatever becomes of that: another attempt has only
    /// to deliver it.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`], [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn delivering(
        &self,
        fence: Fence,
        id: RenderId,
        done: &RenderDone,
    ) -> Result<(), StoreError> {
        let mut tx = self.store.begin().await?;
        tx.check(fence).await?;
        let row = alive(tx.db(), id).await?;
        let frames = row.frames_total;
        let mut row: renders::ActiveModel = row.into();
        row.status = Set(RenderStatus::Delivering);
        row.frames_done = Set(frames);
        row.cached = Set(done.cached);
        row.made = Set(done.made.clone());
        row.output = Set(done.output.clone());
        row.page = Set(done.page.clone());
        row.update(tx.db())
            .await
            .doing("begin to deliver a render")?;
        tx.append(Subject::Render, id.uuid(), "render.delivering", json!({}))
            .await?;
        tx.commit().await
    }

    /// The render is over: its row, its job and the event are one write.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] or [`StoreError::Database`].
    pub async fn finish(
        &self,
        fence: Fence,
        id: RenderId,
        ended: RenderEnd,
    ) -> Result<(), StoreError> {
        let mut tx = self.store.begin().await?;
        let (state, error) = match &ended {
            RenderEnd::Cancelled => (JobState::Cancelled, None),
            RenderEnd::Done(_) => (JobState::Done, None),
            RenderEnd::Failed(error) => (JobState::Done, Some(error.message.as_str())),
        };
        jobs::close(&tx, fence, state, error).await?;
        end(&mut tx, id, ended).await?;
        tx.commit().await
    }

    /// Gives a held render back to the queue because its worker stops: the attempt is forgiven.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] or [`StoreError::Database`].
    pub async fn give_back(
        &self,
        fence: Fence,
        id: RenderId,
        reason: &str,
    ) -> Result<(), StoreError> {
        let mut tx = self.store.begin().await?;
        let now = Time::now();
        jobs::requeue(&mut tx, fence, now, Some(reason), Attempt::IsForgiven).await?;
        wait_again(&mut tx, id, reason).await?;
        tx.commit().await
    }

    /// The attempt failed for no fault of the code; the next one is due at `run_at`.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] or [`StoreError::Database`].
    pub async fn retry_at(
        &self,
        fence: Fence,
        id: RenderId,
        run_at: Time,
        reason: &str,
    ) -> Result<(), StoreError> {
        let mut tx = self.store.begin().await?;
        jobs::requeue(&mut tx, fence, run_at, Some(reason), Attempt::Counts).await?;
        wait_again(&mut tx, id, reason).await?;
        tx.commit().await
    }

    /// Says in the render's log that its worker was lost and that it waits for another one.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn worker_lost(&self, id: RenderId, job: JobId) -> Result<(), StoreError> {
        let mut tx = self.store.begin().await?;
        let row = renders::Entity::find_by_id(id.uuid())
            .one(tx.db())
            .await
            .doing("find a render")?;
        let held = [RenderStatus::Rendering, RenderStatus::Delivering];
        // Another worker may have taken it up, or somebody cancelled it, between the reaping and this.
        if row.is_some_and(|row| held.contains(&row.status) && row.job_id == Some(job.uuid())) {
            wait_again(&mut tx, id, WORKER_LOST).await?;
        }
        tx.commit().await
    }

    /// The render that a job makes, when it makes one.
    #[must_use]
    pub fn id_in_job(kind: &str, payload: &Value) -> Option<RenderId> {
        (kind == RENDER_JOB)
            .then(|| payload.get("renderId")?.as_str()?.parse().ok())
            .flatten()
    }
}

/// Writes the end of a render.
pub(super) async fn end(tx: &mut Tx, id: RenderId, ended: RenderEnd) -> Result<Render, StoreError> {
    let row = alive(tx.db(), id).await?;
    let now = Time::now();
    let elapsed = now.since(row.created_at).as_millis();
    let frames = row.frames_total;
    // It was brought to its place once, and is still there when it is not brought again.
    let had_arrived = row.delivered.is_some() && row.output.is_some();
    let mut row: renders::ActiveModel = row.into();
    row.finished_at = Set(Some(now));
    let (status, error) = match ended {
        RenderEnd::Done(done) => {
            row.frames_done = Set(frames);
            row.cached = Set(done.cached);
            row.made = Set(done.made);
            row.output = Set(done.output);
            row.page = Set(done.page);
            row.delivered = Set(done.delivered);
            (RenderStatus::Done, None)
        }
        RenderEnd::Failed(error) => {
            row.delivered = Set(None);
            (RenderStatus::Failed, Some(error))
        }
        RenderEnd::Cancelled if had_arrived => (RenderStatus::Done, None),
        RenderEnd::Cancelled => (RenderStatus::Cancelled, None),
    };
    row.status = Set(status);
    row.error = Set(error);
    let render: Render = row.update(tx.db()).await.doing("end a render")?.into();
    let payload = json!({
        "status": render.status,
        "cached": render.cached,
        "error": render.error,
        "result": render.made,
        "delivered": render.delivered,
        "elapsedMs": elapsed,
    });
    tx.append(Subject::Render, id.uuid(), "render.finished", payload)
        .await?;
    Ok(render)
}

/// Writes that the render waits for another attempt, which begins with the first frame.
async fn wait_again(tx: &mut Tx, id: RenderId, reason: &str) -> Result<(), StoreError> {
    let row = alive(tx.db(), id).await?;
    let payload = json!({ "reason": reason, "attempt": row.attempt });
    let mut row: renders::ActiveModel = row.into();
    row.status = Set(RenderStatus::Queued);
    row.update(tx.db()).await.doing("queue a render again")?;
    tx.append(Subject::Render, id.uuid(), "render.requeued", payload)
        .await?;
    Ok(())
}

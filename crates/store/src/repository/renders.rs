//! Renders as they are asked for and looked at. What a worker writes while it renders is in `render_progress.rs`.

use ids::{JobId, RenderId, UserId};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Set,
};
use serde_json::json;

use super::render_progress::end;
use super::{Expired, NewJob, jobs};
use crate::entity::renders;
use crate::error::Doing;
use crate::tx::Tx;
use crate::{
    DeliveredTo, Page, Paged, RenderFailure, RenderMade, RenderOutput, RenderStatus, StoreError,
    Subject, Time,
};

repository! {
    /// Pictures and films of code.
    Renders
}

/// One making of a picture or a film of code.
#[derive(Clone, Debug)]
pub struct Render {
    /// Which one.
    pub id: RenderId,
    /// The job that makes it; nothing when it was answered from what was made before.
    pub job: Option<JobId>,
    /// The name of its file.
    pub name: String,
    /// Where the job as it was sent is stored.
    pub document_key: String,
    /// Names what is to be made: equal for jobs that make the same bytes.
    pub content_key: String,
    /// Where it stands.
    pub status: RenderStatus,
    /// Frames that were drawn.
    pub frames_done: u32,
    /// Frames that will be.
    pub frames_total: u32,
    /// Whether nothing was drawn, because the same had been made before.
    pub cached: bool,
    /// What was made.
    pub made: Option<RenderMade>,
    /// The picture or film.
    pub output: Option<RenderOutput>,
    /// The page itself, when it was asked for.
    pub page: Option<RenderOutput>,
    /// Where it went.
    pub delivered: Option<DeliveredTo>,
    /// Whether its output is kept for good.
    pub is_pinned: bool,
    /// Its output was removed.
    pub expired: Option<Expired>,
    /// Why there is no output, or why it did not arrive.
    pub error: Option<RenderFailure>,
    /// From 1; 0 while no worker has taken it.
    pub attempt: u32,
    /// When it was asked for.
    pub created_at: Time,
    /// When the latest attempt began.
    pub started_at: Option<Time>,
    /// When it ended.
    pub finished_at: Option<Time>,
}

/// A render that is asked for.
#[derive(Clone, Debug)]
pub struct NewRender {
    /// Who asked.
    pub user: Option<UserId>,
    /// The name of its file.
    pub name: String,
    /// Where the job as it was sent is stored.
    pub document_key: String,
    /// Names what is to be made: equal for jobs that make the same bytes.
    pub content_key: String,
    /// Frames that will be drawn.
    pub frames: u32,
    /// Whether what was made before answers at once; a render that is delivered needs a worker for that.
    pub reuse: Reuse,
    /// The queue that it waits in.
    pub queue: String,
    /// After so many lost workers it is given up.
    pub max_attempts: u32,
    /// The message of a list that asked for it.
    pub intake: Option<IntakeMark>,
}

/// Who answers when the same was made before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reuse {
    /// The row is final at once.
    AtOnce,
    /// A worker does, since the output has to go somewhere.
    ByWorker,
}

/// The message that asked for a render, and who answers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntakeMark {
    /// A hash of the message.
    pub key: String,
    /// The worker that took it from the list.
    pub owner: String,
}

/// Which renders are wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct RenderFilter {
    /// Only those that stand here.
    pub status: Option<RenderStatus>,
}

/// The job kind of renders.
pub(crate) const RENDER_JOB: &str = "render";

impl From<renders::Model> for Render {
    fn from(row: renders::Model) -> Self {
        let count = |value: i32| u32::try_from(value).unwrap_or(0);
        Self {
            id: row.id.into(),
            job: row.job_id.map(JobId::from),
            name: row.name,
            document_key: row.document_key,
            content_key: row.content_key,
            status: row.status,
            frames_done: count(row.frames_done),
            frames_total: count(row.frames_total),
            cached: row.cached,
            made: row.made,
            output: row.output,
            page: row.page,
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

impl Renders<'_> {
    /// Asks for a render: its row and its job appear together. One that was made before may be answered at once.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn create(&self, new: NewRender) -> Result<Render, StoreError> {
        let mut tx = self.store.begin().await?;
        let known = match new.reuse {
            Reuse::AtOnce => made_before(tx.db(), &new.content_key).await?,
            Reuse::ByWorker => None,
        };
        let render = match known {
            Some(known) => insert_known(&mut tx, new, known).await?,
            None => insert(&mut tx, new).await?,
        };
        tx.commit().await?;
        Ok(render)
    }

    /// One render that was not deleted.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn get(&self, id: RenderId) -> Result<Render, StoreError> {
        alive(self.store.read(), id).await.map(Render::from)
    }

    /// A page of renders, newest first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn list(
        &self,
        filter: RenderFilter,
        page: Page,
    ) -> Result<Paged<Render>, StoreError> {
        let mut query = renders::Entity::find().filter(renders::Column::DeletedAt.eq(0));
        if let Some(status) = filter.status {
            query = query.filter(renders::Column::Status.eq(status));
        }
        let total = query
            .clone()
            .count(self.store.read())
            .await
            .doing("count renders")?;
        let rows = query
            .order_by_desc(renders::Column::Id)
            .offset(page.offset())
            .limit(page.limit())
            .all(self.store.read())
            .await
            .doing("list renders")?;
        Ok(Paged {
            items: rows.into_iter().map(Render::from).collect(),
            total,
        })
    }

    /// The latest render that made the same bytes and has them still, deleted or not.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn made_before(&self, content_key: &str) -> Result<Option<Render>, StoreError> {
        let found = made_before(self.store.read(), content_key).await?;
        Ok(found.map(Render::from))
    }

    /// Asks for a render to be stopped: a waiting one ends at once, another when its worker hears of it. A finished one
    /// stays as it is.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn cancel(&self, id: RenderId) -> Result<Render, StoreError> {
        let mut tx = self.store.begin().await?;
        let render: Render = alive(tx.db(), id).await?.into();
        let Some(job) = render.job.filter(|_| !render.status.is_final()) else {
            return Ok(render);
        };
        if jobs::cancel(&tx, job).await? {
            end(&mut tx, id, super::RenderEnd::Cancelled).await?;
        } else {
            tx.append(Subject::Render, id.uuid(), "render.cancelling", json!({}))
                .await?;
        }
        tx.commit().await?;
        self.get(id).await
    }

    /// Asks for a render whose output is kept to be delivered once more; nothing is drawn again. Answers `false` when it is
    /// under way, or has no output, or not any more.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn deliver_again(
        &self,
        id: RenderId,
        queue: &str,
        max_attempts: u32,
    ) -> Result<bool, StoreError> {
        let mut tx = self.store.begin().await?;
        let row = alive(tx.db(), id).await?;
        if !row.status.is_final() || row.output.is_none() || row.expired_at.is_some() {
            return Ok(false);
        }
        let attempt = row.attempt;
        let job = jobs::insert(&mut tx, render_job(id, queue, max_attempts)).await?;
        let mut row: renders::ActiveModel = row.into();
        row.job_id = Set(Some(job.uuid()));
        row.status = Set(RenderStatus::Queued);
        row.error = Set(None);
        row.finished_at = Set(None);
        row.update(tx.db()).await.doing("queue a delivery")?;
        let payload = json!({ "reason": "deliver", "attempt": attempt });
        tx.append(Subject::Render, id.uuid(), "render.requeued", payload)
            .await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Keeps a render's output for good, or no longer.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn pin(&self, id: RenderId, pinned: bool) -> Result<Render, StoreError> {
        let tx = self.store.begin().await?;
        let mut row: renders::ActiveModel = alive(tx.db(), id).await?.into();
        row.pinned = Set(pinned);
        let row = row.update(tx.db()).await.doing("pin a render")?;
        tx.commit().await?;
        Ok(row.into())
    }

    /// Takes a finished render out of the lists. Answers `false` when it is not finished.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn delete(&self, id: RenderId) -> Result<bool, StoreError> {
        let tx = self.store.begin().await?;
        let row = alive(tx.db(), id).await?;
        if !row.status.is_final() {
            return Ok(false);
        }
        let mut row: renders::ActiveModel = row.into();
        row.deleted_at = Set(Time::now().as_micros());
        row.update(tx.db()).await.doing("delete a render")?;
        tx.commit().await?;
        Ok(true)
    }

    /// Takes over the render of a message whose worker died, so that the message is not rendered a second time. Nothing
    /// when there is none that this worker could take over.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn adopt(
        &self,
        key: &str,
        dead: &str,
        owner: &str,
    ) -> Result<Option<Render>, StoreError> {
        let tx = self.store.begin().await?;
        let row = renders::Entity::find()
            .filter(renders::Column::IntakeKey.eq(key))
            .filter(renders::Column::IntakeOwner.eq(dead))
            .order_by_asc(renders::Column::Id)
            .one(tx.db())
            .await
            .doing("find the render of a message")?;
        let Some(row) = row else { return Ok(None) };
        let mut row: renders::ActiveModel = row.into();
        row.intake_owner = Set(Some(owner.to_owned()));
        let row = row
            .update(tx.db())
            .await
            .doing("take over the render of a message")?;
        tx.commit().await?;
        Ok(Some(row.into()))
    }

    /// The message of a render was answered: it is nobody's any more.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn answered(&self, id: RenderId) -> Result<(), StoreError> {
        let tx = self.store.begin().await?;
        let change = renders::ActiveModel {
            id: Set(id.uuid()),
            intake_owner: Set(None),
            ..Default::default()
        };
        change
            .update(tx.db())
            .await
            .doing("note that a message was answered")?;
        tx.commit().await
    }
}

fn row(new: NewRender, id: RenderId, job: Option<JobId>) -> renders::ActiveModel {
    let (intake_key, intake_owner) = new
        .intake
        .map_or((None, None), |mark| (Some(mark.key), Some(mark.owner)));
    renders::ActiveModel {
        id: Set(id.uuid()),
        job_id: Set(job.map(JobId::uuid)),
        user_id: Set(new.user.map(UserId::uuid)),
        name: Set(new.name),
        document_key: Set(new.document_key),
        content_key: Set(new.content_key),
        status: Set(RenderStatus::Queued),
        frames_done: Set(0),
        frames_total: Set(i32::try_from(new.frames).unwrap_or(i32::MAX)),
        cached: Set(false),
        made: Set(None),
        output: Set(None),
        page: Set(None),
        delivered: Set(None),
        error: Set(None),
        attempt: Set(0),
        intake_key: Set(intake_key),
        intake_owner: Set(intake_owner),
        pinned: Set(false),
        expired_at: Set(None),
        expired_why: Set(None),
        created_at: Set(Time::now()),
        started_at: Set(None),
        finished_at: Set(None),
        deleted_at: Set(0),
    }
}

fn render_job(id: RenderId, queue: &str, max_attempts: u32) -> NewJob {
    NewJob {
        queue: queue.to_owned(),
        kind: RENDER_JOB.to_owned(),
        payload: json!({ "renderId": id }),
        priority: 0,
        run_at: Time::now(),
        max_attempts,
        dedupe_key: None,
    }
}

async fn insert(tx: &mut Tx, new: NewRender) -> Result<Render, StoreError> {
    let id = RenderId::new();
    let job = jobs::insert(tx, render_job(id, &new.queue, new.max_attempts)).await?;
    let payload = json!({ "frames": new.frames });
    let row = row(new, id, Some(job))
        .insert(tx.db())
        .await
        .doing("keep a render")?;
    tx.append(Subject::Render, id.uuid(), "render.queued", payload)
        .await?;
    Ok(row.into())
}

/// A row that is final from the start, with what another one made.
async fn insert_known(
    tx: &mut Tx,
    new: NewRender,
    known: renders::Model,
) -> Result<Render, StoreError> {
    let id = RenderId::new();
    let payload = json!({ "frames": new.frames });
    row(new, id, None)
        .insert(tx.db())
        .await
        .doing("keep a render")?;
    tx.append(Subject::Render, id.uuid(), "render.queued", payload)
        .await?;
    let done = super::RenderDone::again(known.into());
    let ended = super::RenderEnd::Done(Box::new(done));
    end(tx, id, ended).await
}

async fn made_before(
    db: &impl ConnectionTrait,
    content_key: &str,
) -> Result<Option<renders::Model>, StoreError> {
    renders::Entity::find()
        .filter(renders::Column::ContentKey.eq(content_key))
        // Whether it arrived where it was to go makes no difference.
        .filter(renders::Column::Output.is_not_null())
        .filter(renders::Column::ExpiredAt.is_null())
        .order_by_desc(renders::Column::Id)
        .one(db)
        .await
        .doing("look for a render that was made before")
}

pub(super) async fn alive(
    db: &impl ConnectionTrait,
    id: RenderId,
) -> Result<renders::Model, StoreError> {
    renders::Entity::find_by_id(id.uuid())
        .filter(renders::Column::DeletedAt.eq(0))
        .one(db)
        .await
        .doing("find a render")?
        .ok_or(StoreError::NotFound { what: "render" })
}

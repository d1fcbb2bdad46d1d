//! Recordings and every saved version of their documents.

use std::collections::{BTreeSet, HashMap};

use ids::{ArtifactId, RecordingId, RunId, SessionId, UserId};
use sea_orm::sea_query::{Expr, ExprTrait, LikeExpr, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};

use uuid::Uuid;

use crate::entity::{recording_revisions, recording_tags, recordings, runs};
use crate::error::Doing;
use crate::tx::Tx;
use crate::{Page, Paged, RunStatus, StoreError, Time, Viewport};

repository! {
    /// Recordings.
    Recordings
}

/// A recording without its document.
#[derive(Clone, Debug)]
pub struct Recording {
    /// Which one.
    pub id: RecordingId,
    /// What people call it.
    pub name: String,
    /// Where it starts.
    pub url: String,
    /// How many steps the latest document has.
    pub steps: u32,
    /// Counts the saved documents, from 1.
    pub revision: u32,
    /// The screen it was made on.
    pub viewport: Option<Viewport>,
    /// The words that a person sorted it under, in their order.
    pub tags: Vec<String>,
    /// A picture.
    pub thumbnail: Option<ArtifactId>,
    /// The latest run: which, where it stands, when it ended.
    pub last_run: Option<(RunId, RunStatus, Option<Time>)>,
    /// When it was first saved.
    pub created_at: Time,
    /// When it was last changed.
    pub updated_at: Time,
}

/// A document on its way in. What lists show is lifted out of it by the caller, who can read it.
#[derive(Clone, Debug)]
pub struct NewDocument {
    /// The document as JSON text.
    pub text: String,
    /// Where it starts.
    pub url: String,
    /// How many steps it has.
    pub steps: u32,
    /// The screen it was made on.
    pub viewport: Option<Viewport>,
    /// The words that it is sorted under.
    pub tags: BTreeSet<String>,
}

/// A recording on its way in.
#[derive(Clone, Debug)]
pub struct NewRecording {
    /// Who keeps it.
    pub user: Option<UserId>,
    /// The session that left it.
    pub session: Option<SessionId>,
    /// What people call it.
    pub name: String,
    /// Its first document.
    pub document: NewDocument,
    /// A picture.
    pub thumbnail: Option<ArtifactId>,
}

/// Which recordings are wanted.
#[derive(Clone, Debug, Default)]
pub struct RecordingFilter {
    /// Part of the name or of the address, in any case.
    pub text: Option<String>,
    /// A word that they are sorted under.
    pub tag: Option<String>,
    /// Deleted ones instead of living ones.
    pub deleted: bool,
}

impl Recordings<'_> {
    /// Keeps a new recording at revision 1.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn create(&self, new: NewRecording) -> Result<Recording, StoreError> {
        let now = Time::now();
        let id = RecordingId::new();
        let tx = self.store.begin().await?;
        let row = recordings::ActiveModel {
            id: Set(id.uuid()),
            user_id: Set(new.user.map(UserId::uuid)),
            session_id: Set(new.session.map(SessionId::uuid)),
            name: Set(new.name),
            url: Set(new.document.url),
            steps: Set(steps(new.document.steps)),
            revision: Set(1),
            viewport: Set(new.document.viewport),
            thumbnail: Set(new.thumbnail.map(ArtifactId::uuid)),
            last_run_id: Set(None),
            created_at: Set(now),
            updated_at: Set(now),
            deleted_at: Set(0),
        };
        let row = row.insert(tx.db()).await.doing("keep a recording")?;
        keep_document(&tx, id, 1, new.document.text).await?;
        keep_tags(&tx, id, &new.document.tags).await?;
        tx.commit().await?;
        Ok(recording(row, None, Vec::from_iter(new.document.tags)))
    }

    /// One recording that was not deleted.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn get(&self, id: RecordingId) -> Result<Recording, StoreError> {
        let row = recordings::Entity::find_by_id(id.uuid())
            .filter(recordings::Column::DeletedAt.eq(0))
            .one(self.store.read())
            .await
            .doing("find a recording")?
            .ok_or(StoreError::NotFound { what: "recording" })?;
        let mut with_runs = self.with_last_runs(vec![row]).await?;
        with_runs
            .pop()
            .ok_or(StoreError::NotFound { what: "recording" })
    }

    /// The text of one saved version.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn document(&self, id: RecordingId, revision: u32) -> Result<String, StoreError> {
        recording_revisions::Entity::find_by_id((id.uuid(), steps(revision)))
            .one(self.store.read())
            .await
            .doing("read a recording's document")?
            .map(|row| row.document)
            .ok_or(StoreError::NotFound {
                what: "revision of the recording",
            })
    }

    /// A page of recordings, last changed first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn list(
        &self,
        filter: &RecordingFilter,
        page: Page,
    ) -> Result<Paged<Recording>, StoreError> {
        let alive = recordings::Column::DeletedAt;
        let mut query = recordings::Entity::find().filter(if filter.deleted {
            alive.ne(0)
        } else {
            alive.eq(0)
        });
        if let Some(text) = filter
            .text
            .as_deref()
            .map(str::trim)
            .filter(|text| !text.is_empty())
        {
            let contains = || LikeExpr::new(format!("%{}%", escape_like(text))).escape('\\');
            query = query.filter(
                Condition::any()
                    .add(Expr::col(recordings::Column::Name).like(contains()))
                    .add(Expr::col(recordings::Column::Url).like(contains())),
            );
        }
        if let Some(tag) = &filter.tag {
            let tagged = Query::select()
                .column(recording_tags::Column::RecordingId)
                .from(recording_tags::Entity)
                .and_where(recording_tags::Column::Tag.eq(tag.trim()))
                .to_owned();
            query = query.filter(recordings::Column::Id.in_subquery(tagged));
        }
        let total = query
            .clone()
            .count(self.store.read())
            .await
            .doing("count recordings")?;
        let rows = query
            .order_by_desc(recordings::Column::UpdatedAt)
            .order_by_desc(recordings::Column::Id)
            .offset(page.offset())
            .limit(page.limit())
            .all(self.store.read())
            .await
            .doing("list recordings")?;
        Ok(Paged {
            items: self.with_last_runs(rows).await?,
            total,
        })
    }

    /// Saves a changed document, provided that nobody saved another one since `edited`.
    ///
    /// # Errors
    /// [`StoreError::StaleRevision`], [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn replace(
        &self,
        id: RecordingId,
        edited: u32,
        name: Option<String>,
        document: NewDocument,
    ) -> Result<(), StoreError> {
        let tx = self.store.begin().await?;
        let row = alive(&tx, id).await?;
        let current = u32::try_from(row.revision).unwrap_or(0);
        if current != edited {
            return Err(StoreError::StaleRevision { current });
        }
        let revision = current + 1;
        let mut row: recordings::ActiveModel = row.into();
        if let Some(name) = name {
            row.name = Set(name);
        }
        row.url = Set(document.url);
        row.steps = Set(steps(document.steps));
        row.viewport = Set(document.viewport);
        row.revision = Set(steps(revision));
        row.updated_at = Set(Time::now());
        row.update(tx.db()).await.doing("save a recording")?;
        keep_document(&tx, id, revision, document.text).await?;
        keep_tags(&tx, id, &document.tags).await?;
        tx.commit().await
    }

    /// Gives it another name.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn rename(&self, id: RecordingId, name: String) -> Result<(), StoreError> {
        let tx = self.store.begin().await?;
        let mut row: recordings::ActiveModel = alive(&tx, id).await?.into();
        row.name = Set(name);
        row.updated_at = Set(Time::now());
        row.update(tx.db()).await.doing("rename a recording")?;
        tx.commit().await
    }

    /// Takes it out of the lists; [`Self::restore`] brings it back.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn delete(&self, id: RecordingId) -> Result<(), StoreError> {
        let tx = self.store.begin().await?;
        let mut row: recordings::ActiveModel = alive(&tx, id).await?.into();
        row.deleted_at = Set(Time::now().as_micros());
        row.update(tx.db()).await.doing("delete a recording")?;
        tx.commit().await
    }

    /// Brings a deleted one back; restoring a living one changes nothing.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] or [`StoreError::Database`].
    pub async fn restore(&self, id: RecordingId) -> Result<(), StoreError> {
        let tx = self.store.begin().await?;
        let row = recordings::Entity::find_by_id(id.uuid())
            .one(tx.db())
            .await
            .doing("find a recording")?
            .ok_or(StoreError::NotFound { what: "recording" })?;
        let mut row: recordings::ActiveModel = row.into();
        row.deleted_at = Set(0);
        row.update(tx.db()).await.doing("restore a recording")?;
        tx.commit().await
    }

    async fn with_last_runs(
        &self,
        rows: Vec<recordings::Model>,
    ) -> Result<Vec<Recording>, StoreError> {
        let ids: Vec<_> = rows.iter().filter_map(|row| row.last_run_id).collect();
        let found = if ids.is_empty() {
            Vec::new()
        } else {
            runs::Entity::find()
                .filter(runs::Column::Id.is_in(ids))
                .filter(runs::Column::DeletedAt.eq(0))
                .all(self.store.read())
                .await
                .doing("find the last runs of recordings")?
        };
        let by_id: HashMap<_, _> = found
            .into_iter()
            .map(|run| (run.id, (run.id.into(), run.status, run.finished_at)))
            .collect();
        let mut tags = self.tags_of(rows.iter().map(|row| row.id)).await?;
        Ok(rows
            .into_iter()
            .map(|row| {
                let last_run = row.last_run_id.and_then(|id| by_id.get(&id).copied());
                let tags = tags.remove(&row.id).unwrap_or_default();
                recording(row, last_run, tags)
            })
            .collect())
    }

    async fn tags_of(
        &self,
        ids: impl Iterator<Item = Uuid>,
    ) -> Result<HashMap<Uuid, Vec<String>>, StoreError> {
        let found = recording_tags::Entity::find()
            .filter(recording_tags::Column::RecordingId.is_in(ids))
            .order_by_asc(recording_tags::Column::Tag)
            .all(self.store.read())
            .await
            .doing("find the tags of recordings")?;
        let mut tags: HashMap<Uuid, Vec<String>> = HashMap::new();
        for row in found {
            tags.entry(row.recording_id).or_default().push(row.tag);
        }
        Ok(tags)
    }
}

fn recording(
    row: recordings::Model,
    last_run: Option<(RunId, RunStatus, Option<Time>)>,
    tags: Vec<String>,
) -> Recording {
    Recording {
        id: row.id.into(),
        name: row.name,
        url: row.url,
        steps: u32::try_from(row.steps).unwrap_or(0),
        revision: u32::try_from(row.revision).unwrap_or(0),
        viewport: row.viewport,
        tags,
        thumbnail: row.thumbnail.map(ArtifactId::from),
        last_run,
        created_at: row.created_at,
        updated_at: row.updated_at,
    }
}

pub(super) async fn alive(tx: &Tx, id: RecordingId) -> Result<recordings::Model, StoreError> {
    recordings::Entity::find_by_id(id.uuid())
        .filter(recordings::Column::DeletedAt.eq(0))
        .one(tx.db())
        .await
        .doing("find a recording")?
        .ok_or(StoreError::NotFound { what: "recording" })
}

async fn keep_document(
    tx: &Tx,
    id: RecordingId,
    revision: u32,
    document: String,
) -> Result<(), StoreError> {
    let row = recording_revisions::ActiveModel {
        recording_id: Set(id.uuid()),
        revision: Set(steps(revision)),
        document: Set(document),
        created_at: Set(Time::now()),
    };
    row.insert(tx.db())
        .await
        .doing("keep a recording's document")?;
    Ok(())
}

/// Keeps the tags of the latest document in place of those before.
async fn keep_tags(tx: &Tx, id: RecordingId, tags: &BTreeSet<String>) -> Result<(), StoreError> {
    recording_tags::Entity::delete_many()
        .filter(recording_tags::Column::RecordingId.eq(id.uuid()))
        .exec(tx.db())
        .await
        .doing("forget a recording's tags")?;
    let rows = tags.iter().map(|tag| recording_tags::ActiveModel {
        recording_id: Set(id.uuid()),
        tag: Set(tag.clone()),
    });
    if !tags.is_empty() {
        recording_tags::Entity::insert_many(rows)
            .exec_without_returning(tx.db())
            .await
            .doing("keep a recording's tags")?;
    }
    Ok(())
}

fn steps(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

fn escape_like(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_")
}

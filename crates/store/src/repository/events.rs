//! The append-only event log and its readers.

use std::collections::VecDeque;
use std::time::Duration;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value;
use tokio::sync::broadcast;
use uuid::Uuid;

use crate::entity::events;
use crate::error::Doing;
use crate::{Event, Store, StoreError, Subject};

repository! {
    /// The event log.
    Events
}

/// How many events a reader takes at once.
const BATCH: u64 = 200;

/// How often a reader looks for events that another process wrote.
const POLL: Duration = Duration::from_millis(500);

impl From<events::Model> for Event {
    fn from(row: events::Model) -> Self {
        Self {
            seq: row.seq,
            kind: row.kind,
            at: row.at,
            payload: row.payload,
        }
    }
}

impl Events<'_> {
    /// Appends one event and answers with its sequence number.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn append(
        &self,
        subject: Subject,
        id: Uuid,
        kind: &str,
        payload: Value,
    ) -> Result<i64, StoreError> {
        let mut tx = self.store.begin().await?;
        let seq = tx.append(subject, id, kind, payload).await?;
        tx.commit().await?;
        Ok(seq)
    }

    /// Appends several events of one subject in one write.
    ///
    /// # Errors
    /// [`StoreError::Database`]; none is appended then.
    pub async fn append_all(
        &self,
        subject: Subject,
        id: Uuid,
        batch: Vec<(String, Value)>,
    ) -> Result<(), StoreError> {
        let mut tx = self.store.begin().await?;
        for (kind, payload) in batch {
            tx.append(subject, id, &kind, payload).await?;
        }
        tx.commit().await
    }

    /// At most `limit` events after sequence number `after`, oldest first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn after(
        &self,
        subject: Subject,
        id: Uuid,
        after: i64,
        kind: Option<&str>,
        limit: u64,
    ) -> Result<Vec<Event>, StoreError> {
        let mut query = events::Entity::find()
            .filter(events::Column::Subject.eq(subject))
            .filter(events::Column::SubjectId.eq(id))
            .filter(events::Column::Seq.gt(after));
        if let Some(kind) = kind {
            query = query.filter(events::Column::Kind.eq(kind));
        }
        let rows = query
            .order_by_asc(events::Column::Seq)
            .limit(limit)
            .all(self.store.read())
            .await
            .doing("read the event log")?;
        Ok(rows.into_iter().map(Event::from).collect())
    }

    /// Reads the log from after `after` and goes on with what is appended, without a gap between the two.
    #[must_use]
    pub fn follow(&self, subject: Subject, id: Uuid, after: i64) -> EventReader {
        EventReader {
            // Subscribed before the first query: what is appended in between wakes the reader.
            wake: self.store.hub().subscribe(),
            store: self.store.clone(),
            subject,
            id,
            last: after,
            ready: VecDeque::new(),
        }
    }
}

/// Follows one subject's log. It never ends by itself: the caller knows which event is the last.
#[derive(Debug)]
pub struct EventReader {
    store: Store,
    subject: Subject,
    id: Uuid,
    last: i64,
    ready: VecDeque<Event>,
    wake: broadcast::Receiver<(Subject, Uuid)>,
}

impl EventReader {
    /// The next event, as soon as there is one. Dropping the future loses nothing.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn next(&mut self) -> Result<Event, StoreError> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                self.last = event.seq;
                return Ok(event);
            }
            let more = self
                .store
                .events()
                .after(self.subject, self.id, self.last, None, BATCH)
                .await?;
            if more.is_empty() {
                self.wait().await;
            } else {
                self.ready = more.into();
            }
        }
    }

    async fn wait(&mut self) {
        let wanted = (self.subject, self.id);
        let woken = async {
            loop {
                match self.wake.recv().await {
                    Ok(appended) if appended == wanted => return,
                    Ok(_) => {}
                    // Behind or closed: the database knows what was missed.
                    Err(broadcast::error::RecvError::Lagged(_)) => return,
                    Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
                }
            }
        };
        // Running out of time is the other way to wake up: another process may have written.
        let _ = tokio::time::timeout(POLL, woken).await;
    }
}

//! How long films and outputs of renders stay, and how much room they may take. Nothing goes that is kept for good, is being made,
//! or is needed by what is being made; what goes keeps its row, which says so, and what makes it again: the storyboard, the job.

use std::fmt;
use std::time::Duration;

use store::{Expiry, Film, Render, Room, Store, StoreError, Time};
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

use crate::error::chain;
use crate::metrics;

/// Between two looks.
const BETWEEN: Duration = Duration::from_secs(10 * 60);

/// What was written to the store later than this before a look may belong to a job that names it only when it ends; no job
/// takes so long.
const SETTLED: Duration = Duration::from_secs(3 * 3600);

/// How long films and outputs of renders stay. Where nothing is said they stay for ever: nobody's work is removed unless the
/// owner said so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keep {
    /// Films.
    pub films: Rule,
    /// Outputs of renders.
    pub renders: Rule,
}

/// How long things of a kind stay.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    /// From their end.
    pub stay: Option<Duration>,
    /// Bytes of all of them together.
    pub room: Option<u64>,
}

/// What one look removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    /// Films that say from now on that they expired.
    pub films: u64,
    /// Renders that say so.
    pub renders: u64,
    /// Bytes of their files.
    pub bytes: u64,
}

/// What a rule is for, as logs and metrics name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Films,
    Renders,
}

/// Looks again and again, until it is told to stop.
#[derive(Debug)]
pub struct Retention {
    quit: CancellationToken,
    task: AbortOnDropHandle<()>,
}

impl Keep {
    /// When the film's files will be removed for their age; nothing when they stay or are gone. Where room is short it may be
    /// earlier.
    #[must_use]
    pub fn film_expires_at(&self, film: &Film) -> Option<Time> {
        let stays = film.is_pinned || film.expired.is_some() || film.files.video.is_none();
        self.films.ends(film.finished_at.filter(|_| !stays)?)
    }

    /// When the output of a render will be, in the same way.
    #[must_use]
    pub fn render_expires_at(&self, render: &Render) -> Option<Time> {
        let stays = render.is_pinned || render.expired.is_some() || render.output.is_none();
        self.renders.ends(render.finished_at.filter(|_| !stays)?)
    }

    /// Removes what is too old or too much, as of `now`.
    ///
    /// # Errors
    /// What the store says; what was removed until then stays removed.
    pub async fn enforce(&self, store: &Store, now: Time) -> Result<Removed, StoreError> {
        let (films, renders) = (store.films(), store.renders());
        let expire = move |id, why| async move { films.expire(id, why, now).await.map(u64::from) };
        let rooms = films.rooms().await?;
        let of_films = self.films.enforce(Kind::Films, rooms, now, expire).await?;
        let expire = move |id, why| async move { renders.expire(id, why, now).await };
        let rooms = renders.rooms().await?;
        let of_renders = self
            .renders
            .enforce(Kind::Renders, rooms, now, expire)
            .await?;
        films.remove_expired(now.minus(SETTLED)).await?;
        renders.remove_expired(now.minus(SETTLED)).await?;
        Ok(Removed {
            films: of_films.0,
            renders: of_renders.0,
            bytes: of_films.1 + of_renders.1,
        })
    }
}

impl Rule {
    /// Answers how many expired, and their bytes.
    async fn enforce<
        Id: Copy + fmt::Display,
        Expiring: Future<Output = Result<u64, StoreError>>,
    >(
        &self,
        kind: Kind,
        mut rooms: Vec<Room<Id>>,
        now: Time,
        expire: impl Fn(Id, Expiry) -> Expiring,
    ) -> Result<(u64, u64), StoreError> {
        rooms.sort_by_key(Room::turn);
        let mut taken: u64 = rooms.iter().map(|room| room.bytes).sum();
        let mut removed = (0, 0);
        for room in rooms.iter().filter(|room| !room.is_pinned) {
            let Some(why) = self.why(room, taken, now) else {
                continue;
            };
            let count = expire(room.id, why).await?;
            if count == 0 {
                continue;
            }
            let (id, bytes) = (room.id, room.bytes);
            tracing::info!(kind = kind.as_str(), %id, bytes, why = why.as_str(), "something expired: its files are removed");
            metrics::expired(kind, why.as_str(), count, bytes);
            taken -= bytes;
            removed.0 += count;
            removed.1 += bytes;
        }
        if let Some(most) = self.room.filter(|most| taken > *most) {
            tracing::warn!(
                kind = kind.as_str(),
                bytes = taken,
                most,
                "more room is taken than may be: the rest is kept for good, or in use"
            );
        }
        Ok(removed)
    }

    fn ends(&self, ended_at: Time) -> Option<Time> {
        Some(ended_at.plus(self.stay?))
    }

    fn why<Id>(&self, room: &Room<Id>, taken: u64, now: Time) -> Option<Expiry> {
        let is_old = |stay: Duration| now.since(room.ended_at) >= stay;
        if self.stay.is_some_and(is_old) {
            return Some(Expiry::Age);
        }
        // What has no bytes of its own would be removed for nothing.
        self.room
            .is_some_and(|most| taken > most && room.bytes > 0)
            .then_some(Expiry::Space)
    }
}

impl Kind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Films => "films",
            Self::Renders => "renders",
        }
    }
}

impl Retention {
    /// Looks at once and then every ten minutes.
    #[must_use]
    pub fn start(store: Store, keep: Keep) -> Self {
        let quit = CancellationToken::new();
        let task = tokio::spawn(watch(store, keep, quit.clone()));
        Self {
            quit,
            task: AbortOnDropHandle::new(task),
        }
    }

    /// Ends after the look that is under way.
    pub async fn shutdown(self) {
        self.quit.cancel();
        if let Err(error) = self.task.await {
            tracing::error!(%error, "what removes old files broke off");
        }
    }
}

async fn watch(store: Store, keep: Keep, quit: CancellationToken) {
    let mut ticks = tokio::time::interval(BETWEEN);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = quit.cancelled() => return,
            _ = ticks.tick() => {}
        }
        if let Err(error) = keep.enforce(&store, Time::now()).await {
            tracing::error!(error = chain(&error), "old files could not be removed");
        }
    }
}

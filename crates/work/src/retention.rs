//! How long films stay, and how much room they may take. Nothing goes that is kept for good, is being made, or is cut into a
//! film that is being made; what goes keeps its row, which says so, and its storyboard.

use std::time::Duration;

use store::{Film, FilmExpiry, FilmRoom, Store, StoreError, Time};
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

/// How long films stay. When neither is said they stay for ever: nobody's work is removed unless the owner said so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keep {
    /// From the film's end.
    pub films_for: Option<Duration>,
    /// Bytes of all films together.
    pub films_room: Option<u64>,
}

/// What one look removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    /// Films that say from now on that they expired.
    pub films: u64,
    /// Bytes of their files.
    pub bytes: u64,
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
    pub fn expires_at(&self, film: &Film) -> Option<Time> {
        let stays = film.is_pinned || film.expired.is_some() || film.files.video.is_none();
        let ended = film.finished_at.filter(|_| !stays)?;
        Some(ended.plus(self.films_for?))
    }

    /// Removes what is too old or too much, as of `now`.
    ///
    /// # Errors
    /// What the store says; what was removed until then stays removed.
    pub async fn enforce(&self, store: &Store, now: Time) -> Result<Removed, StoreError> {
        let mut rooms = store.films().rooms().await?;
        // What somebody deleted goes before what nobody did, then the oldest first.
        rooms.sort_by_key(|room| (!room.is_deleted, room.ended_at));
        let mut taken: u64 = rooms.iter().map(|room| room.bytes).sum();
        let mut removed = Removed::default();
        for room in rooms.iter().filter(|room| !room.is_pinned) {
            let Some(why) = self.why(room, taken, now) else {
                continue;
            };
            if !store.films().expire(room.id, why, now).await? {
                continue;
            }
            tracing::info!(film = %room.id, bytes = room.bytes, why = why.as_str(), "a film expired: its files are removed");
            metrics::expired(why.as_str(), room.bytes);
            taken -= room.bytes;
            removed.films += 1;
            removed.bytes += room.bytes;
        }
        if let Some(most) = self.films_room.filter(|most| taken > *most) {
            tracing::warn!(
                bytes = taken,
                most,
                "films take more room than they may: the rest is kept for good, or in use"
            );
        }
        store.films().remove_expired(now.minus(SETTLED)).await?;
        Ok(removed)
    }

    fn why(&self, room: &FilmRoom, taken: u64, now: Time) -> Option<FilmExpiry> {
        let is_old = |keep: Duration| now.since(room.ended_at) >= keep;
        if self.films_for.is_some_and(is_old) {
            return Some(FilmExpiry::Age);
        }
        self.films_room
            .is_some_and(|most| taken > most)
            .then_some(FilmExpiry::Space)
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
            tracing::error!(%error, "what removes old films broke off");
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
            tracing::error!(error = chain(&error), "old films could not be removed");
        }
    }
}

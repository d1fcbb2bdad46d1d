//! The loop that takes jobs from the list, so many at once.

use std::sync::Arc;
use std::time::Duration;

use redis::aio::MultiplexedConnection;
use store::Store;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use work::RenderDesk;

use crate::alive;
use crate::config::Config;
use crate::error::{Doing as _, IntakeError};
use crate::held::Held;
use crate::link::Link;
use crate::message::Message;
use crate::perform::{Way, perform};
use crate::reclaim;
use crate::watch::Watch;

/// How long one wait for a job lasts; between two waits dead workers are looked for.
const WAIT: Duration = Duration::from_secs(1);
/// Between two tries to reach a Redis that is gone.
const PAUSE: Duration = Duration::from_secs(1);

/// Takes jobs from a list. Dropping it stops taking; [`Intake::shutdown`] waits for it.
#[derive(Debug)]
pub struct Intake {
    watch: Watch,
    quit: CancellationToken,
    tasks: TaskTracker,
}

struct Loop {
    way: Way,
    config: Config,
    held: Held,
    places: Arc<Semaphore>,
    tasks: TaskTracker,
}

impl Intake {
    /// Connects and starts to take jobs, `at_once` at most before one is answered.
    ///
    /// # Errors
    /// [`IntakeError`] when Redis cannot be reached now; later it is waited for.
    pub async fn start(
        config: Config,
        desk: RenderDesk,
        store: Store,
        at_once: usize,
    ) -> Result<Self, IntakeError> {
        let mut link = Link::open(&config).await?;
        // Before the first job is taken: nobody may take this worker for dead.
        alive::say(&mut link, config.silence).await?;
        let quit = CancellationToken::new();
        let tasks = TaskTracker::new();
        let held = Held::default();
        let watch = Watch::new(link.clone(), held.clone());
        tasks.spawn(alive::beat(link.clone(), config.silence, quit.clone()));
        let taking = Loop {
            way: Way {
                link,
                desk,
                store,
                quit: quit.clone(),
            },
            config,
            held,
            places: Arc::new(Semaphore::new(at_once)),
            tasks: tasks.clone(),
        };
        tasks.spawn(taking.run());
        Ok(Self { watch, quit, tasks })
    }

    /// The list that it takes from.
    #[must_use]
    pub fn list(&self) -> &str {
        self.watch.list()
    }

    /// Tells how it stands, while it goes on.
    #[must_use]
    pub fn watch(&self) -> &Watch {
        &self.watch
    }

    /// Takes no more jobs. Those that are not answered yet stay in this worker's list, for others to take up at once.
    pub async fn shutdown(self) {
        self.quit.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }
}

impl Drop for Intake {
    fn drop(&mut self) {
        self.quit.cancel();
    }
}

impl Loop {
    async fn run(mut self) {
        let quit = self.way.quit.clone();
        loop {
            let ended = tokio::select! {
                () = quit.cancelled() => break,
                ended = self.take_jobs() => ended,
            };
            let Err(error) = ended;
            tracing::error!(
                error = work::chain(&error),
                list = self.config.list,
                "jobs cannot be taken from Redis; trying again"
            );
            tokio::select! {
                () = quit.cancelled() => break,
                () = tokio::time::sleep(PAUSE) => {}
            }
        }
        if let Err(error) = alive::end(&mut self.way.link).await {
            tracing::warn!(
                error = work::chain(&error),
                "Redis did not hear that this worker ends"
            );
        }
    }

    /// Takes jobs over one connection until it breaks.
    async fn take_jobs(&mut self) -> Result<std::convert::Infallible, IntakeError> {
        let mut waiting = self.way.link.waiting_room().await?;
        let own = reclaim::own(&mut self.way.link).await?;
        // A connection that broke may have moved a job that nobody heard of.
        for stray in self.held.strays(own) {
            let place = self.place().await;
            let worker = self.way.link.worker.clone();
            self.spawn(stray, Some(worker), place);
        }
        loop {
            let mut place = self.place().await;
            while let Some(found) = reclaim::take_up(&mut self.way.link).await? {
                self.spawn(found.message, Some(found.dead), place);
                place = self.place().await;
            }
            if let Some(message) = self.wait(&mut waiting).await? {
                self.spawn(message, None, place);
            }
        }
    }

    /// The next job of the list, moved to this worker's own; nothing when none came for a while.
    async fn wait(
        &self,
        connection: &mut MultiplexedConnection,
    ) -> Result<Option<Message>, IntakeError> {
        let keys = &self.way.link.keys;
        let job: Option<Vec<u8>> = redis::cmd("BLMOVE")
            .arg(keys.waiting())
            .arg(keys.processing(&self.way.link.worker))
            .arg("RIGHT")
            .arg("LEFT")
            .arg(WAIT.as_secs_f64())
            .query_async(connection)
            .await
            .doing("wait for a job")?;
        Ok(job.map(Message::new))
    }

    fn spawn(&self, message: Message, dead: Option<String>, place: OwnedSemaphorePermit) {
        let holding = self.held.enter(&message);
        let way = self.way.clone();
        self.tasks.spawn(async move {
            perform(way, message, dead).await;
            drop((holding, place));
        });
    }

    async fn place(&self) -> OwnedSemaphorePermit {
        let places = Arc::clone(&self.places);
        places
            .acquire_owned()
            .await
            .expect("nobody closes the places")
    }
}

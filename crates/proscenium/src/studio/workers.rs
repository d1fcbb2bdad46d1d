//! The workers of a process: the queue's loop, the kinds of job it knows, and the browsers that they share.

use std::sync::Arc;
use std::time::Duration;

use browser::{BrowserPool, Graphics, LaunchOptions, Progress};
use delivery::Delivery;
use egress::EgressPolicy;
use store::{Store, StoreError};
use tokio_util::task::AbortOnDropHandle;
use video::{BrowserLimits, RenderError, RendererPool};
use work::{
    Backoff, FILM_QUEUE, FilmJob, Handler, RENDER_QUEUE, RUN_QUEUE, RenderJob, RunJob, Running,
    Worker, WorkerOptions,
};

use super::address;

/// Workers at work.
pub(crate) struct Workers {
    worker: Worker,
    handlers: Vec<Arc<dyn Handler>>,
    browsers: BrowserPool,
    renderers: RendererPool,
    warming: Option<AbortOnDropHandle<()>>,
}

/// How long all browsers together may take to start on a busy machine.
const WARM_LIMIT: Duration = Duration::from_secs(120);

/// How many jobs of each kind are performed at once, and how long one may take.
#[derive(Clone, Copy)]
pub(crate) struct AtOnce {
    pub(crate) runs: usize,
    pub(crate) renders: usize,
    pub(crate) films: usize,
    /// All of one film.
    pub(crate) longest_film: Duration,
}

/// How renders are made.
#[derive(Clone, Copy)]
pub(crate) struct Rendering {
    /// What draws.
    pub(crate) graphics: Graphics,
    /// The time limit of jobs that name none.
    pub(crate) usual_limit: Duration,
    /// How long a browser is kept, and what a job may take.
    pub(crate) limits: BrowserLimits,
}

impl Workers {
    /// Starts to take jobs.
    pub(crate) fn start(
        store: &Store,
        name: &str,
        at_once: AtOnce,
        launch: LaunchOptions,
        egress: EgressPolicy,
        delivery: Option<Delivery>,
        rendering: Rendering,
    ) -> Self {
        let browsers = BrowserPool::new(launch);
        let folder = store.folder().to_owned();
        let run = RunJob::new(store.clone(), browsers.clone(), egress.clone())
            .beside(move || address::remembered_port(&folder));
        let folder = store.folder().to_owned();
        // The camera searches for its own browser too.
        let film = FilmJob::new(store.clone(), egress.clone(), None)
            .lasting(at_once.longest_film)
            .delivering(delivery.clone())
            .beside(move || address::remembered_port(&folder));
        // The renderers search for their own browser: frames on command take another program than sessions and runs.
        let Rendering {
            graphics, limits, ..
        } = rendering;
        let renderers = RendererPool::drawn_with(at_once.renders, None, limits, graphics);
        let folder = store.folder().to_owned();
        let render = RenderJob::new(store.clone(), renderers.clone(), delivery)
            .through(egress)
            .within(rendering.usual_limit)
            .beside(move || address::remembered_port(&folder));
        let handlers: Vec<Arc<dyn Handler>> = vec![Arc::new(run), Arc::new(render), Arc::new(film)];
        let options = WorkerOptions::new(name, RUN_QUEUE, at_once.runs);
        let worker = Worker::start(store.clone(), handlers.clone(), options);
        let options = WorkerOptions::new(name, RENDER_QUEUE, at_once.renders);
        worker.serve(store.clone(), handlers.clone(), options);
        let options = WorkerOptions::new(name, FILM_QUEUE, at_once.films);
        worker.serve(store.clone(), handlers.clone(), options);
        Self {
            worker,
            handlers,
            browsers,
            renderers,
            warming: None,
        }
    }

    /// Puts the jobs of a worker that is known to be dead back into the queue.
    pub(crate) async fn recover(&self, store: &Store, dead: &str) -> Result<usize, StoreError> {
        work::recover(store, &self.handlers, dead, Backoff::default()).await
    }

    pub(crate) fn running(&self) -> &Running {
        self.worker.running()
    }

    /// What renders here.
    pub(crate) fn renderers(&self) -> &RendererPool {
        &self.renderers
    }

    /// Starts the browsers that render before the first job comes.
    pub(crate) async fn warm(&self) -> Result<(), RenderError> {
        self.renderers
            .warm(&Progress::with_timeout(WARM_LIMIT))
            .await
    }

    /// The same, beside everything else. Without a browser that renders, jobs say so themselves.
    pub(crate) fn warm_meanwhile(&mut self) {
        let renderers = self.renderers.clone();
        let warming = tokio::spawn(async move {
            let warmed = renderers.warm(&Progress::with_timeout(WARM_LIMIT)).await;
            if let Err(error) = warmed {
                tracing::warn!(
                    error = work::chain(&error),
                    "no browser was started ahead of the first render"
                );
            }
        });
        self.warming = Some(AbortOnDropHandle::new(warming));
    }

    /// Gives held jobs back and closes the browsers.
    pub(crate) async fn shutdown(self) {
        drop(self.warming);
        self.worker.shutdown().await;
        self.browsers.close().await;
        self.renderers.close().await;
    }
}

//! The workers of a process: the queue's loop, the kinds of job it knows, and the browsers that they share.

use std::sync::Arc;

use browser::{BrowserPool, LaunchOptions};
use egress::EgressPolicy;
use store::{Store, StoreError};
use work::{Backoff, Handler, RUN_QUEUE, RunJob, Running, Worker, WorkerOptions};

use super::address;

/// Workers at work.
pub(crate) struct Workers {
    worker: Worker,
    handlers: Vec<Arc<dyn Handler>>,
    browsers: BrowserPool,
}

impl Workers {
    /// Starts to take jobs, `concurrency` at once.
    pub(crate) fn start(
        store: &Store,
        name: &str,
        concurrency: usize,
        launch: LaunchOptions,
        egress: EgressPolicy,
    ) -> Self {
        let browsers = BrowserPool::new(launch);
        let folder = store.folder().to_owned();
        let run = RunJob::new(store.clone(), browsers.clone(), egress)
            .beside(move || address::remembered_port(&folder));
        let run: Arc<dyn Handler> = Arc::new(run);
        let handlers = vec![run];
        let options = WorkerOptions::new(name, RUN_QUEUE, concurrency);
        let worker = Worker::start(store.clone(), handlers.clone(), options);
        Self {
            worker,
            handlers,
            browsers,
        }
    }

    /// Puts the jobs of a worker that is known to be dead back into the queue.
    pub(crate) async fn recover(&self, store: &Store, dead: &str) -> Result<usize, StoreError> {
        work::recover(store, &self.handlers, dead, Backoff::default()).await
    }

    pub(crate) fn running(&self) -> &Running {
        self.worker.running()
    }

    /// Gives held jobs back and closes the browsers.
    pub(crate) async fn shutdown(self) {
        self.worker.shutdown().await;
        self.browsers.close().await;
    }
}

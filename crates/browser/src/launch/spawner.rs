//! The thread that starts browsers.
//!
//! Linux sends the parent-death signal when the thread that started a child ends, not the process. Threads of an
//! asynchronous runtime come and go; this one lives as long as the process.

use std::sync::OnceLock;
use std::sync::mpsc;

type Job = Box<dyn FnOnce() + Send>;

/// Runs `job` on the thread that never ends, and returns what it returns.
pub(crate) async fn run<T: Send + 'static>(job: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    static JOBS: OnceLock<mpsc::Sender<Job>> = OnceLock::new();
    let jobs = JOBS.get_or_init(|| {
        let (sender, receiver) = mpsc::channel::<Job>();
        let thread = std::thread::Builder::new().name("browser-starter".to_owned());
        let started = thread.spawn(move || receiver.into_iter().for_each(|job| job()));
        if let Err(error) = started {
            tracing::error!(%error, "the thread that starts browsers could not be started");
        }
        sender
    });
    let (done, result) = tokio::sync::oneshot::channel();
    jobs.send(Box::new(move || drop(done.send(job())))).ok()?;
    result.await.ok()
}

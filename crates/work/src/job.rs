//! A job that is held, and what performs its kind.

use std::future::Future;
use std::pin::Pin;

use store::ClaimedJob;

use crate::error::JobError;
use crate::stop::Stop;

/// A future that a handler gives: boxed, so that handlers of many kinds fit into one list.
pub type JobFuture<'a> = Pin<Box<dyn Future<Output = Result<(), JobError>> + Send + 'a>>;

/// A job that this worker holds, and the way to be told to stop.
#[derive(Clone, Debug)]
pub struct HeldJob {
    /// The claimed row; its fence goes into every write.
    pub claimed: ClaimedJob,
    /// Tells the performer to stop.
    pub stop: Stop,
}

/// Performs one kind of job.
///
/// A handler ends its job by itself, in the same write as its last result; only so are both there or neither. `Ok` means
/// that it did, or that it gave the job back.
pub trait Handler: Send + Sync + 'static {
    /// The kind of job that it performs.
    fn kind(&self) -> &'static str;

    /// Performs one attempt.
    fn perform<'a>(&'a self, job: &'a HeldJob) -> JobFuture<'a>;

    /// An attempt failed and another one is due later: give the job back.
    fn retry<'a>(&'a self, job: &'a HeldJob, at: store::Time, reason: &'a str) -> JobFuture<'a>;

    /// No attempt is left: end the job and say why.
    fn give_up<'a>(&'a self, job: &'a HeldJob, reason: &'a str) -> JobFuture<'a>;

    /// The worker that performed such a job was lost; the job is in the queue again.
    fn lost<'a>(&'a self, job: &'a store::LostJob) -> JobFuture<'a>;
}

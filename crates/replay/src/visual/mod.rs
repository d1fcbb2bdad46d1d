//! Pictures of pages and how they differ. README.md says how it works.

use crate::fault::Fault;
use crate::outcome::ErrorCode;

mod baseline;
mod colour;
mod compare;
mod raster;
mod result;
mod take;
mod view;
mod words;

pub use baseline::{Approving, BaselineKey, Baselines, NoBaselines, Screen};
pub use result::{Pictures, Visual, VisualVerdict};

pub(crate) use compare::compare;
pub(crate) use raster::Raster;
pub(crate) use take::{Shot, Subject, take};
pub(crate) use view::Extent;
pub(crate) use words::{expectation, finding};

/// Does what takes long with pictures away from the runtime's threads; an error is a sentence.
pub(crate) async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, String> + Send + 'static,
) -> Result<T, Fault> {
    let fault = |message: String| Fault::new(ErrorCode::Browser, message);
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(fault),
        Err(error) => Err(fault(error.to_string())),
    }
}

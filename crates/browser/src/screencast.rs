//! A stream of pictures of a page.

use crate::Result;
use crate::cdp;
use crate::cdp::screencast::CastFrame;
use crate::drive::screencast::DrivenCast;
use crate::kind::{Kind, each};
use crate::progress::Progress;

/// A running stream of pictures. The browser is never kept waiting: pictures that nobody took are replaced by newer
/// ones. Dropping it stops the stream.
pub struct Screencast(Kind<cdp::screencast::Screencast, DrivenCast>);

impl Screencast {
    pub(crate) fn new(cast: Kind<cdp::screencast::Screencast, DrivenCast>) -> Self {
        Self(cast)
    }

    /// The newest picture that was not taken yet; waits for one; `None` when the stream has ended.
    pub async fn next(&mut self) -> Option<CastFrame> {
        match &mut self.0 {
            Kind::Cdp(cast) => cast.next().await,
            Kind::Driven(cast) => cast.next().await,
        }
    }

    /// Pictures that were replaced before they were taken.
    pub fn skipped(&self) -> u64 {
        each!(self.0, cast => cast.skipped())
    }

    /// Pictures that came from the browser.
    pub fn captured(&self) -> u64 {
        each!(self.0, cast => cast.captured())
    }

    /// Stops the stream and waits until the browser has.
    pub async fn stop(self, progress: &Progress) -> Result<()> {
        match self.0 {
            Kind::Cdp(cast) => cast.stop(progress).await,
            // Its end is seen at once by whoever makes the pictures.
            Kind::Driven(cast) => {
                drop(cast);
                Ok(())
            }
        }
    }
}
